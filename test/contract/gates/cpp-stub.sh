#!/bin/bash
# Makes the header files that the template includes, all of them the one with the declarations.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
grep -rhoE '"oatpp/[^"]+"' "$1/src" | tr -d '"' | sort -u | while read -r header; do
  mkdir -p "$2/$(dirname "$header")"
  echo "#include \"$here/oatpp-declarations/oatpp.hpp\"" >"$2/$header"
done
