# What deploy/up, deploy/backup and deploy/restore share; read by them, in deploy/.

# setting NAME DEFAULT: as compose reads it, from the environment, then from .env, where the last line counts.
setting() {
  local line
  if [ -n "${!1:-}" ]; then echo "${!1}"; return; fi
  line=$(grep -E "^$1=" .env 2>/dev/null | tail -n 1) || true
  line=${line#*=}
  echo "${line:-$2}"
}

made='# Below: written by deploy/up. A line of your own for the same setting, above this one, counts instead.'

# remember NAME VALUE: writes a setting into the last part of .env, whole or not at all, unless the owner of the file has set it.
remember() {
  local own kept
  # A rehearsal changes nothing of the deployment that runs.
  if [ -n "${SIAGA_REHEARSAL:-}" ]; then export "$1=$2"; return; fi
  touch .env
  own=$(awk -v made="$made" '$0 == made { exit } { print }' .env)
  kept=$(awk -v made="$made" -v name="$1=" 'below && index($0, name) != 1 { print } $0 == made { below = 1 }' .env)
  grep -q "^$1=" <<<"$own" || kept+=${kept:+$'\n'}$1=$2
  printf '%s\n' ${own:+"$own"} "$made" ${kept:+"$kept"} >.env.part
  mv .env.part .env
}

# As docker takes them for a tag: 0.1.0-g1a2b3c4, with -changed where files are not committed; without git the number alone.
version_here() {
  local number commit
  number=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' ../Directory.Build.props)
  if commit=$(git rev-parse --short=10 HEAD 2>/dev/null); then
    [ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit+=-changed
    number+=-g$commit
  fi
  echo "$number"
}

revision_here() { git rev-parse HEAD 2>/dev/null || true; }

# choose_images [VERSION]: sets which images run, those of an existing version or, without one, new ones of what is here, which it builds.
# Each version has tags of its own: the one before an upgrade is still there to go back to. The choice goes into .env, so that
# "docker compose" in this folder always means the same.
choose_images() {
  if [ -n "${1:-}" ]; then
    remember SIAGA_VERSION "$1"
  else
    remember SIAGA_VERSION "$(version_here)"
    remember SIAGA_REVISION "$(revision_here)"
  fi
  remember SIAGA_WORKER_MEMORY "$(($(setting SIAGA_WORKER_CONCURRENCY 2) + 1))g"
  # Of the command line too, although it is not among the services that run.
  [ -n "${1:-}" ] || docker compose --profile tools build
}

need_compose() {
  docker compose version >/dev/null 2>&1 && return
  echo "$1: Docker with its compose plugin (2.24 or newer) is missing: https://docs.docker.com/compose/install" >&2
  exit 2
}

secrets=${SIAGA_SECRETS:-secrets}

# tools ARGUMENT…: the command line with the services' settings, as the user who calls, with what comes before -- given to docker:
#   tools -v /a/folder:/backup -- storage export /backup
tools() {
  local docker=()
  while [ "$1" != -- ]; do docker+=("$1"); shift; done
  shift
  # Its usual folder belongs to the image's user.
  docker compose --profile tools run --rm -T -u "$(id -u):$(id -g)" -w /tmp ${docker[@]+"${docker[@]}"} siaga "$@" --data /tmp/siaga
}

# volume NAME: as docker calls it.
volume() { echo "${COMPOSE_PROJECT_NAME:-siaga}_$1"; }

# postgres_tool DATABASE PROGRAM ARGUMENT…: a program of PostgreSQL's on a database, as the user siaga.
postgres_tool() {
  local database=$1
  shift
  docker compose exec -T postgres bash -c 'export PGPASSWORD="$(cat /run/secrets/database-password)"; database=$1; shift; exec "$@" -h 127.0.0.1 -U siaga -d "$database"' \
    _ "$database" "$@"
}

# Others cannot enter the folder; in the containers each service reads its own files alone, as a user that is not the owner, hence 0444.
make_secrets() (
  umask 077
  mkdir -p "$secrets"

  # keep NAME: writes standard input to a secret, whole or not at all, unless there is one.
  keep() {
    [ -s "$secrets/$1" ] && return
    cat >"$secrets/.$1.part"
    chmod 0444 "$secrets/.$1.part"
    mv "$secrets/.$1.part" "$secrets/$1"
  }
  random() { head -c "$1" /dev/urandom | base64 -w 0; }
  # Letters, digits, - and _: nothing that a configuration file or an address would take for its own.
  password() { random 33 | tr '+/' '-_'; }

  keep signing-key < <(random 32)
  keep s3-access-key <<<siaga
  for name in admin-password database-password grafana-key grafana-password ingestion-token metrics-token postgres-password rabbitmq-password \
    s3-secret-key worker-token; do
    keep "$name" < <(password)
  done
  keep rabbitmq.conf < <(echo "default_pass = $(cat "$secrets/rabbitmq-password")")
)
