#!/usr/bin/env bash
# Fetches Bun $VERSION with this machine's own npm and its configuration. The official image has the baseline build, too.
set -euo pipefail
source "$ENGINE_DIR/lib.sh"

retry npm pack --silent "@oven/bun-linux-x64-baseline@$VERSION" >/dev/null
mv oven-bun-*.tgz bun.tgz
