# shellcheck shell=bash
# Builds a gate image, from the cache after the first time, and runs a script in it: gate FOLDER SCRIPT [IMAGE].
set -euo pipefail
gates=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

gate() {
  local image=${3:-most}
  docker build --quiet --target "$image" --tag "syntax-gate:$image" "$gates" >/dev/null
  docker run --rm --network none --volume "$(cd "$1" && pwd):/scaffold:ro" --volume "$gates:/gates:ro" \
    --workdir /scaffold "syntax-gate:$image" bash -euo pipefail -c "$2"
}
