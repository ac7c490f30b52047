#!/bin/sh
# What is no command is something for bun to run.
set -e
if ! command -v "$1" >/dev/null; then set -- bun "$@"; fi
exec "$@"
