#!/usr/bin/env bash
# Fetches Deno $VERSION with this machine's own npm and its configuration.
set -euo pipefail
source "$ENGINE_DIR/lib.sh"

retry npm pack --silent "@deno/linux-x64-glibc@$VERSION" >/dev/null
mv deno-*.tgz deno.tgz
