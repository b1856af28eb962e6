# Docker's engine, and the images that everything stands on; read by eng/containers.

# Ends with 3 where there is none and none can be started.
have_engine() {
  local missing=() package
  engine=''
  if ! docker info >/dev/null 2>&1; then
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || no_engine "Docker's engine does not run; start it, or let root on Debian do it"
    need_packages docker.io:dockerd
    start_engine
  fi
  need_packages jq:jq curl:curl
  prefer_able_client
  if docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1 && registry_answers; then
    stand_ins=no
  else
    stand_ins=yes
    need_packages docker-compose:docker-compose patchelf:patchelf
    eng/setup --tests
    export DOCKER_CONFIG=$work/docker DOCKER_BUILDKIT=1
    mkdir -p "$DOCKER_CONFIG/cli-plugins"
    ln -sf "$root/tests/Containers/compose" "$DOCKER_CONFIG/cli-plugins/docker-compose"
  fi
}

no_engine() { echo "skipped: $1" >&2; exit 3; }

# need_packages PACKAGE:COMMAND…
need_packages() {
  local one missing=()
  for one in "$@"; do command -v "${one#*:}" >/dev/null || missing+=("${one%:*}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || no_engine "please install: ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$work/packages.txt" 2>&1 ||
    no_engine "${missing[*]} cannot be installed ($(tail -n 1 "$work/packages.txt"))"
}

# One of our own, away from any other: its images and volumes go with it.
start_engine() {
  engine=$(mktemp -d /tmp/siaga-engine.XXXXXX)
  export DOCKER_HOST=unix://$engine/socket
  dockerd --data-root "$engine/data" --exec-root "$engine/run" -p "$engine/pid" -H "$DOCKER_HOST" >"$work/engine.txt" 2>&1 &
  local _
  for _ in $(seq 120); do
    ! docker info >/dev/null 2>&1 || return 0
    sleep 0.5
  done
  no_engine "Docker's engine does not start here: $(grep -m1 -E 'failed|error' "$work/engine.txt" || tail -n 1 "$work/engine.txt")"
}

stop_engine() {
  [ -n "$engine" ] || return 0
  kill "$(cat "$engine/pid")" 2>/dev/null || true
  local _
  for _ in $(seq 60); do [ -e "$engine/pid" ] || break; sleep 0.5; done
  grep -o " $engine/[^ ]*" /proc/self/mounts | sort -r | xargs -r umount -l 2>/dev/null || true
  rm -rf "$engine"
}

# A client without BuildKit's plugin cannot build; Debian's, which needs none, may lie beside it.
prefer_able_client() {
  docker buildx version >/dev/null 2>&1 && return
  [ -x /usr/bin/docker ] && [ "$(command -v docker)" != /usr/bin/docker ] || return 0
  mkdir -p "$work/bin"
  ln -sf /usr/bin/docker "$work/bin/docker"
  export PATH=$work/bin:$PATH
}

registry_answers() { timeout 20 docker manifest inspect debian:12-slim >/dev/null 2>&1; }

make_bases() {
  local published=$root/artifacts/images
  [ "$stand_ins" = yes ] || return 0
  if [ "$reuse" = no ] || ! docker image inspect stand-in-publish:raw >/dev/null 2>&1; then
    attempt "deploy/docker/publish" env SIAGA_RESTORED="$([ ! -e apps/Worker/obj/project.assets.json ] || echo yes)" "$root/deploy/docker/publish" "$published" "$(git rev-parse HEAD)"
    mkdir -p "$published/empty"
    attempt "stand-in images" "$root/tests/Containers/stand-ins" "$published" "$work/trees"
  fi
  printf '%s\n' POSTGRES_IMAGE=stand-in-postgres RABBITMQ_IMAGE=stand-in-rabbitmq MINIO_IMAGE=stand-in-s3 \
    PROMETHEUS_IMAGE=stand-in-prometheus >>"$work/checkout/deploy/.env"
}

# attempt NAME COMMAND…: without it nothing else can be tried.
attempt() {
  local name=$1
  shift
  "$@" >"$work/attempt.txt" 2>&1 && return
  tail -n 20 "$work/attempt.txt" >&2
  echo "FAILED: $name"
  exit 1
}
