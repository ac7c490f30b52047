#!/bin/sh
# The nself deploy agent: brings one host of a project to a release, and back when that fails.
# POSIX sh (tested with dash and busybox), docker with Compose, flock, setsid, timeout, awk, tar.
#
#   probe ROOT PROJECT                       facts as JSON; changes nothing
#   manifest ROOT ID                         what a release is, as JSON; null when it is not there, or not whole
#   receive ROOT ID SUM < tar                a release; SUM is the SHA-256 of its SHA256SUMS
#   secrets ROOT HASH < .env                 the values of a release
#   start ROOT ID prepare|activate|rollback OWNER [KEY=VALUE]... < docker-config
#                                            a run in the background; 75 when another one holds the lock. Its input ends with a line end
#   follow ROOT ID OFFSET [SECONDS]          the run's journal from a byte on, and how it ended
#   status ROOT                              for people
#   maintenance ROOT on|off                  the edge answers 503
#
# Every phase of a run can be killed at any point: what a run finds on the host (labels, flag files, links) says where to go on.
#
# shellcheck disable=SC2015 # `A && B || die`: what follows || ends the run, or repairs both.
set -eu
umask 077
LC_ALL=C
export LC_ALL
cd /

tab=$(printf '\t')
newline='
'

# ---------------------------------------------------------------------------------------------------------------- basics

# die MESSAGE [FIX]: for verbs that have changed nothing yet.
die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Seconds of a clock that nobody can set.
uptime_seconds() {
  read -r up _ </proc/uptime
  printf '%s\n' "${up%%.*}"
}

# The lock's descriptor stays out of children: it has to be free as soon as the agent is gone.
nap() { sleep "$1" 9>&-; }
blink() { sleep 0.3 9>&- 2>/dev/null || sleep 1 9>&-; }

# put FILE: stdin becomes the file's content, whole or not at all.
put() {
  cat >"$1.new.$$" && mv -f "$1.new.$$" "$1" || {
    rm -f "$1.new.$$"
    return 1
  }
}

# one_line TEXT: printable ASCII that needs no further escaping in a JSON string.
one_line() { printf '%s' "$1" | tr '\n\t' '  ' | tr -cd '\040-\176' | cut -c 1-2000 | sed 's/["\\]/\\&/g'; }

# Hides the values of .env in what passes through: a program may print what it was given, a value of several lines one by one.
mask() {
  awk -v env="${ENV_FILE:-/dev/null}" '
    function plain(text,   out, i, c) {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\") {
          c = substr(text, ++i, 1)
          if (c == "n" || c == "r") c = "\n"
        }
        out = out c
      }
      return out
    }
    # The longest first: one value may begin like another.
    function keep(value,   i) {
      if (length(value) < 6) return
      for (i = ++n; i > 1 && length(secret[i - 1]) < length(value); i--) secret[i] = secret[i - 1]
      secret[i] = value
    }
    BEGIN {
      while ((getline line < env) > 0) {
        sub(/^[^=]*="?/, "", line); sub(/"$/, "", line)
        count = split(plain(line), lines, "\n")
        for (i = 1; i <= count; i++) { gsub(/^[ \t]+|[ \t]+$/, "", lines[i]); keep(lines[i]) }
      }
    }
    {
      for (i = 1; i <= n; i++) while ((at = index($0, secret[i])) > 0) $0 = substr($0, 1, at - 1) "***" substr($0, at + length(secret[i]))
      print
    }'
}

is_hex() {
  case $1 in '' | *[!0-9a-f]*) return 1 ;; esac
}

is_number() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
}

use_root() {
  ROOT=$1
  case $ROOT in
    *[!A-Za-z0-9._/-]* | *..*) die "$ROOT is no path for a deploy: only letters, digits and . _ - / may be in it." ;;
    /*[!/]) ;;
    *) die "$ROOT is not an absolute path." ;;
  esac
  LOCK=$ROOT/state/lock
}

# use_release ID: the release's own values, from its release.tsv. They become names and paths, so they must look like those.
use_release() {
  ID=$1
  REL=$ROOT/releases/$ID
  [ -f "$REL/release.tsv" ] || return 1
  PROJECT=$(release_value "$ID" project)
  NETWORK=$(release_value "$ID" network)
  EDGE_HASH=$(release_value "$ID" edge)
  for value in "$PROJECT" "$NETWORK" "$EDGE_HASH"; do
    case $value in '' | [!a-z0-9]* | *[!A-Za-z0-9._-]*) return 1 ;; esac
  done
  EDGE_CONF=$(release_value "$ID" edgeHash)
  ENV_FILE=$(release_value "$ID" envHash)
  is_hex "$EDGE_CONF" && is_hex "$ENV_FILE" && [ "$(release_value "$ID" release)" = "$ID" ] || return 1
  EDGE_CONF=conf-$EDGE_CONF
  ENV_FILE=$ROOT/secrets/$ENV_FILE/.env
}

# release_value ID KEY
release_value() { awk -F "$tab" -v key="$2" '$1 == key { print $2 }' "$ROOT/releases/$1/release.tsv"; }

# ---------------------------------------------------------------------------------------------------------------- docker

# limited SECONDS COMMAND...: nothing waits for ever, and nothing inherits the lock.
limited() { timeout "$@" 9>&- </dev/null; }

dk() { limited 120 docker "$@"; }

# Only these variables: one of the host's own environment must not replace a value of the release.
clean() {
  env -i PATH="$PATH" HOME="${HOME:-/}" NSELF_ROOT="$ROOT" \
    ${DOCKER_HOST:+"DOCKER_HOST=$DOCKER_HOST"} ${XDG_RUNTIME_DIR:+"XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR"} "$@"
}

# compose SECONDS ARGUMENTS... for the services, edge_compose for the edge.
compose() {
  seconds=$1
  shift
  clean timeout "$seconds" docker compose -p "$PROJECT" --env-file "$ENV_FILE" --project-directory "$REL" -f "$REL/compose.yml" "$@" 9>&- </dev/null
}
edge_compose() {
  seconds=$1
  shift
  clean timeout "$seconds" docker compose -p "$PROJECT-edge" --env-file "$ENV_FILE" --project-directory "$REL" -f "$REL/edge.yml" "$@" 9>&- </dev/null
}

# quiet COMMAND...: runs it, keeps what it said in $said, and in the run's log.
quiet() {
  if said=$("$@" 2>&1); then return 0; fi
  said=$(printf '%s\n' "$said" | mask | tail -n 5)
  printf '%s\n' "$said"
  return 1
}

# ids SERVICE [COLOR [DOCKER-FILTER]]: containers of a service, whatever state they are in.
ids() {
  dk ps -aq --no-trunc --filter "label=com.docker.compose.project=$PROJECT" --filter label=com.docker.compose.oneoff=False \
    --filter "label=nself.service=$1" ${2:+--filter "label=nself.color=$2"} ${3:+--filter "$3"}
}

edges() { dk ps -q --no-trunc --filter "label=com.docker.compose.project=$PROJECT-edge" --filter label=nself.role=edge --filter label=com.docker.compose.oneoff=False; }

main_edge() {
  dk ps -q --no-trunc --filter "label=com.docker.compose.project=$PROJECT-edge" --filter label=com.docker.compose.service=nginx \
    --filter label=com.docker.compose.oneoff=False | head -n 1
}

count() { printf '%s\n' $#; }

# states IDS: "status health restarts hash address" of each.
states() {
  # shellcheck disable=SC2086
  dk inspect -f '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.RestartCount}} {{index .Config.Labels "nself.hash"}} {{range .NetworkSettings.Networks}}{{.IPAddress}},{{end}}' $1 2>/dev/null
}

# ---------------------------------------------------------------------------------------------------------------- journal

# journal EVENT [SERVICE [DETAIL]]: one line for the runner. It must not fail: a full disk is no reason to stop half way.
journal() {
  printf '{"at":"%s","event":"%s","service":"%s","detail":"%s"}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "${2:-}" "$(one_line "${3:-}")" 2>/dev/null >>"$JOURNAL" || :
  # For the tests of this file, which kill it at every event. Without the variable: nothing.
  case ${NSELF_AGENT_KILL_AT:-} in "$1" | "$1:${2:-}") kill -9 $$ ;; esac
}

# fail SERVICE MESSAGE: ends the run; what it changed is taken back on the way out.
fail() {
  REASON=${1:+$1: }$2
  journal failed "$1" "$2"
  exit 1
}

# write_status STATUS DETAIL: and, of a failure, whether all was taken back.
write_status() {
  # The reserve makes room for these few bytes on a full disk.
  rm -f "$ROOT/state/reserve"
  restored=''
  if [ "$1" = failed ]; then restored=",\"restored\":$(true_if [ "$UNDONE" = yes ])"; fi
  printf '{"status":"%s","detail":"%s"%s}\n' "$1" "$(one_line "$2")" "$restored" | put "$ROOT/state/status/$ID" || :
}

audit() {
  printf '{"at":"%s","action":"%s","release":"%s","previous":"%s","result":"%s","detail":"%s","seconds":%s,"owner":%s}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$ACTION" "$ID" "$BEFORE" "$1" "$(one_line "$2")" "$(($(uptime_seconds) - STARTED))" "$OWNER" \
    2>/dev/null >>"$ROOT/state/audit.log" || :
}

# ---------------------------------------------------------------------------------------------------------------- services of a release

# services CLASS...: names of the release's services of these classes.
services() {
  for class in "$@"; do awk -F "$tab" -v class="$class" '$2 == class { print $1 }' "$REL/services.tsv"; done
}

# load SERVICE: its line, in variables of their own.
load() {
  IFS=$tab read -r name class hash replicas start_seconds drain_seconds grace_seconds image port probe migrate <<LINE
$(awk -F "$tab" -v name="$1" '$1 == name' "$REL/services.tsv")
LINE
}

check_table() {
  awk -F "$tab" '
    NF != 11 || $0 ~ /[^A-Za-z0-9._:\/@\t-]/ { exit 1 }
    $2 !~ /^(roll|recreate|overlap|static|once)$/ { exit 1 }
    { for (i = 4; i <= 7; i++) if ($i !~ /^[0-9]+$/) exit 1 }' "$REL/services.tsv"
}

# ---------------------------------------------------------------------------------------------------------------- health

# healthy IDS SECONDS: 0 as soon as all are healthy; otherwise 1, and $why says what was seen last.
healthy() {
  deadline=$(($(uptime_seconds) + $2))
  calm=0
  why='no container'
  [ -n "$1" ] || return 1
  while :; do
    why=$(states "$1" | awk -v probe="${probe:-docker}" -v want="$(echo "$1" | wc -w)" '
      $1 == "exited" || $1 == "dead" || $1 == "restarting" || $3 > 0 { print "it ended or was restarted (" $1 ", " $3 " restarts)"; bad = 1; exit }
      $2 == "unhealthy" { print "its health check failed"; bad = 1; exit }
      $1 == "running" && $2 == "healthy" { fine++ }
      $1 == "running" && $2 == "none" { fine++; blind = 1 }
      { seen = seen $1 "/" $2 " " }
      END { if (bad) exit; if (NR < want) print "a container is gone"; else if (fine == want) print blind ? "ok blind" : "ok"; else print "waiting: " seen }')
    case $why in
      ok) return 0 ;;
      'ok blind')
        # No health check: it counts as healthy when it has run quietly for a while, or when it answers the edge.
        case ${probe:-} in
          http:*) if answers "$1"; then return 0; fi ;;
          *)
            calm=$((calm + 1))
            if [ "$calm" -gt 10 ]; then return 0; fi
            ;;
        esac
        ;;
      waiting*) calm=0 ;;
      # An Engine that is being restarted shows no container at all.
      'a container is gone') if dk version >/dev/null 2>&1; then return 1; fi ;;
      *) return 1 ;;
    esac
    if [ "$(uptime_seconds)" -ge "$deadline" ]; then
      why="not healthy after $2 s (last seen: ${why#waiting: })"
      return 1
    fi
    blink
  done
}

# answers IDS: each answers $probe's path on $port with success, asked from the edge.
answers() {
  edge=$(main_edge)
  for address in $(states "$1" | awk '{ print $5 }'); do
    url=http://${address%%,*}:$port${probe#http:}
    dk exec "$edge" wget -q -T 5 -O /dev/null "$url" >/dev/null 2>&1 || dk exec "$edge" curl -fs -m 5 -o /dev/null "$url" >/dev/null 2>&1 || return 1
  done
}

# keep_logs SERVICE IDS: the last words of containers that are about to go.
keep_logs() {
  for id in $2; do
    dk logs --tail 50 "$id" 2>&1 | mask | sed "s/^/$1: /" || :
    journal logs "$1" "$(dk logs --tail 8 "$id" 2>&1 | mask)"
  done
}

# ---------------------------------------------------------------------------------------------------------------- colours

other() { case $1 in blue) echo green ;; *) echo blue ;; esac }

flagged() { if [ -f "$ROOT/edge/live/$1.green" ]; then echo green; else echo blue; fi; }

# set_flag SERVICE COLOR: the switch. nginx looks at the file for every request. Nothing is written where it says so already.
set_flag() {
  [ "$(flagged "$1")" != "$2" ] || return 0
  case $2 in
    green) printf '' >"$ROOT/edge/live/$1.green" ;;
    *) rm -f "$ROOT/edge/live/$1.green" ;;
  esac
}

# live_color SERVICE: whose containers get its traffic. The flag says it, unless nothing runs there: then the edge uses the other one.
live_color() {
  set -- "$1" "$(flagged "$1")"
  for filter in status=running ''; do
    for color in "$2" "$(other "$2")"; do
      if [ -n "$(ids "$1" "$color" "$filter")" ]; then
        echo "$color"
        return
      fi
    done
  done
  echo none
}

# ---------------------------------------------------------------------------------------------------------------- drain and stop

# drain SECONDS IDS: waits until the edge has no connection to them; $left says how many were left at the end.
drain() {
  left=0
  [ -n "$2" ] || return 0
  # /proc/net/tcp has addresses in hexadecimal, the bytes of an IPv4 address backwards.
  pattern=$(states "$2" | awk '{ print $5 }' | tr ',' '\n' | awk -F. 'NF == 4 { printf "%s%02X%02X%02X%02X:", (n++ ? "|" : ""), $4, $3, $2, $1 }')
  [ -n "$pattern" ] || return 0
  deadline=$(($(uptime_seconds) + $1))
  zeros=0
  while :; do
    left=$(for edge in $(edges); do dk exec "$edge" cat /proc/net/tcp 2>/dev/null || :; done | awk -v pattern="^($pattern)" '$4 == "01" && $3 ~ pattern' | wc -l)
    if [ "$left" -eq 0 ]; then zeros=$((zeros + 1)); else zeros=0; fi
    # One zero may be a moment between two requests.
    if [ "$zeros" -ge 3 ] || [ "$(uptime_seconds)" -ge "$deadline" ]; then return 0; fi
    blink
  done
}

# stop GRACE IDS
stop() {
  [ -n "$2" ] || return 0
  # shellcheck disable=SC2086
  limited $(($1 + 60)) docker stop -t "$1" $2 >/dev/null 2>&1 || :
}

remove() {
  [ -n "$1" ] || return 0
  # shellcheck disable=SC2086
  dk rm -f $1 >/dev/null 2>&1 || :
}

# ---------------------------------------------------------------------------------------------------------------- phases: before anything changes

preflight() {
  journal preflight
  for tool in docker flock setsid timeout awk sed tar sha256sum; do
    command -v "$tool" >/dev/null || fail '' "the host has no $tool"
  done
  quiet dk version --format '{{.Server.Version}}' || fail '' "the Docker Engine does not answer: $said"
  check_table || fail '' 'services.tsv is not valid'
  is_intact "$ID" || fail '' "release $ID is not what was uploaded; deploy it again"
  [ -f "$ENV_FILE" ] || fail '' "the values of release $ID are not on the host any more; deploy its commit again"
  free_space "$MIN_FREE_MB"
  quiet compose 60 --profile '*' config -q || fail '' "compose.yml is not valid: $said"
  quiet edge_compose 60 --profile '*' config -q || fail '' "edge.yml is not valid: $said"
  edge=$(main_edge)
  if [ -z "$edge" ] || { [ "$RESTART_EDGE" = true ] && [ "$(edge_hash "$edge")" != "$EDGE_HASH" ]; }; then free_ports "$edge"; fi
  way_back
}

edge_hash() { dk inspect -f '{{index .Config.Labels "nself.hash"}}' "$1"; }

# free_ports EDGE: nothing else listens where nginx is to listen; what the running one has is given free by its restart.
free_ports() {
  own=$([ -z "$1" ] || dk port "$1" | sed 's/.*://')
  for wanted in $(edge_compose 60 config | awk '
    $1 == "-" { host = "any" }
    $1 == "host_ip:" { host = $2 }
    $1 == "published:" { port = $2; gsub(/"/, "", port) }
    $1 == "protocol:" && port != "" { print host "/" port "/" $2; port = "" }'); do
    port=${wanted#*/}
    port=${port%/*}
    case " $(echo "$own" | tr '\n' ' ') " in *" $port "*) continue ;; esac
    listens_on "${wanted%%/*}" "$port" "${wanted##*/}" || continue
    holder=$(dk ps --filter "publish=$port" --format '{{.Names}}' | head -n 1)
    fail '' "port $port of this host is taken by ${holder:-another program (ss -lntup shows which)}; end that, or give nginx another one (NGINX_HTTP_PORT, NGINX_HTTPS_PORT)"
  done
}

# listens_on ADDRESS PORT PROTOCOL: whether a socket of the host is in the way. IPv4 addresses are backwards there, in hexadecimal.
listens_on() {
  case $3 in udp) listening=07 ;; *) listening=0A ;; esac
  cat "/proc/net/$3" "/proc/net/${3}6" 2>/dev/null | awk -v address="$1" -v port="$(printf '%04X' "$2")" -v listening="$listening" '
    BEGIN { own = split(address, part, ".") == 4 ? sprintf("%02X%02X%02X%02X", part[4], part[3], part[2], part[1]) : address }
    { split($2, local, ":") }
    $4 == listening && local[2] == port && (own == "any" || own == "::" || own == "00000000" || local[1] ~ /^0+$/ || local[1] == own) { found = 1 }
    END { exit !found }'
}

# way_back: a rollback would have to pull what is gone.
way_back() {
  [ -n "$BEFORE" ] && [ "$BEFORE" != "$ID" ] && [ -f "$ROOT/releases/$BEFORE/services.tsv" ] || return 0
  awk -F "$tab" '$2 != "static" { print $8 }' "$ROOT/releases/$BEFORE/services.tsv" | sort -u | while read -r image; do
    dk image inspect -f '{{.ID}}' "$image" >/dev/null 2>&1 ||
      journal warning '' "$image of the current release is not on this host any more: a rollback would have to pull it"
  done
}

free_space() {
  for folder in "$ROOT" "$(dk info --format '{{.DockerRootDir}}')"; do
    [ -d "$folder" ] || continue
    set -- "$1" "$(df -Pk "$folder" | awk 'NR == 2 { print int($4 / 1024) }')" "$(df -Pi "$folder" 2>/dev/null | awk 'NR == 2 && $2 > 0 { print $4 }')"
    [ "$2" -ge "$1" ] || fail '' "$folder has $2 MB left, less than $1 MB; free some space (docker system df shows where it went)"
    [ "${3:-1000}" -ge 100 ] || fail '' "$folder has only ${3:-0} inodes left; remove files there"
  done
}

# is_intact ID: every file is what its checksum says.
is_intact() { (cd "$ROOT/releases/$1" 2>/dev/null && sha256sum -c SHA256SUMS >/dev/null 2>&1); }

# A killed run leaves containers of the colour that is not live, containers that were never started, and one-shots.
collect_garbage() {
  end_one_shots
  # Of tests of nginx's files.
  remove "$(dk ps -aq --filter "label=com.docker.compose.project=$PROJECT-edge" --filter label=com.docker.compose.oneoff=True)"
  for service in $(services roll); do
    live=$(live_color "$service")
    [ "$live" != none ] || continue
    old=$(ids "$service" "$(other "$live")")
    [ -z "$old" ] || {
      journal gc "$service" "$(other "$live") is left over"
      # It may have been the live one until a moment before the kill.
      load "$service"
      drain "$drain_seconds" "$(running_of "$old")"
      stop "$grace_seconds" "$(running_of "$old")"
      remove "$old"
    }
    [ "$live" = "$(flagged "$service")" ] || {
      journal repaired "$service" "the flag said $(flagged "$service"), but only $live has containers"
      set_flag "$service" "$live"
    }
  done
  for service in $(services recreate overlap); do
    old=$(ids "$service" none status=created)
    [ -z "$old" ] || {
      journal gc "$service" 'a container was never started'
      remove "$old"
    }
  done
}

one_shots() {
  dk ps -aq --no-trunc --filter "label=com.docker.compose.project=$PROJECT" --filter label=com.docker.compose.oneoff=True \
    --filter "label=nself.project=$PROJECT" "$@"
}

# A migration of a killed run may still be at work: two at once could harm the database.
end_one_shots() {
  deadline=$(($(uptime_seconds) + 600))
  while [ -n "$(one_shots --filter status=running)" ]; do
    journal waiting '' 'a migration of an earlier run is still at work'
    [ "$(uptime_seconds)" -lt "$deadline" ] || fail '' 'a migration of an earlier run is still at work after 10 minutes; look at docker ps'
    nap 5
  done
  remove "$(one_shots)"
}

# images: those of the release, each once.
images() {
  {
    awk -F "$tab" '{ print $8 }' "$REL/services.tsv"
    edge_compose 60 config --images
  } | sort -u
}

pull() {
  if [ -d "$LOGIN" ]; then
    # Another configuration has no contexts; a rootless Engine is often one.
    address=$(dk context inspect -f '{{.Endpoints.docker.Host}}' 2>/dev/null || :)
    [ -z "$address" ] || export DOCKER_HOST="$address"
    export DOCKER_CONFIG="$LOGIN"
  fi
  for image in $(images); do
    quiet dk image inspect -f '{{.ID}}' "$image" || {
      journal pulling '' "$image"
      quiet limited 1800 docker pull -q "$image" || fail '' "the image $image could not be pulled: $said"
    }
    arch=$(dk image inspect -f '{{.Architecture}}' "$image")
    [ "$arch" = "$(docker_arch)" ] || fail '' "the image $image is for $arch, this host is $(docker_arch); set platforms when building"
  done
  unset DOCKER_CONFIG
  forget_login
  # A name of our own, so that no prune takes an image that a rollback needs.
  for service in $(services roll recreate overlap once); do
    load "$service"
    quiet dk tag "$image" "nself.keep/$PROJECT/$name:$ID" || fail "$name" "its image could not be tagged: $said"
  done
  journal pulled
}

docker_arch() { dk version --format '{{.Server.Arch}}'; }

# ---------------------------------------------------------------------------------------------------------------- phases: network, edge, stateful services

ensure_network() {
  dk network inspect "$NETWORK" >/dev/null 2>&1 && return
  quiet dk network create --label "nself.project=$PROJECT" "$NETWORK" || fail '' "the network $NETWORK could not be made: $said"
  journal network '' "$NETWORK"
}

# The candidate lies beside the live tree, complete, before anything points to it.
copy_edge_tree() {
  mkdir -p "$ROOT/edge/live" "$ROOT/ssl"
  chmod 755 "$ROOT/edge" "$ROOT/edge/live" "$ROOT/ssl"
  rm -rf "$ROOT"/edge/*.new "$ROOT"/edge/.conf.*
  copy_tree "$REL/edge" "$ROOT/edge/$EDGE_CONF.new"
  # Somebody may have edited the copy by hand: then the link leads to the new one while the old one is replaced.
  if ! same_tree "$ROOT/edge/$EDGE_CONF.new" "$ROOT/edge/$EDGE_CONF"; then
    [ ! -d "$ROOT/edge/$EDGE_CONF" ] || {
      journal repaired '' "$EDGE_CONF was edited on the host"
      [ "$(readlink "$ROOT/edge/conf")" != "$EDGE_CONF" ] || point_conf "$EDGE_CONF.new"
      rm -rf "${ROOT:?}/edge/$EDGE_CONF"
      copy_tree "$ROOT/edge/$EDGE_CONF.new" "$ROOT/edge/$EDGE_CONF"
      [ "$(readlink "$ROOT/edge/conf")" != "$EDGE_CONF.new" ] || {
        point_conf "$EDGE_CONF"
        RELOAD=yes
      }
    }
    [ -d "$ROOT/edge/$EDGE_CONF" ] || mv "$ROOT/edge/$EDGE_CONF.new" "$ROOT/edge/$EDGE_CONF"
  fi
  rm -rf "$ROOT/edge/$EDGE_CONF.new"
}

# copy_tree FROM TO: readable for nginx, which has no privileges in its container. ROOT itself stays closed to others.
copy_tree() { cp -R "$1" "$2" && chmod -R a+rX "$2" || fail '' "$2 could not be written"; }

same_tree() { [ -d "$1" ] && [ -d "$2" ] && diff -r "$1" "$2" >/dev/null 2>&1; }

point_conf() { ln -s "$1" "$ROOT/edge/.conf.$$" && mv -fT "$ROOT/edge/.conf.$$" "$ROOT/edge/conf" || fail '' "$ROOT/edge/conf could not be set"; }

live_conf() { readlink "$ROOT/edge/conf" 2>/dev/null || :; }

ensure_edge() {
  copy_edge_tree
  [ -n "$(live_conf)" ] && [ -d "$ROOT/edge/$(live_conf)" ] || point_conf "$EDGE_CONF"
  edge=$(main_edge)
  if [ -z "$edge" ]; then
    quiet edge_compose 120 run --rm --no-deps -T --entrypoint nginx nginx -t -c "/etc/nginx/nself/$EDGE_CONF/nginx.conf" ||
      fail '' "the edge's configuration is not valid: $said"
    point_conf "$EDGE_CONF"
    start_edge started
  elif [ "$(edge_hash "$edge")" != "$EDGE_HASH" ]; then
    if [ "$RESTART_EDGE" = true ]; then restart_edge; else journal drift edge 'its container is of an older release; restart-edge=true replaces it'; fi
  fi
  test_conf "$EDGE_CONF" || fail '' "the edge's configuration is not valid: $said"
}

start_edge() {
  quiet edge_compose 300 up -d --no-deps --pull never nginx ||
    fail '' "the edge could not be started: $said (who has the port: docker ps, ss -ltnp)"
  await_edge || fail '' "the edge does not stay up: $(dk logs --tail 5 "$PROJECT-edge-nginx-1" 2>&1 | mask)"
  journal edge '' "$1"
}

# await_edge: until it runs for a second; 1 as soon as it ends.
await_edge() {
  deadline=$(($(uptime_seconds) + 30))
  while :; do
    edge=$(main_edge)
    seen=$(states "${edge:-none}" | cut -d ' ' -f 1,3)
    case $seen in
      running*)
        nap 1
        if [ "$(states "$edge" | cut -d ' ' -f 1,3)" = "$seen" ] && dk exec "$edge" true 2>/dev/null; then return 0; fi
        ;;
      restarting* | exited* | dead*) return 1 ;;
    esac
    [ "$(uptime_seconds)" -lt "$deadline" ] || return 1
    blink
  done
}

# The new one has every name, so those that were added one by one are not needed any more.
restart_edge() {
  remember container nginx "$(edge_hash "$edge")" - -
  start_edge restarted
  forget_last
  STAYS="$STAYS nginx"
  remove "$(without "$(main_edge)" "$(edges)")"
}

test_conf() { quiet dk exec "$(main_edge)" nginx -t -c "/etc/nginx/nself/$1/nginx.conf"; }

workers() { for edge in $(edges); do dk top "$edge" -o pid,args 2>/dev/null | awk '/worker process/ && !/shutting down/ { print $1 }'; done | sort; }

# reload_edge: and waits until new workers are there; nginx keeps the old ones when it cannot use the new configuration.
reload_edge() {
  before=$(workers)
  for edge in $(edges); do dk kill -s HUP "$edge" >/dev/null || return 1; done
  nap 1
  [ -n "$before" ] || return 0
  deadline=$(($(uptime_seconds) + 15))
  while [ "$(workers)" = "$before" ] || [ -z "$(workers)" ]; do
    [ "$(uptime_seconds)" -lt "$deadline" ] || return 1
    nap 1
  done
}

# switch_conf DIRECTORY: a tested tree becomes the live one.
switch_conf() {
  [ "$(live_conf)" != "$1" ] || [ "$RELOAD" = yes ] || return 0
  test_conf "$1" || fail '' "the edge's configuration is not valid: $said"
  remember edge - "$(live_conf)" - -
  point_conf "$1"
  RELOAD=no
  reload_edge || fail '' "the edge did not take its new configuration: $(dk logs --tail 5 "$(main_edge)" 2>&1 | mask)"
  journal edge '' "reloaded with $1"
}

# transition_tree: what the edge uses while services roll: the new tree, what the new one drops (old callers still ask for it), and
# the live colour's upstream of each service that is still to roll (its port may be another one by then).
transition_tree() {
  old=$ROOT/edge/$(live_conf)
  new=$ROOT/edge/conf-transition.new
  copy_tree "$ROOT/edge/$EDGE_CONF" "$new"
  for folder in sites internal upstreams; do
    for file in "$old/$folder"/*; do
      twin=$new/$folder/${file##*/}
      if [ ! -f "$file" ]; then
        continue
      elif [ ! -e "$twin" ]; then
        mkdir -p "$new/$folder"
        cp "$file" "$twin"
      # An old caller still asks on the old port. nginx refuses the pair if they define more than a server; then it is left out.
      elif [ "$folder" != upstreams ] && [ "$(listens "$file")" != "$(listens "$twin")" ]; then
        cp "$file" "$new/$folder/zz-old-${file##*/}"
      fi
    done
  done
  for service in $CHANGED; do
    file=upstreams/$service-$(live_color "$service").conf
    if [ -f "$old/$file" ] && [ -f "$new/$file" ]; then cp "$old/$file" "$new/$file"; fi
  done
  chmod -R a+rX "$new"
}

listens() { sed -n 's/.*listen  *\([^;]*\);.*/\1/p' "$1" | sort -u; }

edge_before_rolls() {
  if [ "$(live_conf)" = "$EDGE_CONF" ] && [ "$RELOAD" = no ]; then return 0; fi
  transition_tree
  # The name holds the release, so that a killed run's tree is never taken for this one's.
  transition=conf-transition-$ID
  if same_tree "$ROOT/edge/conf-transition.new" "$ROOT/edge/$EDGE_CONF"; then
    rm -rf "$ROOT/edge/conf-transition.new"
    switch_conf "$EDGE_CONF"
  elif same_tree "$ROOT/edge/conf-transition.new" "$ROOT/edge/$transition" && [ "$(live_conf)" = "$transition" ]; then
    rm -rf "$ROOT/edge/conf-transition.new"
  else
    [ "$(live_conf)" != "$transition" ] || transition=$transition-again
    rm -rf "${ROOT:?}/edge/$transition"
    mv "$ROOT/edge/conf-transition.new" "$ROOT/edge/$transition"
    test_conf "$transition" || rm -f "$ROOT/edge/$transition"/*/zz-old-*
    if test_conf "$transition"; then switch_conf "$transition"; else journal warning edge "old and new sites do not go together: $said"; fi
  fi
}

names_of() { dk inspect -f '{{range .NetworkSettings.Networks}}{{range .Aliases}}{{.}} {{end}}{{end}}' "$1"; }

# Services that are added later need their name on the network; a running container can get no further one, so a second edge has it.
ensure_name() {
  for edge in $(edges); do
    case " $(names_of "$edge")" in *" $1 "*) return 0 ;; esac
  done
  edge_compose 60 --profile names config --services | grep -qx "$1" || return 0
  remember name "$1" - - -
  quiet edge_compose 120 --profile names up -d --no-recreate --no-deps --pull never "$1" || fail "$1" "its name could not be put on the network: $said"
  journal named "$1"
}

# What services with data mount. Containers read it as users of their own.
place_files() {
  [ -d "$REL/files" ] || return 0
  mkdir -p "$ROOT/files"
  (umask 022 && cp -R "$REL/files/." "$ROOT/files/") && chmod -R a+rX "$ROOT/files" || fail '' "$ROOT/files could not be written"
}

static_services() {
  STARTED_STATIC=''
  place_files
  for service in $(services static); do
    load "$service"
    old=$(ids "$name" none status=running)
    case ",$RECREATE," in
      *",$name,"*)
        # Back to the old one when the new one does not start; once it is healthy, it stays.
        [ -z "$old" ] || remember container "$name" "$(states "$old" | awk 'NR == 1 { print $4 }')" - -
        start_static --force-recreate recreated
        await_static "$name"
        [ -z "$old" ] || forget_last
        STAYS="$STAYS $name"
        ;;
      *)
        if [ -z "$old" ]; then
          start_static --no-recreate started
        elif [ "$(states "$old" | awk '{ print $4 }' | sort -u)" != "$hash" ]; then
          journal drift "$name" "it runs with other settings; recreate=$name replaces it"
        fi
        ;;
    esac
  done
  for service in $STARTED_STATIC; do await_static "$service"; done
}

await_static() {
  load "$1"
  case " $STAYS " in *" $name "*) return ;; esac
  healthy "$(ids "$name")" "$start_seconds" || {
    keep_logs "$name" "$(ids "$name")"
    fail "$name" "$why"
  }
  journal healthy "$name"
}

start_static() {
  quiet compose 300 up -d --no-deps --pull never "$1" "$name" || fail "$name" "it could not be started: $said"
  STARTED_STATIC="$STARTED_STATIC $name"
  journal static "$name" "$2"
}

# ---------------------------------------------------------------------------------------------------------------- phases: one-shots

# run_once KEY SERVICE SECONDS
run_once() {
  if quiet compose "$3" --profile '*' run --rm --no-deps -T "$1"; then return 0; fi
  # When the time is up, only the client is gone.
  remove "$(one_shots)"
  printf '%s\n' "$said"
  return 1
}

once_services() {
  for service in $(services once); do
    load "$service"
    run_once "$name" "$name" 600 || fail "$name" "it failed: $said"
    journal once "$name"
  done
}

migrations() {
  for service in $CHANGED $ADDED; do
    load "$service"
    [ "$migrate" = yes ] || continue
    journal migrating "$name"
    run_once "$name-migrate" "$name" 1800 || fail "$name" "its migration failed, no traffic was moved: $said"
    MIGRATED="$MIGRATED $name"
    journal migrated "$name"
  done
}

# ---------------------------------------------------------------------------------------------------------------- phases: services

# is_settled: the service of $name runs as the release says. Its containers must be many enough, of the right hash, and healthy.
is_settled() {
  case $class in
    roll) now=$(ids "$name" "$(live_color "$name")") ;;
    *) now=$(ids "$name" none) ;;
  esac
  good=$(for id in $now; do case $(states "$id") in "running "*" $hash "*) echo "$id" ;; esac done)
  # shellcheck disable=SC2086
  [ "$(count $good)" -eq "$replicas" ] || return 1
  # Docker counts a container's restarts over its whole life; here only its health counts.
  deadline=$(($(uptime_seconds) + start_seconds))
  while :; do
    case $(states "$good" | awk '{ print $1 "/" $2 }' | sort -u) in
      running/healthy | running/none) break ;;
      *starting*) [ "$(uptime_seconds)" -lt "$deadline" ] || return 1 ;;
      *) return 1 ;;
    esac
    blink
  done
  # shellcheck disable=SC2086
  [ "$(count $now)" -eq "$replicas" ] || {
    extra=$(printf '%s\n' $now | grep -vxF "$good")
    journal gc "$name" 'there are more containers than the release has'
    stop "$grace_seconds" "$extra"
    remove "$extra"
  }
}

# plan: $ADDED have no containers yet, $CHANGED run otherwise than the release says.
plan() {
  ADDED='' CHANGED=''
  for service in $(services roll recreate overlap); do
    load "$service"
    if is_settled; then
      # Somebody may have removed the container that has it.
      [ "$class" != roll ] || ensure_name "$name"
      journal unchanged "$name"
    elif [ "$class" = roll ] && [ -z "$(ids "$name" blue)$(ids "$name" green)" ]; then
      ADDED="$ADDED $name"
    else
      CHANGED="$CHANGED $name"
    fi
  done
}

# remember WHAT SERVICE OLD NEW COLOR: what to take back, the last first, one per line. OLD and NEW are ids; - stands for nothing.
remember() {
  UNDO="$1$tab$2$tab$(printf '%s' "${3:--}" | tr '\n' ' ')$tab$(printf '%s' "${4:--}" | tr '\n' ' ')$tab$5$newline$UNDO"
}

# forget_last: the last of them stays.
forget_last() { UNDO=${UNDO#*"$newline"}; }

# make KEY COUNT: containers that are there, but not started.
make() { quiet compose 300 up --no-start --no-deps --no-recreate --no-build --pull never --scale "$1=$2" "$1"; }

launch() {
  # shellcheck disable=SC2086
  quiet dk start $1
}

update() {
  load "$1"
  case $class in
    roll) roll ;;
    *) replace ;;
  esac
}

# Blue and green: the new colour starts beside the old one, traffic moves by the flag, the old one drains.
roll() {
  ensure_name "$name"
  live=$(live_color "$name")
  case $live in
    none) target=$(flagged "$name") ;;
    *) target=$(other "$live") ;;
  esac
  old=$(ids "$name" "$live")
  journal start "$name" "$target, $replicas of them"
  make "$name-$target" "$replicas" || {
    remove "$(ids "$name" "$target")"
    fail "$name" "its containers could not be made: $said"
  }
  new=$(ids "$name" "$target")
  remember roll "$name" "$old" "$new" "$live"
  begin_new
  # The edge looks names up once a second; it must know the new addresses before it is sent there.
  nap 3
  set_flag "$name" "$target" || fail "$name" 'the flag could not be set'
  journal flipped "$name" "$live to $target"
  drain "$drain_seconds" "$(running_of "$old")"
  journal drained "$name" "$left connections left"
  still_fine
  # While traffic is observed, going back must take no start.
  if [ "$OBSERVE" -eq 0 ]; then
    stop "$grace_seconds" "$(running_of "$old")"
    journal stopped "$name"
  fi
  OLD="$OLD $old"
  NEW="$NEW $new"
}

# Workers: with overlap the new ones start first, otherwise the old ones end first.
replace() {
  old=$(ids "$name" none)
  journal start "$name" "$replicas of them"
  # shellcheck disable=SC2086
  make "$name" $(($(count $old) + replicas)) || {
    remove "$(without "$old" "$(ids "$name" none)")"
    fail "$name" "its containers could not be made: $said"
  }
  new=$(without "$old" "$(ids "$name" none)")
  remember replace "$name" "$old" "$new" -
  if [ "$class" = recreate ]; then
    stop "$grace_seconds" "$(running_of "$old")"
    journal stopped "$name"
  fi
  begin_new
  if [ "$class" = overlap ]; then
    stop "$grace_seconds" "$(running_of "$old")"
    journal stopped "$name"
  fi
  OLD="$OLD $old"
  NEW="$NEW $new"
}

begin_new() {
  launch "$new" || fail "$name" "it could not be started: $said"
  journal started "$name"
  healthy "$new" "$start_seconds" || {
    keep_logs "$name" "$new"
    fail "$name" "$why"
  }
  journal healthy "$name"
}

# Some programs answer their first health check and end soon after.
still_fine() {
  healthy "$new" 10 || {
    keep_logs "$name" "$new"
    fail "$name" "it was healthy, and then: $why"
  }
}

# without A B: the words of B that are not in A.
without() {
  for id in $2; do
    case " $(echo "$1" | tr '\n' ' ') " in *" $id "*) ;; *) echo "$id" ;; esac
  done
}

running_of() {
  for id in $1; do
    case $(states "$id") in running*) echo "$id" ;; esac
  done
}

# ---------------------------------------------------------------------------------------------------------------- phases: observe, commit, clean up

observe() {
  [ "$OBSERVE" -gt 0 ] && [ -n "$NEW" ] || return 0
  journal observing '' "$OBSERVE s"
  began=$(uptime_seconds)
  probe=docker
  while [ $(($(uptime_seconds) - began)) -lt "$OBSERVE" ]; do
    healthy "$NEW" 10 || fail '' "while it was observed: $why"
    nap 2
  done
  for service in $(rolled); do
    load "$service"
    error_rate
  done
  for service in $(rolled); do
    load "$service"
    stop "$grace_seconds" "$(running_of "$(ids "$name" "$(other "$(flagged "$name")")")")"
    journal stopped "$name"
  done
}

rolled() { printf '%s' "$UNDO" | awk -F "$tab" '$1 == "roll" { print $2 }'; }

# The share of 5xx in what the new containers of $name answered, by the edge's log; few requests say nothing.
error_rate() {
  addresses=$(states "$(ids "$name" "$(flagged "$name")")" | awk '{ print $5 }' | tr ',\n' '  ')
  set -- "$(for edge in $(edges); do dk logs --since "${OBSERVE}s" "$edge" 2>/dev/null; done | awk -v addresses="$addresses" '
    BEGIN { for (i = split(addresses, list, " "); i > 0; i--) ours[list[i]] }
    # One answer may have taken several attempts: both fields are lists then.
    function field(key) { return match($0, "\"" key "\":\"[^\"]*\"") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5) : "" }
    {
      count = split(field("upstream"), tried, /, | : /); split(field("upstreamStatus"), code, /, | : /)
      for (i = 1; i <= count; i++) { sub(/:[0-9]+$/, "", tried[i]); if (tried[i] in ours && code[i] + 0 > 0) { total++; if (code[i] >= 500) bad++ } }
    }
    END { printf "%d %d", bad, total }')"
  journal observed "$name" "${1% *} of ${1#* } answers were errors"
  if [ "${1#* }" -ge 20 ] && [ $((${1% *} * 100)) -gt $((${1#* } * ERROR_RATE)) ]; then
    fail "$name" "${1% *} of ${1#* } answers were errors, more than $ERROR_RATE %"
  fi
}

# From here on the release is the current one; what follows is tidying up.
commit() {
  [ "$BEFORE" = "$ID" ] || {
    [ -z "$BEFORE" ] || printf '%s\n' "$BEFORE" | put "$ROOT/previous" || fail '' "$ROOT/previous could not be written"
    rm -f "$ROOT"/.current.*
    ln -s "releases/$ID" "$ROOT/.current.$$" && mv -fT "$ROOT/.current.$$" "$ROOT/current" || fail '' "$ROOT/current could not be set"
  }
  COMMITTED=yes
  sync "$ROOT/current" 2>/dev/null || :
  journal committed
}

# drop_trees: nginx's files that are not the live ones.
drop_trees() {
  for tree in "$ROOT"/edge/conf-*; do
    case ${tree##*/} in "$(live_conf)") ;; *) rm -rf "$tree" ;; esac
  done
}

clean_up() {
  remove "$OLD"
  remove_services
  remove_old_shapes
  remove_names
  drop_trees
  prune || journal warning '' 'old releases could not all be removed'
}

# Services that the release does not have any more. Their volumes stay.
remove_services() {
  for service in $(dk ps -a --filter "label=com.docker.compose.project=$PROJECT" --filter label=com.docker.compose.oneoff=False --format '{{.Label "nself.service"}}' | sort -u); do
    [ -z "$(awk -F "$tab" -v name="$service" '$1 == name' "$REL/services.tsv")" ] || continue
    gone=$(ids "$service")
    drain 30 "$(running_of "$gone")"
    stop 30 "$(running_of "$gone")"
    remove "$gone"
    rm -f "$ROOT/edge/live/$service.green"
    journal removed "$service"
  done
}

# A service whose class has changed has containers of its old shape: colours without a switch, or one without a colour.
remove_old_shapes() {
  for service in $(services roll recreate overlap static); do
    load "$service"
    case $class in
      roll) gone=$(ids "$service" none) ;;
      *) gone="$(ids "$service" blue) $(ids "$service" green)" ;;
    esac
    [ -n "${gone# }" ] || continue
    drain "$drain_seconds" "$(running_of "$gone")"
    stop "$grace_seconds" "$(running_of "$gone")"
    remove "$gone"
    [ "$class" = roll ] || rm -f "$ROOT/edge/live/$service.green"
    journal removed "$service" "its containers of another class"
  done
}

# Further edges whose service is not rolled any more, or never got there.
remove_names() {
  for service in $(dk ps -a --filter "label=com.docker.compose.project=$PROJECT-edge" --filter label=nself.role=edge --format '{{.Label "nself.service"}}' | sort -u); do
    if [ "$service" != edge ] && ! services roll | grep -qx "$service"; then remove_name "$service"; fi
  done
}

remove_name() { remove "$(dk ps -aq --filter "label=com.docker.compose.project=$PROJECT-edge" --filter label=nself.role=edge --filter "label=nself.service=$1")"; }

# kept: releases that stay: current, previous, and the newest that once were live.
kept() {
  {
    basename "$(readlink "$ROOT/current")"
    cat "$ROOT/previous" 2>/dev/null || :
    # shellcheck disable=SC2012
    ls -t "$ROOT/state/status" | while read -r id; do
      if [ -d "$ROOT/releases/$id" ] && grep '"status":"ok"' "$ROOT/state/status/$id" | grep -qv '"detail":"prepared"'; then echo "$id"; fi
    done | head -n "$KEEP"
  } | awk '!seen[$0]++'
}

# is_old FILE: somebody may have just brought it, and wait for the lock.
is_old() { [ -n "$(find "$1" -maxdepth 0 -mmin +60 2>/dev/null)" ]; }

prune() {
  keep=$(kept)
  for folder in "$ROOT"/releases/*; do
    id=${folder##*/}
    case $id in *[!0-9a-f]*) continue ;; esac
    if printf '%s\n' "$keep" | grep -qx "$id" || ! is_old "$folder"; then continue; fi
    drop_images "$id"
    rm -rf "$folder" "$ROOT/state/status/$id" "$ROOT/state/journal/$id.jsonl" "$ROOT/state/journal/$id.out"
    journal pruned '' "$id"
  done
  used=$(for folder in "$ROOT"/releases/*; do release_value "${folder##*/}" envHash 2>/dev/null || :; done)
  for folder in "$ROOT"/secrets/*; do
    if [ ! -d "$folder" ] || printf '%s\n' "$used" | grep -qx "${folder##*/}" || ! is_old "$folder"; then continue; fi
    rm -rf "$folder"
  done
  for file in "$ROOT"/state/agent-*.sh; do
    if [ "$file" != "$0" ] && is_old "$file"; then rm -f "$file"; fi
  done
}

# drop_images ID: our own names, and those images that no release of any project here needs.
drop_images() {
  awk -F "$tab" '$2 != "static" { print $1, $8 }' "$ROOT/releases/$1/services.tsv" | while read -r service image; do
    dk image rm "nself.keep/$PROJECT/$service:$1" >/dev/null 2>&1 || :
    case $image in *@sha256:*) ;; *) continue ;; esac
    case $(dk image inspect -f '{{.RepoTags}}' "$image" 2>/dev/null) in *nself.keep/*) ;; *) dk image rm "$image" >/dev/null 2>&1 || : ;; esac
  done
}

# ---------------------------------------------------------------------------------------------------------------- taking back

# undo: takes back what this run has changed, the last first. Each step is tried whatever became of the others.
undo() {
  set +e
  UNDONE=yes
  while [ -n "$UNDO" ]; do
    step=${UNDO%%"$newline"*}
    UNDO=${UNDO#*"$newline"}
    IFS=$tab read -r what service old new from <<STEP
$step
STEP
    [ "$old" != - ] || old=''
    case $what in
      edge) undo_edge "$old" ;;
      name) remove_name "$service" && journal undone "$service" 'its name is off the network again' ;;
      container) undo_container ;;
      roll) undo_roll ;;
      replace) undo_replace ;;
    esac
  done
}

# not_undone SERVICE WHY: of one step.
not_undone() {
  UNDONE=no
  journal warning "$1" "$2"
}

undo_edge() {
  if [ -z "$1" ] || [ ! -d "$ROOT/edge/$1" ]; then return; fi
  ln -s "$1" "$ROOT/edge/.conf.$$" && mv -fT "$ROOT/edge/.conf.$$" "$ROOT/edge/conf" && reload_edge && journal undone '' "the edge uses $1 again" && return
  not_undone '' "the edge could not go back to $1"
}

undo_roll() {
  load "$service"
  if [ -n "$old" ]; then
    stopped=$(without "$(running_of "$old")" "$old")
    [ -z "$stopped" ] || launch "$stopped"
    if ! recovered "$old" "$start_seconds"; then
      not_undone "$service" 'its old containers do not come back; the new ones stay'
      return
    fi
    [ -z "$stopped" ] || nap 3
  else
    from=blue
  fi
  if ! set_flag "$service" "$from"; then
    not_undone "$service" "its flag cannot be set to $from; the new containers stay"
    return
  fi
  [ -z "$old" ] || drain "$drain_seconds" "$(running_of "$new")"
  stop "$grace_seconds" "$(running_of "$new")"
  remove "$new"
  journal undone "$service" "${old:+back on $from}"
}

undo_replace() {
  load "$service"
  stop "$grace_seconds" "$(running_of "$new")"
  remove "$new"
  stopped=$(without "$(running_of "$old")" "$old")
  [ -z "$stopped" ] || launch "$stopped"
  [ -z "$old" ] || recovered "$old" "$start_seconds" || {
    not_undone "$service" 'its old containers do not come back'
    return
  }
  journal undone "$service"
}

# undo_container: makes a container again that was replaced in place, as the release says whose hash it had: $old. The current one comes
# first, since nginx's names are not part of the hash.
undo_container() {
  for id in "$BEFORE" $(ls "$ROOT/releases"); do
    is_hex "$id" || continue
    case $service in
      nginx) [ "$(release_value "$id" edge 2>/dev/null)" = "$old" ] || continue ;;
      *) awk -F "$tab" -v name="$service" -v hash="$old" '$1 == name && $3 == hash { found = 1 } END { exit !found }' "$ROOT/releases/$id/services.tsv" 2>/dev/null || continue ;;
    esac
    make_again && journal undone "$service" "as in release $id" && return
  done
  not_undone "$service" 'the container that it had before could not be made again'
}

# In a process of its own, since all values are the other release's there.
make_again() (
  use_release "$id" || exit 1
  case $service in
    nginx) quiet edge_compose 300 up -d --no-deps --pull never --force-recreate nginx && await_edge ;;
    *)
      load "$service"
      quiet compose 300 up -d --no-deps --pull never --force-recreate "$service" && recovered "$(ids "$service")" "$start_seconds"
      ;;
  esac
)

# recovered IDS SECONDS: all run, and none is unhealthy or only starting. Restarts do not count: they may be of long ago.
recovered() {
  deadline=$(($(uptime_seconds) + $2))
  while :; do
    case $(states "$1" | awk '{ print $1 "/" $2 }' | sort -u) in running/healthy | running/none) return 0 ;; esac
    [ "$(uptime_seconds)" -lt "$deadline" ] || return 1
    blink
  done
}

# ---------------------------------------------------------------------------------------------------------------- a run

run() {
  use_release "$1" || exit 1
  ACTION=$2 OWNER=$3 LOGIN=$4
  shift 4
  read_options "$@"
  BEFORE=$(basename "$(readlink "$ROOT/current" 2>/dev/null || :)")
  JOURNAL=$ROOT/state/journal/$ID.jsonl
  STARTED=$(uptime_seconds)
  # `start` has written its own.
  sed "s/\"pid\":[0-9]*/\"pid\":$$/" "$ROOT/state/lock.owner" | put "$ROOT/state/lock.owner" || :
  UNDO='' UNDONE='' REASON='' COMMITTED=no MIGRATED='' STAYS='' OLD='' NEW='' RELOAD=no
  trap 'leave $?' EXIT
  trap 'exit 143' HUP INT TERM
  journal begin '' "$ACTION"
  preflight
  if [ "$ACTION" = prepare ]; then
    pull
    return
  fi
  collect_garbage
  pull
  ensure_network
  ensure_edge
  static_services
  plan
  if [ -n "$ADDED$CHANGED$STARTED_STATIC" ]; then once_services; fi
  if [ "$ACTION" = activate ]; then migrations; fi
  for service in $ADDED; do update "$service"; done
  edge_before_rolls
  for service in $CHANGED; do update "$service"; done
  switch_conf "$EDGE_CONF"
  observe
  commit
  clean_up
}

read_options() {
  OBSERVE=0 ERROR_RATE=5 RESTART_EDGE=false RECREATE='' KEEP=3 MIN_FREE_MB=256
  for option in "$@"; do
    value=${option#*=}
    case $option in
      observe=*) OBSERVE=$value ;;
      error-rate=*) ERROR_RATE=$value ;;
      restart-edge=*) RESTART_EDGE=$value ;;
      recreate=*) RECREATE=$value ;;
      prune-keep=*) KEEP=$value ;;
      min-free-mb=*) MIN_FREE_MB=$value ;;
    esac
  done
}

# leave CODE: the one way out of a run.
leave() {
  # Not ignored: what it starts would inherit that, and no time limit could end it.
  trap : HUP INT TERM
  trap - EXIT
  set +e
  forget_login
  if [ "$1" -eq 0 ] || [ "$COMMITTED" = yes ]; then
    [ "$1" -eq 0 ] || journal warning '' 'tidying up did not end well; the next run does it again'
    if [ "$ACTION" = prepare ]; then finish ok prepared; fi
    finish ok "${ADDED:-}${CHANGED:-}"
  fi
  undo
  [ -z "$(live_conf)" ] || drop_trees
  note=${REASON:-the agent ended unexpectedly (code $1)}
  [ "$UNDONE" = yes ] || note="$note. Not everything could be taken back: see the journal"
  [ -z "$MIGRATED" ] || note="$note. The migrations of$MIGRATED were run and stay"
  [ -z "$STAYS" ] || note="$note. Replaced as asked for, and so it stays:$STAYS"
  finish failed "$note"
}

finish() {
  audit "$1" "$2"
  rm -f "$ROOT/state/lock.owner"
  journal "$([ "$1" = ok ] && echo success || echo ended)" '' "$2"
  write_status "$1" "$2"
  [ "$1" = ok ] && exit 0
  exit 1
}

forget_login() { [ -z "${LOGIN:-}" ] || [ "$LOGIN" = - ] || rm -rf "$LOGIN"; }

# ---------------------------------------------------------------------------------------------------------------- verbs

# start: takes the lock, which the run in the background inherits, so that there is no moment between them.
start() {
  ID=$1 ACTION=$2
  OWNER=$(printf '%s' "$3" | base64 -d 2>/dev/null | tr -d '\n\r') || OWNER={}
  is_hex "$ID" || die "$ID is no release."
  case $ACTION in prepare | activate | rollback) ;; *) die "$ACTION is no action." ;; esac
  case $OWNER in '{'*'}') ;; *) OWNER={} ;; esac
  encoded=$3
  shift 3
  check_options "$@"
  use_release "$ID" || die "Release $ID is not on the host, or not whole." "The releases there: $(for folder in "$ROOT"/releases/*; do printf '%s ' "${folder##*/}"; done)"
  { mkdir -p "$ROOT/state/journal" "$ROOT/state/status" && printf '' >>"$LOCK"; } 2>/dev/null ||
    die "$ROOT/state cannot be written." 'Is the disk full or mounted read-only, or does it belong to another user? (df -h, df -i, mount, ls -ld)'
  exec 9>>"$LOCK"
  for attempt in 1 2 3 4 5; do
    if flock -n 9; then break; fi
    if [ "$attempt" -eq 5 ]; then
      cat "$ROOT/state/lock.owner" 2>/dev/null || :
      exit 75
    fi
    # Somebody may only have looked whether it is free.
    blink
  done
  # What is written there is of a run that was killed.
  rm -f "$ROOT/state/lock.owner"
  sweep
  offset=0
  [ ! -f "$ROOT/state/journal/$ID.jsonl" ] || offset=$(wc -c <"$ROOT/state/journal/$ID.jsonl")
  head -c 65536 /dev/zero >"$ROOT/state/reserve" 2>/dev/null || :
  keep_login
  # shellcheck disable=SC2320
  printf '{"release":"%s","action":"%s","pid":%s,"since":"%s","offset":%s,"options":[%s],"owner":%s}\n' \
    "$ID" "$ACTION" "$$" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$((offset))" "$(printf '%s\n' "$@" | json_list)" "$OWNER" | put "$ROOT/state/lock.owner" || {
    rm -rf "$LOGIN"
    die "$ROOT/state cannot be written." 'Is the disk full? (df -h, df -i)'
  }
  rm -f "$ROOT/state/status/$ID"
  setsid sh "$0" run "$ROOT" "$ID" "$ACTION" "$encoded" "$LOGIN" "$@" </dev/null >>"$ROOT/state/journal/$ID.out" 2>&1 9>&9 &
  printf '{"pid":%s,"offset":%s}\n' "$!" "$((offset))"
}

check_options() {
  for option in "$@"; do
    value=${option#*=}
    case $option in
      observe=* | error-rate=* | prune-keep=* | min-free-mb=*) is_number "$value" || die "$option: not a number." ;;
      restart-edge=true | restart-edge=false) ;;
      recreate=*) case $value in *[!a-z0-9,_-]*) die "$option: not a list of services." ;; esac ;;
      *) die "$option is no option." ;;
    esac
  done
}

# keep_login: the registry's login lies in memory where that is possible, and a guard removes it even when the run is killed.
keep_login() {
  LOGIN=-
  place=$ROOT/state
  if [ -d /dev/shm ] && [ -w /dev/shm ]; then place=/dev/shm; fi
  folder=$(mktemp -d "$place/nself-login.$PROJECT.XXXXXX") || die 'No temporary folder could be made.' 'Is the disk full? (df -h, df -i)'
  # Nothing begins with half a login: what was cut off has no line end.
  timeout 60 cat >"$folder/config.json" && [ "$(tail -c 1 "$folder/config.json" | wc -l)" -eq 1 ] || {
    rm -rf "$folder"
    die 'The command did not arrive whole.' 'Nothing was changed. Run it again. (Is the disk full? df -h, df -i)'
  }
  if [ "$(wc -c <"$folder/config.json")" -eq 1 ]; then
    rm -rf "$folder"
    return
  fi
  LOGIN=$folder
  printf '%s\n' "$folder" >"$ROOT/state/login"
}

guard_login() {
  # shellcheck disable=SC2016
  setsid sh -c 'while kill -0 "$1" 2>/dev/null && [ -d "$2" ]; do sleep 1; done; rm -rf "$2"' guard $$ "$LOGIN" </dev/null >/dev/null 2>&1 9>&- &
}

# sweep: what a killed run or upload has left.
sweep() {
  login=$(cat "$ROOT/state/login" 2>/dev/null || :)
  case $login in *..*) ;; /dev/shm/nself-login.* | "$ROOT"/state/nself-login.*) rm -rf "$login" ;; esac
  rm -f "$ROOT/state/login" "$ROOT"/state/*.new.* "$ROOT"/state/*/*.new.* "$ROOT"/*.new.* "$ROOT"/.current.* "$ROOT/edge"/.conf.*
  for folder in "$ROOT"/releases/*.partial.* "$ROOT"/secrets/*.partial.* "$ROOT"/state/agent-*.sh.*; do
    if [ -e "$folder" ] && ! kill -0 "${folder##*.}" 2>/dev/null; then rm -rf "$folder"; fi
  done
}

# receive ID SUM
receive() {
  is_hex "$1" && is_hex "$2" || die 'The release has no valid name.'
  if [ -f "$ROOT/releases/$1/SHA256SUMS" ] && is_intact "$1"; then
    cat >/dev/null
    return
  fi
  make_folder "$ROOT/releases"
  partial=$ROOT/releases/$1.partial.$$
  trap 'rm -rf "$partial"' EXIT
  trap 'exit 1' HUP INT TERM PIPE
  mkdir "$partial" 2>/dev/null || die "$partial could not be made." 'Is the disk full? (df -h, df -i)'
  said=$(tar -xf - -C "$partial" 2>&1) || die "The release did not arrive whole: $said" 'Nothing was changed. Is the disk full? (df -h, df -i) Otherwise run the command again.'
  check_upload "$2"
  # A release of that name that is not whole was edited or damaged: the new one takes its place.
  if [ -e "$ROOT/releases/$1" ]; then mv "$ROOT/releases/$1" "$partial.old"; fi
  mv -T "$partial" "$ROOT/releases/$1"
  rm -rf "$partial.old"
  sync "$ROOT/releases/$1" 2>/dev/null || :
}

check_upload() {
  cd "$partial"
  case $(sha256sum SHA256SUMS 2>/dev/null) in "$1 "*) ;; *) die 'The release is not the one that was sent (its list of checksums differs).' 'Nothing was changed. Run the command again.' ;; esac
  sha256sum -c SHA256SUMS >/dev/null 2>&1 || die 'The release is not the one that was sent (a file differs from its checksum).' 'Nothing was changed. Run the command again.'
  [ -z "$(find . ! -type f ! -type d)" ] && [ "$(find . -type f | wc -l)" -eq "$(($(wc -l <SHA256SUMS) + 1))" ] ||
    die 'The release holds files that are not in its list of checksums.' 'Nothing was changed. Run the command again.'
  cd /
}

make_folder() {
  mkdir -p "$1" 2>/dev/null && [ -w "$1" ] ||
    die "$1 cannot be written by $(id -un)." "Make it once on the host: sudo install -d -m 0700 -o $(id -un) -g $(id -gn) $ROOT"
}

# secrets HASH
secrets() {
  is_hex "$1" || die 'The values have no valid name.'
  make_folder "$ROOT/secrets"
  case $(sha256sum "$ROOT/secrets/$1/.env" 2>/dev/null) in
    "$1"*)
      cat >/dev/null
      return
      ;;
  esac
  partial=$ROOT/secrets/$1.partial.$$
  trap 'rm -rf "$partial"' EXIT
  trap 'exit 1' HUP INT TERM PIPE
  mkdir "$partial" 2>/dev/null && cat 2>/dev/null >"$partial/.env" || die 'The values could not be written.' 'Nothing was changed. Is the disk full? (df -h, df -i)'
  case $(sha256sum "$partial/.env") in "$1"*) ;; *) die 'The values did not arrive whole.' 'Nothing was changed. Run the command again.' ;; esac
  if [ -e "$ROOT/secrets/$1" ]; then mv "$ROOT/secrets/$1" "$partial.old"; fi
  mv -T "$partial" "$ROOT/secrets/$1"
  rm -rf "$partial.old"
}

# follow ID OFFSET [SECONDS]
follow() {
  ID=$1 offset=$2
  is_hex "$ID" && is_number "$offset" && is_number "${3:-30}" || die 'follow: ID OFFSET [SECONDS]'
  journal=$ROOT/state/journal/$ID.jsonl
  status=$ROOT/state/status/$ID
  deadline=$(($(uptime_seconds) + ${3:-30}))
  round=0
  # What a login shell says comes before this line.
  printf '{"offset":%s}\n' "$offset"
  while :; do
    # The status is written last: once it is there, the journal is complete.
    ended=no
    if [ -f "$status" ]; then
      ended=yes
    elif [ $((round % 7)) -eq 6 ] && ! is_locked && [ ! -f "$status" ]; then
      ended=interrupted
    fi
    size=$(wc -c 2>/dev/null <"$journal" || echo 0)
    if [ "$size" -gt "$offset" ]; then
      tail -c "+$((offset + 1))" "$journal" | head -c $((size - offset))
      offset=$size
    fi
    case $ended in
      yes)
        cat "$status"
        return
        ;;
      interrupted)
        printf '{"status":"interrupted","detail":"the agent ended without a word (killed, the host was restarted, or its file system takes no more writes); run the command again to continue"}\n'
        return
        ;;
    esac
    if [ "$(uptime_seconds)" -ge "$deadline" ]; then
      printf '{"status":"running","detail":""}\n'
      return
    fi
    round=$((round + 1))
    blink
  done
}

is_locked() { [ -f "$LOCK" ] && ! flock -sn 8 8<"$LOCK"; }

maintenance() {
  mkdir -p "$ROOT/edge/live" 2>/dev/null || die "$ROOT/edge/live cannot be written."
  case $1 in
    on) printf '' >"$ROOT/edge/live/maintenance" ;;
    off) rm -f "$ROOT/edge/live/maintenance" ;;
    *) die 'maintenance is on or off.' ;;
  esac
  printf 'maintenance is %s\n' "$1"
}

# ---------------------------------------------------------------------------------------------------------------- probe and status

json_list() { awk 'NF { gsub(/["\\]/, "\\\\&"); printf "%s\"%s\"", (n++ ? "," : ""), $0 }'; }
join_lines() { awk 'NF { printf "%s%s", (n++ ? "," : ""), $0 }'; }
true_if() { if "$@"; then printf true; else printf false; fi; }

probe() {
  PROJECT=$1
  case $PROJECT in '' | *[!a-z0-9_-]*) die "$PROJECT is no project." ;; esac
  current=$(basename "$(readlink "$ROOT/current" 2>/dev/null || :)")
  printf '{"docker":"%s","compose":"%s","arch":"%s","liveRestore":%s' \
    "$(dk version --format '{{.Server.Version}}' 2>/dev/null || :)" "$(limited 30 docker compose version --short 2>/dev/null || :)" \
    "$(docker_arch 2>/dev/null || :)" "$(true_if [ "$(dk info --format '{{.LiveRestoreEnabled}}' 2>/dev/null)" = true ])"
  probe_files
  printf ',"current":"%s","previous":"%s","releases":[%s],"manifest":' "$(one_line "$current")" "$(one_line "$(cat "$ROOT/previous" 2>/dev/null || :)")" "$(probe_releases)"
  manifest "$current"
  printf ',"containers":[%s],"unknown":[%s]' "$(probe_containers | join_lines)" "$(probe_unknown | json_list)"
  printf ',"green":[%s],"names":[%s],"maintenance":%s,"edgeHash":"%s"' \
    "$(for file in "$ROOT"/edge/live/*.green; do [ ! -f "$file" ] || basename "$file" .green; done | json_list)" \
    "$(for edge in $(edges); do names_of "$edge" | tr ' ' '\n'; done | sort -u | json_list)" \
    "$(true_if [ -f "$ROOT/edge/live/maintenance" ])" "$(probe_edge)"
  probe_target
  printf ',"certificates":[%s]' "$(probe_certificates | join_lines)"
  if is_locked; then
    printf ',"locked":true,"owner":%s}\n' "$(cat "$ROOT/state/lock.owner" 2>/dev/null || echo null)"
  else
    printf ',"locked":false,"owner":null}\n'
  fi
}

manifest() {
  if is_hex "$1" && is_intact "$1" && [ -f "$ROOT/releases/$1/manifest.json" ]; then cat "$ROOT/releases/$1/manifest.json"; else printf null; fi
}

# What only another target has to say.
probe_target() { :; }

probe_files() {
  place=$ROOT
  while [ ! -d "$place" ]; do place=$(dirname "$place"); done
  printf ',"freeKb":%s,"freeInodes":%s' "$(df -Pk "$place" | awk 'NR == 2 { print $4 }')" \
    "$(df -Pi "$place" 2>/dev/null | awk 'NR == 2 && $2 > 0 { print $4; seen = 1 } END { if (!seen) print 1000000 }')"
  printf ',"exists":%s,"writable":%s' "$(true_if [ -d "$ROOT" ])" "$(true_if [ -w "$place" ])"
  printf ',"missing":[%s]' "$(for tool in docker flock setsid timeout awk sed tar sha256sum base64 diff find; do command -v "$tool" >/dev/null || echo "$tool"; done | json_list)"
  printf ',"agents":[%s]' "$(for file in "$ROOT"/state/agent-*.sh; do [ ! -f "$file" ] || basename "$file"; done | json_list)"
  printf ',"secrets":[%s]' "$(for file in "$ROOT"/secrets/*/.env; do
    folder=${file%/.env}
    [ ! -f "$file" ] || case $(sha256sum "$file") in "${folder##*/}"*) echo "${folder##*/}" ;; esac
  done | json_list)"
}

# Brought certificates lie on the host, issued ones where the edge sees them. Their chains are public; keys are not read.
probe_certificates() {
  # shellcheck disable=SC2016 # a script of its own: it also runs in the edge's container
  list='for file in "$1"/certificates/*/fullchain.pem; do [ ! -f "$file" ] || echo "$(basename "$(dirname "$file")") $(base64 <"$file" | tr -d "\n")"; done'
  {
    sh -c "$list" sh "$ROOT/ssl"
    edge=$(main_edge)
    [ -z "$edge" ] || dk exec "$edge" sh -c "$list" sh /etc/nginx/acme 2>/dev/null || :
  } | awk '$1 ~ /^[A-Za-z0-9_-]+$/ && NF == 2 { printf "{\"folder\":\"%s\",\"chain\":\"%s\"}\n", $1, $2 }'
}

# The hash of nginx's files, by their folder's name; another one when they are not what the current release has under that name.
probe_edge() {
  conf=$(live_conf)
  printf '%s' "$(one_line "${conf#conf-}")"
  if [ -n "$conf" ] && [ "$conf" = "conf-$(release_value "$current" edgeHash 2>/dev/null)" ] && ! same_tree "$ROOT/releases/$current/edge" "$ROOT/edge/$conf"; then
    printf '%s' '-edited'
  fi
}

probe_releases() {
  for folder in "$ROOT"/releases/*; do
    id=${folder##*/}
    case $id in *[!0-9a-f]*) continue ;; esac
    printf '{"id":"%s","intact":%s,"status":"%s"}\n' "$id" "$(true_if is_intact "$id")" \
      "$(sed -n 's/^{"status":"\([a-z]*\)".*/\1/p' "$ROOT/state/status/$id" 2>/dev/null || :)"
  done | join_lines
}

probe_containers() {
  found=$(dk ps -aq --no-trunc --filter "label=nself.project=$PROJECT" --filter label=com.docker.compose.oneoff=False 2>/dev/null) || return 0
  [ -n "$found" ] || return 0
  # shellcheck disable=SC2086
  dk inspect -f '{"id":"{{.ID}}","name":{{json (slice .Name 1)}},"service":{{json (index .Config.Labels "nself.service")}},"role":{{json (index .Config.Labels "nself.role")}},"color":{{json (index .Config.Labels "nself.color")}},"hash":{{json (index .Config.Labels "nself.hash")}},"image":{{json .Config.Image}},"state":{{json .State.Status}},"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"restarts":{{.RestartCount}}}' $found | sort
}

probe_unknown() {
  for filter in "network=${PROJECT}_network" "label=com.docker.compose.project=$PROJECT" "label=com.docker.compose.project=$PROJECT-edge"; do
    dk ps -a --filter "$filter" --format '{{.Label "nself.project"}} {{.Names}}' 2>/dev/null || :
  done | awk -v project="$PROJECT" 'NF == 1 || $1 != project { print $NF }' | sort -u
}

status() {
  current=$(basename "$(readlink "$ROOT/current" 2>/dev/null || :)")
  [ -n "$current" ] && use_release "$current" || die "Nothing is deployed in $ROOT."
  printf 'project   %s\ncurrent   %s\nprevious  %s\n' "$PROJECT" "$current" "$(cat "$ROOT/previous" 2>/dev/null || echo none)"
  if is_locked; then printf 'at work   %s\n' "$(cat "$ROOT/state/lock.owner" 2>/dev/null)"; fi
  [ ! -f "$ROOT/edge/live/maintenance" ] || echo 'maintenance is on'
  for service in $(services roll); do printf 'live      %s %s\n' "$service" "$(live_color "$service")"; done
  dk ps -a --filter "label=nself.project=$PROJECT" --format '{{.Label "nself.service"}}\t{{.Names}}\t{{.Status}}' | sort
}

main() {
  verb=${1:-}
  [ $# -ge 2 ] || die 'usage: agent.sh probe|manifest|receive|secrets|start|follow|status|maintenance ROOT ...'
  use_root "$2"
  shift 2
  case $verb in
    run)
      # $3 is the owner in base64, as `start` got it.
      id=$1 action=$2 owner=$(printf '%s' "$3" | base64 -d 2>/dev/null | tr -d '\n\r') || owner={}
      case $owner in '{'*'}') ;; *) owner={} ;; esac
      LOGIN=$4
      shift 4
      if [ "$LOGIN" != - ]; then guard_login; fi
      run "$id" "$action" "$owner" "$LOGIN" "$@"
      ;;
    probe | manifest | receive | secrets | start | follow | status | maintenance) "$verb" "$@" ;;
    *) die "$verb is no command of the agent." ;;
  esac
}

main "$@"
