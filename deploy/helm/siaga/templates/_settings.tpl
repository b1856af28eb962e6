{{/*
A service's settings: (list root "backend"|"ingestion"|"worker"|"migrate"). Those of values.yaml come last, a service's own before those of all; none
may stand there twice, since Kubernetes refuses that only sometimes.
*/}}
{{- define "siaga.settings" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $made := include "siaga.madeSettings" . -}}
{{- $made }}
{{- if ne $part "migrate" }}
{{- $own := (index $root.Values $part).settings }}
{{- range $name, $value := $root.Values.settings }}
{{- if not (hasKey $own $name) }}
{{- include "siaga.setting" (list $made $name $value) }}
{{- end }}
{{- end }}
{{- range $name, $value := $own }}
{{- include "siaga.setting" (list $made $name $value) }}
{{- end }}
{{- end }}
{{- end }}

{{/* (list made name value) */}}
{{- define "siaga.setting" -}}
{{- $name := printf "SIAGA__%s" (index . 1) }}
{{- if contains (printf "name: %s," (lower $name)) (lower (index . 0)) }}
{{- fail (printf "settings: %s is set by another value of this chart." (index . 1)) }}
{{- end }}
- { name: {{ $name }}, value: {{ index . 2 | quote }} }
{{- end }}

{{- define "siaga.madeSettings" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $v := $root.Values -}}
# Turns off ONNX Runtime's telemetry; the library reads it when it is loaded.
- { name: ORT_DISABLE_TELEMETRY, value: "1" }
{{- if ne $part "worker" }}
- { name: SIAGA__Database__Engine, value: postgres }
- { name: SIAGA__Database__PasswordFile, value: /run/secrets/siaga/database-password }
- { name: SIAGA__Database__MaxConnections, value: {{ $v.database.maxConnections | quote }} }
{{- if has $part (list "backend" "migrate") }}
- { name: SIAGA__Database__Backend, value: {{ $v.database.backend | quote }} }
{{- end }}
{{- if has $part (list "ingestion" "migrate") }}
- { name: SIAGA__Database__Ingestion, value: {{ $v.database.ingestion | quote }} }
{{- end }}
{{- end }}
{{- if has $part (list "backend" "ingestion") }}
- { name: SIAGA__Database__MigrateAtStart, value: {{ eq $v.database.migrate "start" | quote }} }
- { name: SIAGA__Auth__SigningKeyFile, value: /run/secrets/siaga/signing-key }
- { name: SIAGA__ServiceTokens__IngestionFile, value: /run/secrets/siaga/ingestion-token }
{{- end }}
{{- if has $part (list "backend" "worker") }}
- { name: SIAGA__ServiceTokens__WorkerFile, value: /run/secrets/siaga/worker-token }
{{- end }}
{{- if ne $part "migrate" }}
- { name: SIAGA__Messaging__Broker, value: rabbitmq }
- { name: SIAGA__Messaging__RabbitMq__Url, value: {{ $v.rabbitmq.url | quote }} }
- { name: SIAGA__Messaging__RabbitMq__PasswordFile, value: /run/secrets/siaga/rabbitmq-password }
{{- with $v.rabbitmq.prefix }}
- { name: SIAGA__Messaging__RabbitMq__Prefix, value: {{ . | quote }} }
{{- end }}
- { name: SIAGA__Storage__Kind, value: s3 }
- { name: SIAGA__Storage__S3__Endpoint, value: {{ $v.s3.endpoint | quote }} }
{{- with $v.s3.publicEndpoint }}
- { name: SIAGA__Storage__S3__PublicEndpoint, value: {{ . | quote }} }
{{- end }}
- { name: SIAGA__Storage__S3__Bucket, value: {{ $v.s3.bucket | quote }} }
- { name: SIAGA__Storage__S3__MakeBucket, value: {{ $v.s3.makeBucket | quote }} }
- { name: SIAGA__Storage__S3__Region, value: {{ $v.s3.region | quote }} }
- { name: SIAGA__Storage__S3__VirtualHosted, value: {{ $v.s3.virtualHosted | quote }} }
- { name: SIAGA__Storage__S3__AccessKeyFile, value: /run/secrets/siaga/s3-access-key }
- { name: SIAGA__Storage__S3__SecretKeyFile, value: /run/secrets/siaga/s3-secret-key }
{{- if $v.metrics.secret.name }}
- { name: SIAGA__Telemetry__MetricsTokenFile, value: /run/secrets/siaga/metrics-token }
{{- end }}
{{- end }}
{{- if eq $part "backend" }}
- { name: SIAGA__Web__PublicUrl, value: {{ $v.publicUrl | quote }} }
- { name: SIAGA__Admin__Email, value: {{ $v.admin.email | quote }} }
{{- if $v.admin.secret.name }}
- { name: SIAGA__Admin__PasswordFile, value: /run/secrets/siaga/admin-password }
{{- end }}
{{- end }}
{{- if eq $part "ingestion" }}
- { name: SIAGA__Ingestion__BackendUrl, value: {{ printf "http://%s-backend:8080" (include "siaga.name" $root) }} }
{{- end }}
{{- if eq $part "worker" }}
- { name: SIAGA__Worker__BackendUrl, value: {{ printf "http://%s-backend:8080" (include "siaga.name" $root) }} }
- { name: SIAGA__Worker__Model, value: {{ printf "/models/%s" $v.worker.model.file | quote }} }
- { name: SIAGA__Worker__Concurrency, value: {{ $v.worker.concurrency | quote }} }
{{- end }}
{{- end }}

{{/* A service's secrets as files, its own and no other's: (list root part). */}}
{{- define "siaga.secrets" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $v := $root.Values -}}
defaultMode: 0440
sources:
  {{- if ne $part "worker" }}
  - secret: { name: {{ $v.database.secret.name }}, items: [{ key: {{ $v.database.secret.password }}, path: database-password }] }
  {{- end }}
  {{- if ne $part "migrate" }}
  - secret: { name: {{ $v.rabbitmq.secret.name }}, items: [{ key: {{ $v.rabbitmq.secret.password }}, path: rabbitmq-password }] }
  - secret:
      name: {{ $v.s3.secret.name }}
      items:
        - { key: {{ $v.s3.secret.accessKey }}, path: s3-access-key }
        - { key: {{ $v.s3.secret.secretKey }}, path: s3-secret-key }
  - secret:
      name: {{ $v.shared.secret.name }}
      items:
        {{- if has $part (list "backend" "ingestion") }}
        - { key: {{ $v.shared.secret.signingKey }}, path: signing-key }
        - { key: {{ $v.shared.secret.ingestionToken }}, path: ingestion-token }
        {{- end }}
        {{- if has $part (list "backend" "worker") }}
        - { key: {{ $v.shared.secret.workerToken }}, path: worker-token }
        {{- end }}
  {{- if $v.metrics.secret.name }}
  - secret: { name: {{ $v.metrics.secret.name }}, items: [{ key: {{ $v.metrics.secret.token }}, path: metrics-token }] }
  {{- end }}
  {{- end }}
  {{- if and (eq $part "backend") $v.admin.secret.name }}
  - secret: { name: {{ $v.admin.secret.name }}, items: [{ key: {{ $v.admin.secret.password }}, path: admin-password }] }
  {{- end }}
{{- end }}
