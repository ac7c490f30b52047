# shellcheck shell=bash disable=SC2034
# What every script here shares: where things live, and how to speak.

readonly engine_dir=${BASH_SOURCE[0]%/*}
readonly engine_home=${NSELF_ENGINE_HOME:-/var/lib/nself-engine}
readonly registry=127.0.0.1:5000

say() { printf 'engine: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# retry COMMAND...: networks and mirrors hiccup; three tries tell a hiccup from a fault.
retry() {
  local try
  for try in 1 2 3; do
    "$@" && return
    say "try $try failed: $*"
    sleep $((try * 2))
  done
  return 1
}

# alive NAME: is the process that start.sh recorded under NAME still running that program?
alive() {
  local pid
  pid=$(cat "$engine_home/$1.pid" 2>/dev/null) && [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "${1:0:15}" ]]
}

# wait_for SECONDS COMMAND...
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

engine_is_ours() { [[ $(docker info --format '{{.DockerRootDir}}' 2>/dev/null) == "$engine_home/docker" ]]; }

readonly trixie_sources=/etc/apt/sources.list.d/nself-engine.sources

# The Debian archive that this machine's own apt uses, which install.sh noted down.
debian_mirror() { sed -n 's/^URIs: //p' "$trixie_sources"; }

# How this machine reaches the package registries, as NAME=value lines. Builds inside containers need
# the same; nothing of it may be written into the repository.
package_settings() {
  local name value
  for name in NPM_CONFIG_REGISTRY PIP_INDEX_URL GOPROXY GOSUMDB; do
    value=${!name:-$(configured "$name" 2>/dev/null || true)}
    [[ -z $value ]] || printf '%s=%s\n' "$name" "$value"
  done
}

# Reads the files rather than ask npm and pip, which take a second to answer.
configured() {
  case $1 in
    NPM_CONFIG_REGISTRY) sed -n 's/^registry *= *//p' ~/.npmrc ;;
    PIP_INDEX_URL) cat /etc/pip.conf ~/.pip/pip.conf ~/.config/pip/pip.conf | sed -n 's/^index-url *= *//p' | tail -n 1 ;;
    GO*) go env "$1" ;;
  esac
}
