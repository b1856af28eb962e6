# What must hold of every image and container. Each check has a name, and says passed or FAILED with it; read by eng/containers.

passed=0 failed=0

# check NAME COMMAND…: what the command prints, if it fails, is the reason.
check() {
  local name=$1 said
  shift
  local since=$SECONDS
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "passed: $name$([ $((SECONDS - since)) -lt 5 ] || echo " ($((SECONDS - since)) s)")"
  else
    failed=$((failed + 1))
    echo "FAILED: $name${said:+: $(tail -n 3 <<<"$said" | tr '\n' ' ')}"
  fi
}

# inspect THING FORMAT: prints it.
inspect() { docker inspect -f "$2" "$1"; }

# The containers of the deployment, those of one command excepted.
containers() {
  docker ps -a --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter label=com.docker.compose.oneoff=False --format '{{.Names}}' | sort
}

# container SERVICE [NUMBER]
container() {
  docker ps -a --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=$1" \
    --filter label=com.docker.compose.oneoff=False --filter "label=com.docker.compose.container-number=${2:-1}" --format '{{.Names}}'
}

says_its_start() {
  [ "$(inspect "$1" '{{len .Config.Entrypoint}}')" -gt 0 ] || { echo "no ENTRYPOINT"; return 1; }
  [ "$(inspect "$1" '{{len .Config.Cmd}}')" -gt 0 ] || { echo "no CMD"; return 1; }
}
runs_as_app() { [ "$(inspect "$1" '{{.Config.User}}')" = 1654:1654 ] || { echo "user '$(inspect "$1" '{{.Config.User}}')'"; return 1; }; }
reports_to_no_maker() { inspect "$1" '{{range .Config.Env}}{{println .}}{{end}}' | grep -x ORT_DISABLE_TELEMETRY=1 >/dev/null || { echo "ORT_DISABLE_TELEMETRY=1 is not set"; return 1; }; }
says_its_version() {
  [ "$(inspect "$1" '{{index .Config.Labels "org.opencontainers.image.version"}}')" = "$2" ] || { echo "no label of the version $2"; return 1; }
  [ "$(inspect "$1" '{{len (index .Config.Labels "org.opencontainers.image.revision")}}')" = 40 ] || { echo "no label of the revision"; return 1; }
}
# holds_none IMAGE PATTERN: no file of that name.
holds_none() {
  local found list=$work/${1//[:\/]/_}.files
  [ -s "$list" ] || docker run --rm --network none --entrypoint find "$1" / -xdev >"$list" 2>/dev/null || true
  [ -s "$list" ] || { echo "its files cannot be listed"; return 1; }
  found=$(grep -E "/$2[^/]*\$" "$list" || true)
  [ -z "$found" ] || { head -n 3 <<<"$found"; return 1; }
}

images_are_right() {
  local version=$1 image
  for image in siaga-backend siaga-ingestion siaga-worker siaga; do
    check "image $image says how it starts" says_its_start "$image:$version"
    check "image $image runs as a user without rights" runs_as_app "$image:$version"
    check "image $image: the telemetry switch" reports_to_no_maker "$image:$version"
    check "image $image says its version and revision" says_its_version "$image:$version" "$version"
  done
  for image in siaga-backend siaga-ingestion; do
    check "image $image holds no video library" holds_none "$image:$version" '[^/]*[oO]pen[cC][vV]'
    check "image $image holds no model runtime" holds_none "$image:$version" 'libonnxruntime'
  done
  check "image siaga-worker holds no GTK" holds_none "siaga-worker:$version" 'libgtk-3'
  check "image siaga-worker holds no LLVM" holds_none "siaga-worker:$version" 'libLLVM'
  docker image ls --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep -E "^siaga(-[a-z]+)?:$version " | sed 's/^/  /'
}

# of NAME FILTER: what jq finds in the container as it was inspected last.
of() { jq -r --arg name "/$1" '.[] | select(.Name == $name) | '"$2" "$work/containers.json"; }
limits_memory() {
  [ "$(of "$1" .HostConfig.Memory)" -gt 0 ] || { echo "no memory limit"; return 1; }
  [ "$(of "$1" '.HostConfig | .Memory == .MemorySwap')" = true ] || { echo "it may swap beyond the memory limit"; return 1; }
}
limits_processes() { [ "$(of "$1" '.HostConfig.PidsLimit // 0')" -gt 0 ] || { echo "no limit of processes"; return 1; }; }
has_a_fixed_root() { [ "$(of "$1" .HostConfig.ReadonlyRootfs)" = true ] || { echo "its root is writable"; return 1; }; }
has_no_powers() {
  [ "$(of "$1" '.HostConfig | (.CapDrop == ["ALL"]) and ((.CapAdd // []) == [])')" = true ] || { echo "it keeps capabilities"; return 1; }
  of "$1" '.HostConfig.SecurityOpt[]?' | grep no-new-privileges >/dev/null || { echo "it may gain privileges"; return 1; }
}
limits_its_log() { of "$1" '.HostConfig.LogConfig.Config["max-size"] // ""' | grep '^[0-9]' >/dev/null || { echo "its log grows for ever"; return 1; }; }
is_watched() { [ "$(of "$1" .State.Health.Status)" = healthy ] || { echo "not healthy"; return 1; }; }
comes_back() { [ "$(of "$1" .HostConfig.RestartPolicy.Name)" = unless-stopped ] || { echo "it is not started again"; return 1; }; }
keeps_nothing_anonymous() {
  local found
  found=$(of "$1" '.Mounts[] | select(.Type == "volume") | .Name' | grep -E '^[0-9a-f]{64}$' || true)
  [ -z "$found" ] || { echo "data in a volume without a name"; return 1; }
}
names_files_not_secrets() {
  local found
  found=$(of "$1" '.Config.Env[]' | cut -d= -f1 | grep -iE '(PASSWORD|SECRET|TOKEN|KEY)' | grep -vE '(_FILE|File)$' || true)
  [ -z "$found" ] || { echo "a secret in the environment: $found"; return 1; }
}

containers_are_confined() {
  local one names
  names=$(containers)
  # shellcheck disable=SC2086
  docker inspect $names >"$work/containers.json"
  for one in $names; do
    check "$one: a limit of memory" limits_memory "$one"
    check "$one: a limit of processes" limits_processes "$one"
    check "$one: a read-only root" has_a_fixed_root "$one"
    check "$one: no powers" has_no_powers "$one"
    check "$one: a limit of its log" limits_its_log "$one"
    check "$one: healthy" is_watched "$one"
    check "$one: started again when it ends" comes_back "$one"
    check "$one: no volume without a name" keeps_nothing_anonymous "$one"
    check "$one: secrets as files only" names_files_not_secrets "$one"
  done
}

# Every value of every secret, in everything that an operator may show to others.
tells_no_secret() {
  local seen one secret found=''
  seen=$(mktemp)
  for one in $(containers); do
    docker inspect "$one"
    docker logs "$one" 2>&1
    docker top "$one" -eo pid,args 2>/dev/null
  done >"$seen"
  for one in siaga-backend siaga-ingestion siaga-worker siaga; do docker history --no-trunc "$one:$1"; docker image inspect "$one:$1"; done >>"$seen"
  for secret in "$SECRETS"/*; do
    # The access key is the name of a user.
    [ "${secret##*/}" != s3-access-key ] || continue
    ! grep -qF -- "$(sed 's/.* = //' "$secret")" "$seen" || found+=" ${secret##*/}"
  done
  rm -f "$seen"
  [ -z "$found" ] || { echo "told:$found"; return 1; }
}

logs_of() { docker logs "$(container "$1")" 2>&1; }
# without PATTERN: what comes in has no such line.
without() {
  local found
  found=$(grep -nE -- "$1" || true)
  [ -z "$found" ] || { head -n 2 <<<"$found"; return 1; }
}
has_no_stack_trace() { logs_of "$1" | without '^ +at |\\n +at |Exception:|Cannot load library'; }
tells_the_time() {
  local without
  without=$(logs_of "$1" | grep '^{' | grep -vcE '"Timestamp":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z"' || true)
  [ "$without" -eq 0 ] || { echo "$without lines without a time"; return 1; }
}
names_its_address() { logs_of "$1" | without 'listens at http://127.0.0.1'; }

starts_are_quiet() {
  local service
  for service in backend ingestion worker; do
    check "$service: a start without a stack trace" has_no_stack_trace "$service"
    check "$service: every line of the log has its time" tells_the_time "$service"
    check "$service: no wrong address in the log" names_its_address "$service"
  done
}
