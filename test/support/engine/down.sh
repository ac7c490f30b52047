#!/usr/bin/env bash
# Stops what start.sh started. Images and volumes stay for the next start.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/lib.sh"

for name in dockerd docker-registry; do
  if alive "$name"; then
    pid=$(cat "$engine_home/$name.pid")
    say "stopping $name"
    kill "$pid"
    wait_for 30 test ! -e "/proc/$pid" || die "$name ($pid) does not stop; see $engine_home/$name.log"
  fi
  rm -f "$engine_home/$name.pid"
done
