{{/* The release's name, without saying siaga twice. */}}
{{- define "siaga.name" -}}
{{- if contains "siaga" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-siaga" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What selects pods must never change: (list root part). */}}
{{- define "siaga.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: siaga
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "siaga.labels" -}}
{{- $root := index . 0 -}}
{{ include "siaga.selector" . }}
app.kubernetes.io/version: {{ $root.Values.image.tag | default $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* (list root "siaga-backend") */}}
{{- define "siaga.image" -}}
{{- $root := index . 0 -}}
{{- with $root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end }}{{ index . 1 }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}
{{- end }}

{{/* Of every pod. 1654 is the images' user. */}}
{{- define "siaga.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{/* A service's requests and limits: (list root part). The worker's follow from its concurrency. */}}
{{- define "siaga.resources" -}}
{{- $own := index (index . 0).Values (index . 1) -}}
{{- if eq (index . 1) "worker" }}
{{- $limit := add $own.memory.baseMi (mul $own.concurrency $own.memory.clipMi) -}}
{{- $requests := dict "cpu" (toString $own.concurrency) "memory" (printf "%dMi" (div $limit 3)) -}}
{{- $made := dict "requests" $requests "limits" (dict "memory" (printf "%dMi" $limit)) -}}
{{- toYaml (mergeOverwrite $made (deepCopy $own.resources)) }}
{{- else }}
{{- toYaml $own.resources }}
{{- end }}
{{- end }}

{{- define "siaga.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
