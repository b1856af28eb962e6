# The steps of eng/containers, which reads this file.

step() { printf '== %s (%d s)\n' "$1" "$SECONDS"; }

# traffic COMMAND ARGUMENT…: cameras that send, and the count.
traffic() {
  local command=$1
  shift
  "$root/tests/Chaos/bin/Release/net10.0/Siaga.Tests.Chaos" run "$command" --backend "http://127.0.0.1:$BACKEND_PORT" \
    --password-file "$SECRETS/admin-password" --promises "$work/${promises:-promises}.json" "$@"
}

# Checks run in a shell of their own, so what they count is in files.
fault() { echo fault >>"$work/faults"; }

# counted NAME FILE: adds what traffic counted to the totals.
counted() {
  local line
  line=$(grep -E '^[0-9]+ sent, [0-9]+ lost, [0-9]+ duplicated$' "$2" | tail -n 1) || { echo "nothing was counted"; tail -n 3 "$2"; return 1; }
  grep -E '^(lost|duplicated):' "$2" | head -n 5
  echo "$line"
  sed -E 's/ (sent|lost|duplicated),?//g; s/^/'"$1"' /' <<<"$line" >>"$work/counts"
  [[ $line =~ ^([0-9]+)\ sent,\ 0\ lost,\ 0\ duplicated$ ]] && [ "${BASH_REMATCH[1]}" -gt 0 ]
}

# Waits until containers are healthy again: healthy SECONDS NAME…
healthy() {
  local until=$((SECONDS + $1)) bad
  shift
  while :; do
    bad=$(docker inspect -f '{{.Name}} is {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}} after {{.RestartCount}} restarts' "$@" |
      grep -v ' is running healthy ' || true)
    [ -n "$bad" ] || return 0
    [ "$SECONDS" -lt "$until" ] || { echo "$bad"; return 1; }
    sleep 1
  done
}

# As a crash: the first process of each dies from outside, a second apart; the engine starts them again. crash SERVICE…
crash() {
  local service name until
  local -A before=()
  for service in "$@"; do
    name=$(container "$service")
    before[$name]=$(inspect "$name" '{{.RestartCount}}')
    kill -KILL "$(inspect "$name" '{{.State.Pid}}')"
    fault
    sleep 1
  done
  until=$((SECONDS + 60))
  for name in "${!before[@]}"; do
    while [ "$(inspect "$name" '{{.RestartCount}}')" = "${before[$name]}" ]; do
      [ "$SECONDS" -lt "$until" ] || { echo "$name was not started again"; return 1; }
      sleep 0.5
    done
  done
  healthy 180 "${!before[@]}"
}

# Away for a while, all of them at once: outage SECONDS SERVICE…
outage() {
  local seconds=$1 service names=()
  shift
  for service in "$@"; do names+=("$(container "$service")"); fault; done
  docker stop -t 5 "${names[@]}" >/dev/null
  sleep "$seconds"
  docker start "${names[@]}" >/dev/null
  healthy 180 "${names[@]}"
}

freeze() {
  local name
  name=$(container "$1")
  docker pause "$name" >/dev/null
  fault
  sleep "$2"
  docker unpause "$name" >/dev/null
  healthy 180 "$name"
}

override_counts() { [ "$(inspect "$(container worker)" '{{index .Config.Labels "siaga.override"}}')" = counts ] || { echo "compose.override.yaml is ignored"; return 1; }; }

ports_are_followed() {
  local env
  env=$(inspect "$(container backend)" '{{range .Config.Env}}{{println .}}{{end}}')
  grep -qx "SIAGA__Web__PublicUrl=http://localhost:$BACKEND_PORT" <<<"$env" || { echo "PublicUrl does not follow SIAGA_BACKEND_PORT"; return 1; }
  grep -qx "SIAGA__Storage__S3__PublicEndpoint=http://localhost:$S3_PORT" <<<"$env" || { echo "PublicEndpoint does not follow SIAGA_S3_PORT"; return 1; }
}

metrics() { curl -fsS -H "Authorization: Bearer $(cat "$SECRETS/metrics-token")" "http://127.0.0.1:$BACKEND_PORT/metrics"; }

metrics_need_their_token() {
  local url=http://127.0.0.1:$BACKEND_PORT/metrics
  ! curl -fsS -o /dev/null "$url" 2>/dev/null || { echo "anyone reads /metrics"; return 1; }
  metrics | grep '^siaga_' >/dev/null || { echo "the token does not open /metrics"; return 1; }
}

# A clip that takes more memory than its worker may have: the worker ends and comes back, the clip ends as a dead letter, all others are analysed.
hostile_clip_ends() {
  local name before until
  before=$(total_restarts)
  # By a camera of its own, since the others' clips are counted again later.
  promises=others traffic traffic --ingestion "http://127.0.0.1:$INGESTION_PORT" --clips 1 >/dev/null 2>&1 || { echo "no other camera"; return 1; }
  curl -fsS -o /dev/null -H "X-Camera-Key: $(jq -r '.Cameras[0].Key' "$work/others.json")" -F "video_clip=@$1;filename=hostile.mp4;type=video/mp4" \
    "http://127.0.0.1:$INGESTION_PORT/ingest/video" || { echo "it was not taken"; return 1; }
  fault
  until=$((SECONDS + 240))
  until metrics | grep -E '^siaga_queue_dead\{.*siaga\.analysis.*\} [1-9]' >/dev/null; do
    [ "$SECONDS" -lt "$until" ] || { echo "it is no dead letter after four minutes ($(($(total_restarts) - before)) restarts)"; return 1; }
    sleep 2
  done
  (cd "$work/checkout/deploy" && docker compose run --rm -T siaga tasks dead list --json 2>/dev/null) | grep '"queue"' >/dev/null ||
    { echo "siaga tasks dead list does not show it"; return 1; }
  echo "the worker was ended $(($(total_restarts) - before)) times" >&2
  all_healthy
}
total_restarts() {
  local name sum=0
  for name in $(containers); do
    [[ $name != *worker* ]] || sum=$((sum + $(inspect "$name" '{{.RestartCount}}')))
  done
  echo $sum
}

# A first start of PostgreSQL that was cut off leaves a server without databases: the same server, asked while one of them is missing.
missing_database_is_told() {
  local name test
  name=$(container postgres)
  test=$(docker inspect -f '{{json .Config.Healthcheck.Test}}' "$name" | jq -r '.[3]')
  docker exec "$name" bash -c "$test" || { echo "unhealthy although all is there"; return 1; }
  ! docker exec "$name" bash -c "${test/siaga_ingestion/siaga_elsewhere}" 2>/dev/null || { echo "healthy without a database"; return 1; }
}

restored_and_counted() {
  (cd "$work/checkout" && deploy/restore "$work/backup") >"$work/restore.txt" 2>&1 || { tail -n 4 "$work/restore.txt"; return 1; }
  traffic recount >"$work/recount.txt" 2>&1 || true
  counted restored "$work/recount.txt"
}

all_healthy() {
  # shellcheck disable=SC2046
  healthy 180 $(containers)
}

backed_up() {
  (cd "$work/checkout" && deploy/backup "$work/backup") >"$work/backup.txt" 2>&1 || { tail -n 4 "$work/backup.txt"; return 1; }
  all_healthy
}

rehearsed() { (cd "$work/checkout" && deploy/rehearse "$work/backup") >"$work/rehearsal.txt" 2>&1 || { tail -n 4 "$work/rehearsal.txt"; return 1; }; }

restore_is_refused() {
  local said code=0
  said=$(cd "$work/checkout" && deploy/restore "$work/backup" 2>&1) || code=$?
  [ "$code" -eq 2 ] && grep -q 'deployment here already' <<<"$said" || { echo "exit code $code: $said"; return 1; }
}

up_again() { (cd "$work/checkout" && deploy/up --scale worker=2) >"$work/up.txt" 2>&1 || { tail -n 4 "$work/up.txt"; return 1; }; }

recounted() {
  traffic recount >"$work/recount.txt" 2>&1 || true
  counted again "$work/recount.txt"
}

# One process with everything in it, as docs/deploying.md starts it first.
alone() {
  local api=http://127.0.0.1:$ALONE_PORT sending
  docker run -d --name siaga-alone --memory 3g --restart unless-stopped -p "127.0.0.1:$ALONE_PORT:8080" -v siaga-alone:/data \
    -e SIAGA__Worker__Model=/app/samples/model.h5 "siaga:$version" >/dev/null
  healthy 120 siaga-alone || return 1
  docker exec siaga-alone cat /data/secrets/admin-password >"$work/alone-password"
  [ "$(docker exec siaga-alone stat -c %a /data/secrets/admin-password)" = 600 ] || { echo "others may read the password"; return 1; }
  ! docker logs siaga-alone 2>&1 | grep -F -- "$(cat "$work/alone-password")" >/dev/null || { echo "the log tells the password"; return 1; }
  rm -f "$work/alone-enough"
  one() { "$root/tests/Chaos/bin/Release/net10.0/Siaga.Tests.Chaos" run "$1" --backend "$api" --password-file "$work/alone-password" --promises "$work/alone.json" "${@:2}"; }
  one traffic --ingestion "$api" --rate 2 --clips 60 --until "$work/alone-enough" >"$work/alone.txt" 2>&1 &
  sending=$!
  sleep 5
  local pid
  pid=$(inspect siaga-alone '{{.State.Pid}}')
  kill -KILL "$pid"
  fault
  healthy 120 siaga-alone || return 1
  sleep 5
  touch "$work/alone-enough"
  wait $sending || true
  counted alone "$work/alone.txt"
}

# From the commit before to this one and back, while cameras send: the tags of both are there.
upgraded() {
  local before now=$version sending versions
  git archive HEAD~1 | (mkdir -p "$work/before" && tar -x -C "$work/before")
  [ -x "$work/before/deploy/docker/publish" ] || { echo "the commit before cannot be built this way"; return 1; }
  before=before-$(git rev-parse --short=10 HEAD~1)
  "$work/before/deploy/docker/publish" "$work/before-images" "$(git rev-parse HEAD~1)" >"$work/before.txt" 2>&1 || { tail -n 4 "$work/before.txt"; return 1; }
  mkdir -p "$work/before-images/empty"
  tar -C "$work/before-images" -c --transform='s:^\.:./out:' . | docker import - stand-in-publish:raw >/dev/null
  (cd "$work/before/deploy" && SIAGA_VERSION=$before SIAGA_REVISION=$(git rev-parse HEAD~1) docker compose --profile tools build) >>"$work/before.txt" 2>&1 || { tail -n 4 "$work/before.txt"; return 1; }
  (cd "$work/checkout/deploy" && docker compose down -v) >/dev/null 2>&1
  # After a change of the tables the version before refuses to start on them, as docs/deploying.md says: then there is no way back but the backup.
  versions=("$before" "$now" "$before")
  if git diff HEAD~1 HEAD -- '*.cs' | grep '^+.*\[Migration(' >/dev/null; then
    echo "skipped: back to the commit before (this one changes the tables)" >&2
    versions=("$before" "$now")
  fi
  for one in "${versions[@]}"; do
    (cd "$work/checkout" && deploy/up --version "$one" --scale worker=2) >"$work/up.txt" 2>&1 || { tail -n 4 "$work/up.txt"; return 1; }
    [ "$(inspect "$(container backend)" '{{.Config.Image}}')" = "siaga-backend:$one" ] || { echo "it does not run $one"; return 1; }
    if [ -z "${sending:-}" ]; then
      rm -f "$work/enough"
      traffic traffic --ingestion "http://127.0.0.1:$INGESTION_PORT" --rate 2 --until "$work/enough" >"$work/upgrade.txt" 2>&1 &
      sending=$!
    fi
    sleep 10
  done
  touch "$work/enough"
  wait "$sending" || true
  counted upgrade "$work/upgrade.txt"
}

start_prometheus() { (cd "$work/checkout/deploy" && docker compose --profile monitoring up --detach prometheus) >"$work/monitoring.txt" 2>&1; }

# Two workers, and one of everything else.
prometheus_reads_all() {
  local until=$((SECONDS + 90)) up=''
  [ -n "$(container prometheus)" ] || { tail -n 3 "$work/monitoring.txt"; return 1; }
  until [ "$up" = "rabbitmq siaga-backend siaga-ingestion siaga-worker siaga-worker" ]; do
    [ "$SECONDS" -lt "$until" ] || { echo "up: $up"; docker logs "$(container prometheus)" 2>&1 | tail -n 2; return 1; }
    sleep 1
    up=$(curl -fsS "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/targets" 2>/dev/null | jq -r '[.data.activeTargets[] | select(.health == "up") | .labels.job] | sort | join(" ")' || true)
  done
  [ "$(curl -fsS "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/rules" | jq '[.data.groups[].rules[]] | length')" -gt 10 ] || { echo "the rules are not loaded"; return 1; }
  docker rm -f "$(container prometheus)" >/dev/null
}
