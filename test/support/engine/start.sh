#!/usr/bin/env bash
# Starts the registry and dockerd in the background and waits until they answer.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/lib.sh"

# launch NAME COMMAND...: detached, so that it outlives the terminal or test run that started it.
launch() {
  local name=$1
  shift
  setsid "$@" >"$engine_home/$name.log" 2>&1 </dev/null &
  echo $! >"$engine_home/$name.pid"
}

# answers NAME SECONDS COMMAND...
answers() {
  local name=$1
  shift
  wait_for "$@" && return
  tail -n 30 "$engine_home/$name.log" >&2
  die "$name does not answer; the lines above are the end of $engine_home/$name.log"
}

mkdir -p "$engine_home/registry"

if ! alive docker-registry; then
  say 'starting the registry'
  sed "s|REGISTRY_DATA|$engine_home/registry|" "$engine_dir/registry.yml" >"$engine_home/registry.yml"
  launch docker-registry docker-registry serve "$engine_home/registry.yml"
fi
answers docker-registry 15 curl -fsS "http://$registry/v2/"

if ! alive dockerd; then
  say 'starting dockerd'
  launch dockerd dockerd --config-file "$engine_dir/daemon.json" --data-root "$engine_home/docker" --pidfile "$engine_home/docker.pid"
fi
answers dockerd 60 engine_is_ours
