#!/usr/bin/env bash
# A Docker Engine that answers for the official image names: the one that is there, or ours.
# NSELF_ENGINE=system insists on the one that is there.
# Usage: up.sh [OFFICIAL-NAME]...   (stand-ins to have; default: what the end-to-end suite needs)
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/lib.sh"

# Engines of laptops and hosted runners pull official images from the internet themselves.
system_engine() {
  docker info >/dev/null 2>&1 || return 1
  [[ ${NSELF_ENGINE:-} == system ]] && return
  ! engine_is_ours && docker pull -q busybox:stable >/dev/null 2>&1
}

if system_engine; then
  say 'using the Docker Engine of this machine'
  exit
fi
[[ ${NSELF_ENGINE:-} != system ]] || die 'NSELF_ENGINE=system, but docker info fails'

# Several test runs may ask for the engine at once; one of them sets it up.
mkdir -p "$engine_home"
exec 9>"$engine_home/up.lock"
flock 9

"$engine_dir/install.sh"
"$engine_dir/start.sh" 9>&-
"$engine_dir/images.sh" "$@" 9>&-
say 'ready'
