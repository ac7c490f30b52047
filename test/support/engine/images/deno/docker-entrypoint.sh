#!/bin/sh
# A subcommand needs no `deno` before it.
set -e
case $1 in
  bundle | cache | completions | doc | eval | fmt | help | info | link | repl | run | test | types) set -- deno "$@" ;;
esac
exec "$@"
