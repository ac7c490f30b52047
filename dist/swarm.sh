# ---------------------------------------------------------------------------------------------------------------- swarm
#
# For `target: swarm` this file follows agent.sh: verbs, lock, journal, one-shots and releases stay, the functions below take the place of
# those that know containers, the edge and its colours. What the agent does is one `docker stack deploy` per service that differs, and the
# wait for it; starting, watching and going back is the swarm's own work, and goes on without an agent.
#
# shellcheck shell=sh disable=SC2015

# stack_file NAME
stack_file() { printf '%s\n' "$REL/stack/$1.yml"; }

# with_values COMMAND...: runs it with each line of .env as VALUE_<name>. Values are in no argument list and in no file.
with_values() (
  while IFS= read -r line; do
    name=${line%%=*}
    case $name in '' | *[!A-Za-z0-9_]*) exit 1 ;; esac
    text=${line#*=\"}
    # A command substitution would drop line ends at the end.
    value=$(printf '%s' "${text%\"}" | plain_value && printf x)
    export "VALUE_$name=${value%x}"
  done <"$ENV_FILE"
  "$@"
)

# plain_value: a value as encode writes it into .env, decoded.
plain_value() {
  awk '{
    for (i = 1; i <= length($0); i++) {
      c = substr($0, i, 1)
      if (c == "\\") { i++; c = substr($0, i, 1); if (c == "n") c = "\n"; else if (c == "r") c = "\r" }
      printf "%s", c
    }
  }'
}

# deploy_stack NAME. The registry's login goes to the swarm, whose machines pull.
deploy_stack() {
  quiet with_login with_values limited 300 docker stack deploy --with-registry-auth --resolve-image always -c "$(stack_file "$1")" "$PROJECT" ||
    fail "$1" "the swarm did not take it: $said"
}

with_login() (
  if [ -d "$LOGIN" ]; then
    # Another configuration has no contexts; a rootless Engine is often one.
    address=$(dk context inspect -f '{{.Endpoints.docker.Host}}' 2>/dev/null || :)
    [ -z "$address" ] || export DOCKER_HOST="$address"
    export DOCKER_CONFIG="$LOGIN"
  fi
  "$@"
)

# service_id NAME
service_id() { dk service ls -q --filter "label=nself.project=$PROJECT" --filter "label=nself.service=$1"; }

# service_facts ID: "hash replicas", where replicas is global for a service that runs on each manager.
service_facts() {
  dk service inspect -f '{{index .Spec.Labels "nself.hash"}} {{with .Spec.Mode.Replicated}}{{.Replicas}}{{else}}global{{end}}' "$1" 2>/dev/null
}

# update_state ID: "state begin" of the last update; nothing before the first.
update_state() { dk service inspect -f '{{with .UpdateStatus}}{{.State}} {{.StartedAt}}{{end}}' "$1" 2>/dev/null; }

# tasks ID FILTER: ids of tasks, newest first.
tasks() { dk service ps -q --no-trunc ${2:+--filter "$2"} "$1" 2>/dev/null || :; }

# task_lines IDS: "id state hash error" of each.
task_lines() {
  [ -n "$1" ] || return 0
  # shellcheck disable=SC2086
  dk inspect --type task -f '{{.ID}} {{.Status.State}} {{with index .Spec.ContainerSpec.Labels "nself.hash"}}{{.}}{{else}}-{{end}} {{.Status.Err}}' $1 2>/dev/null || :
}

# all_run ID HASH REPLICAS: every task that is meant to run does, in this version, and they are as many as they should be. $seen says what is.
all_run() {
  seen=$(task_lines "$(tasks "$1" desired-state=running)" | awk -v hash="$2" -v want="$3" '
    { total++; if ($3 == hash && $2 == "running") good++; states[$2]++ }
    END {
      for (state in states) text = text states[state] " " state " "
      enough = want == "global" ? good > 0 : good == want
      print good == total && enough ? "ok" : text "of " want
    }')
  [ "$seen" = ok ]
}

# failed_tasks ID HASH: the lines of this version's tasks that ended with an error, or that no machine takes; newest first.
failed_tasks() { task_lines "$(tasks "$1")" | awk -v hash="$2" '$3 == hash && NF > 3'; }

# why_failed ID HASH: what the swarm says about it.
why_failed() { failed_tasks "$1" "$2" | awk 'NR == 1 { $1 = $3 = ""; sub(/^ /, ""); sub(/  /, ": "); print }'; }

# keep_task_logs SERVICE ID HASH: the last words of the newest task that failed.
keep_task_logs() {
  task=$(failed_tasks "$2" "$3" | awk 'NR == 1 { print $1 }')
  [ -n "$task" ] || return 0
  words=$(dk service logs --raw --tail 8 "$task" 2>&1 | mask)
  [ -z "$words" ] || journal logs "$1" "$words"
}

# converge ID HASH REPLICAS SECONDS BEFORE: waits until the service runs in this version. 1: the swarm went back by itself. 2: not in time.
# 3: its tasks end again and again, and there is no version to go back to. $why says what was seen. BEFORE is the update state from before.
converge() {
  limit=$(($(uptime_seconds) + $4))
  calm=0
  while :; do
    now=$(update_state "$1")
    [ "$now" != "$5" ] || now=''
    case $now in
      updating* | rollback_started*) calm=0 ;;
      paused*)
        why="the swarm has paused the update; $(why_failed "$1" "$2")"
        return 2
        ;;
      rollback_*)
        why=$(why_failed "$1" "$2")
        return 1
        ;;
      *)
        # The swarm watches updates itself, but not what it starts for the first time.
        if all_run "$1" "$2" "$3"; then
          calm=$((calm + 1))
          if [ -n "$now" ] || [ "$calm" -ge 3 ]; then return 0; fi
        else
          calm=0
          if [ -z "$5$now" ] && [ "$(failed_tasks "$1" "$2" | wc -l)" -ge 3 ]; then
            why=$(why_failed "$1" "$2")
            return 3
          fi
        fi
        ;;
    esac
    if [ "$(uptime_seconds)" -ge "$limit" ]; then
      why="not converged after $4 s ($seen); $(why_failed "$1" "$2")"
      return 2
    fi
    nap 1
  done
}

# went_back ID: waits for the end of a rollback.
went_back() {
  limit=$(($(uptime_seconds) + ${start_seconds:-120} + 300))
  while :; do
    case $(update_state "$1") in
      rollback_completed*) return 0 ;;
      rollback_paused*) return 1 ;;
    esac
    [ "$(uptime_seconds)" -lt "$limit" ] || return 1
    nap 1
  done
}

go_back() { limited 60 docker service rollback --detach --quiet "$1" >/dev/null 2>&1 && went_back "$1"; }

# bring NAME LABEL HASH REPLICAS SECONDS: deploys one stack file and waits for it. Afterwards the service runs in this version, or as before.
bring() {
  id=$(service_id "$2")
  before=$([ -z "$id" ] || update_state "$id")
  seen='' why=''
  deploy_stack "$1"
  if [ -z "$id" ]; then
    id=$(service_id "$2")
    remember created "$1" - "$id" -
  else
    remember updated "$1" - "$id" -
  fi
  result=0
  converge "$id" "$3" "$4" "$5" "$before" || result=$?
  case $result in
    0)
      journal healthy "$1"
      return
      ;;
  esac
  keep_task_logs "$1" "$id" "$3"
  if [ "$result" = 1 ]; then
    # Nothing is left to take back of this one.
    forget_last
    if went_back "$id"; then
      journal undone "$1" 'the swarm went back by itself'
      fail "$1" "$why; the swarm went back by itself"
    fi
    UNDONE=no
  fi
  fail "$1" "$why"
}

# ---------------------------------------------------------------------------------------------------------------- swarm: phases

preflight() {
  journal preflight
  for tool in docker flock setsid timeout awk sed tar sha256sum; do
    command -v "$tool" >/dev/null || fail '' "the host has no $tool"
  done
  quiet dk version --format '{{.Server.Version}}' || fail '' "the Docker Engine does not answer: $said"
  [ "$(dk info --format '{{.Swarm.ControlAvailable}}')" = true ] || fail '' 'the host is no manager of a swarm (docker swarm init, or deploy to one of: docker node ls)'
  check_table || fail '' 'services.tsv is not valid'
  is_intact "$ID" || fail '' "release $ID is not what was uploaded; deploy it again"
  [ "$(release_value "$ID" target)" = swarm ] || fail '' "release $ID is not for a swarm"
  [ -f "$ENV_FILE" ] || fail '' "the values of release $ID are not on the host any more; deploy its commit again"
  free_space "$MIN_FREE_MB"
  certificate_secrets
  quiet compose 60 --profile '*' config -q || fail '' "compose.yml is not valid: $said"
  for file in "$REL"/stack/*.yml; do
    quiet stack_is_valid "$file" || fail '' "${file##*/} is not valid: $said"
  done
}

# What it prints holds values.
stack_is_valid() { { with_values limited 60 docker stack config -c "$1" >/dev/null; } 2>&1; }

# An update of a killed run goes on by itself; two at once are none of our making.
collect_garbage() {
  end_one_shots
  for id in $(dk service ls -q --filter "label=nself.project=$PROJECT"); do
    limit=$(($(uptime_seconds) + 600))
    while :; do
      case $(update_state "$id") in updating* | rollback_started*) ;; *) break ;; esac
      [ "$(uptime_seconds)" -lt "$limit" ] || fail '' "an earlier update has not ended after 10 minutes; look at docker service ls and docker service ps"
      nap 2
    done
  done
}

# Only what the manager runs itself; all else is pulled where the swarm starts it.
pull() {
  for image in $(compose 60 --profile '*' config --images | sort -u); do
    quiet dk image inspect -f '{{.ID}}' "$image" || {
      journal pulling '' "$image"
      quiet with_login limited 1800 docker pull -q "$image" || fail '' "the image $image could not be pulled: $said"
    }
  done
  journal pulled
}

ensure_network() {
  dk network inspect "$NETWORK" >/dev/null 2>&1 || {
    quiet dk network create --driver overlay --attachable --label "nself.project=$PROJECT" "$NETWORK" ||
      fail '' "the network $NETWORK could not be made: $said"
    journal network '' "$NETWORK"
    return
  }
  [ "$(dk network inspect -f '{{.Driver}} {{.Attachable}}' "$NETWORK")" = 'overlay true' ] ||
    fail '' "the network $NETWORK is there, but it is no attachable overlay network; remove it: docker network rm $NETWORK"
}

# certificate_secrets: what is brought as certificates on the manager becomes secrets, named by content.
certificate_secrets() {
  NSELF_TLS=''
  [ -f "$REL/tls.tsv" ] || return 0
  while IFS=$tab read -r variable folder file; do
    place=$ROOT/ssl/certificates/$folder/$file
    [ -f "$place" ] || fail '' "there is no $place"
    secret=$(secret_name "$place")
    dk secret inspect "$secret" >/dev/null 2>&1 ||
      timeout 60 docker secret create --label "nself.project=$PROJECT" "$secret" - <"$place" >/dev/null 9>&- ||
      fail '' "the secret of $place could not be made"
    export "$variable=$secret"
  done <"$REL/tls.tsv"
  NSELF_TLS=$(tls_suffix "$REL")
  export NSELF_TLS
}

secret_name() {
  printf '%s_%s\n' "$(printf '%s' "$PROJECT" | cut -c 1-40)" "$({ printf '%s\n' "$PROJECT" && cat "$1"; } | sha256sum | cut -c 1-16)"
}

# tls_suffix RELEASE-FOLDER: stands for the certificates as they are now; nothing without any.
tls_suffix() {
  [ -f "$1/tls.tsv" ] || return 0
  printf -- '-%s\n' "$(while IFS=$tab read -r _ folder file; do sha256sum <"$ROOT/ssl/certificates/$folder/$file" 2>/dev/null || echo none; done <"$1/tls.tsv" |
    sha256sum | cut -c 1-12)"
}

# nginx is started when it is missing; what is there is replaced when its turn comes.
ensure_edge() {
  quiet run_once nginx nginx 120 || fail '' "nginx's configuration is not valid: $said"
  for name in nginx-internal nginx; do
    if [ -f "$(stack_file "$name")" ] && [ -z "$(service_id "$(edge_label "$name")")" ]; then update_edge "$name"; fi
  done
}

edge_label() { case $1 in nginx) echo edge ;; *) echo "$1" ;; esac }

update_edge() {
  name=$1 start_seconds=120
  [ -f "$(stack_file "$name")" ] || return 0
  case $name in
    nginx) wanted=$EDGE_HASH$NSELF_TLS count=global ;;
    *) wanted=$EDGE_HASH count=2 ;;
  esac
  id=$(service_id "$(edge_label "$name")")
  if [ -n "$id" ] && [ "$(service_facts "$id")" = "$wanted $count" ] && all_run "$id" "$wanted" "$count"; then return 0; fi
  journal start "$name"
  bring "$name" "$(edge_label "$name")" "$wanted" "$count" "$start_seconds"
  journal edge '' "$name runs with the new files"
}

# Calls among services go through a second nginx, which is replaced without a gap; so it comes before what may call new services.
edge_before_rolls() { update_edge nginx-internal; }

switch_conf() { update_edge nginx; }

static_services() {
  STARTED_STATIC=''
  place_files
  for service in $(services static); do
    load "$service"
    id=$(service_id "$name")
    case ",$RECREATE," in
      *",$name,"*) start_static recreated ;;
      *)
        if [ -z "$id" ] || [ -z "$(tasks "$id" desired-state=running)" ]; then
          start_static started
        elif [ "$(service_facts "$id")" != "$hash $replicas" ]; then
          journal drift "$name" "it runs with other settings; recreate=$name replaces it"
        fi
        ;;
    esac
  done
}

# What keeps data is not taken back: the next run would start it again.
start_static() {
  kept=$UNDO
  [ "$1" != recreated ] || [ -z "$id" ] || [ "$(service_facts "$id")" != "$hash $replicas" ] ||
    limited 60 docker service update --detach --quiet --force "$id" >/dev/null 2>&1 || :
  bring "$name" "$name" "$hash" "$replicas" "$start_seconds"
  UNDO=$kept
  STARTED_STATIC="$STARTED_STATIC $name"
  journal static "$name" "$1"
}

is_settled() { [ -n "$1" ] && [ "$(service_facts "$1")" = "$hash $replicas" ] && all_run "$1" "$hash" "$replicas"; }

plan() {
  ADDED='' CHANGED=''
  for service in $(services recreate overlap); do
    load "$service"
    id=$(service_id "$name")
    if [ -z "$id" ]; then
      ADDED="$ADDED $name"
    elif is_settled "$id"; then
      journal unchanged "$name"
    else
      CHANGED="$CHANGED $name"
    fi
  done
}

update() {
  load "$1"
  journal start "$name" "$replicas of them"
  # Each of them takes its turn, and old ones their time to end.
  bring "$name" "$name" "$hash" "$replicas" $(((start_seconds + grace_seconds + 25) * replicas + 30))
}

observe() { :; }

clean_up() {
  remove_services
  prune_objects
  prune || journal warning '' 'old releases could not all be removed'
}

# Services that the release does not have any more. Their volumes stay.
remove_services() {
  for id in $(dk service ls -q --filter "label=nself.project=$PROJECT"); do
    service=$(dk service inspect -f '{{index .Spec.Labels "nself.service"}}' "$id")
    case $service in
      edge) continue ;;
      nginx-internal) [ ! -f "$(stack_file "$service")" ] || continue ;;
      *) [ -z "$(awk -F "$tab" -v name="$service" '$1 == name' "$REL/services.tsv")" ] || continue ;;
    esac
    dk service rm "$id" >/dev/null
    journal removed "$service"
  done
}

# Configs and secrets of earlier releases. The swarm refuses to remove what a service uses.
prune_objects() {
  for name in $(dk config ls --filter "label=com.docker.stack.namespace=$PROJECT" --format '{{.Name}}'); do
    if dk config rm "$name" >/dev/null 2>&1; then journal pruned '' "config $name"; fi
  done
  for name in $(dk secret ls --filter "label=nself.project=$PROJECT" --format '{{.Name}}'); do
    if dk secret rm "$name" >/dev/null 2>&1; then journal pruned '' "secret $name"; fi
  done
}

# undo: takes back what this run has changed, the last first. The swarm has kept each service's version from before.
undo() {
  set +e
  UNDONE=${UNDONE:-yes}
  while [ -n "$UNDO" ]; do
    step=${UNDO%%"$newline"*}
    UNDO=${UNDO#*"$newline"}
    IFS=$tab read -r what service _ id _ <<STEP
$step
STEP
    case $what in
      created) dk service rm "$id" >/dev/null && journal undone "$service" 'it was new' && continue ;;
      updated) go_back "$id" && journal undone "$service" && continue ;;
    esac
    not_undone "$service" 'it could not be taken back; look at docker service ps'
  done
}

# ---------------------------------------------------------------------------------------------------------------- swarm: probe and status

probe_target() {
  printf ',"swarm":{"state":"%s","manager":%s,"dataNodes":%s}' "$(dk info --format '{{.Swarm.LocalNodeState}}' 2>/dev/null || :)" \
    "$(true_if [ "$(dk info --format '{{.Swarm.ControlAvailable}}' 2>/dev/null)" = true ])" \
    "$(dk node ls -q --filter node.label=nself.data=true 2>/dev/null | wc -l)"
}

# Tasks that are meant to run stand for containers. nginx's hash is the plain one as long as its certificates are those of now.
probe_containers() {
  suffix=$(tls_suffix "$ROOT/current")
  for id in $(dk service ls -q --filter "label=nself.project=$PROJECT" 2>/dev/null); do
    facts=$(dk service inspect -f '"service":"{{index .Spec.Labels "nself.service"}}","role":"{{with index .Spec.Labels "nself.role"}}{{.}}{{end}}","name":"{{.Spec.Name}}"' "$id")
    for task in $(tasks "$id" desired-state=running); do
      dk inspect --type task -f '{{.ID}} {{with index .Spec.ContainerSpec.Labels "nself.hash"}}{{.}}{{else}}-{{end}} {{.Spec.ContainerSpec.Image}} {{.Status.State}}' "$task" 2>/dev/null |
        while read -r task hash image state; do
          printf '{"id":"%s",%s,"color":"none","hash":"%s","image":"%s","state":"%s","health":"","restarts":0}\n' \
            "$task" "$facts" "${hash%"$suffix"}" "$image" "$state"
        done
    done
  done | sort
}

probe_unknown() {
  for id in $(dk service ls -q --filter "label=com.docker.stack.namespace=$PROJECT" 2>/dev/null); do
    dk service inspect -f '{{if not (index .Spec.Labels "nself.project")}}{{.Spec.Name}}{{end}}' "$id"
  done | sort -u
}

probe_edge() {
  id=$(service_id edge)
  [ -z "$id" ] || dk service inspect -f '{{with index .Spec.Labels "nself.tree"}}{{.}}{{end}}' "$id"
}

main_edge() { :; }

status() {
  current=$(basename "$(readlink "$ROOT/current" 2>/dev/null || :)")
  [ -n "$current" ] && use_release "$current" || die "Nothing is deployed in $ROOT."
  printf 'project   %s\ncurrent   %s\nprevious  %s\n' "$PROJECT" "$current" "$(cat "$ROOT/previous" 2>/dev/null || echo none)"
  if is_locked; then printf 'at work   %s\n' "$(cat "$ROOT/state/lock.owner" 2>/dev/null)"; fi
  dk service ls --filter "label=nself.project=$PROJECT"
}

maintenance() { die 'A swarm has no maintenance mode.' 'Scale the services down, or answer 503 at the load balancer.'; }
