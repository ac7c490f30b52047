# shellcheck shell=bash
# Builds the gate image, from the cache after the first time, and runs a script in it: gate FOLDER SCRIPT.
set -euo pipefail
gates=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

gate() {
  docker build --quiet --tag syntax-gate "$gates" >/dev/null
  docker run --rm --network none --volume "$(cd "$1" && pwd):/scaffold:ro" --volume "$gates:/gates:ro" \
    --workdir /scaffold syntax-gate bash -euo pipefail -c "$2"
}
