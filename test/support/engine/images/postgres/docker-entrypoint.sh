#!/usr/bin/env bash
# The part of the official image's contract that Compose projects use: a fresh data directory gets the
# user, the database and /docker-entrypoint-initdb.d; then the command runs as user postgres.
set -euo pipefail

if [[ ${1:-} == -* ]]; then set -- postgres "$@"; fi
if [[ ${1:-} != postgres || " $* " =~ ' '(--help|--version|-V)' ' ]]; then exec "$@"; fi

if [[ $(id -u) == 0 ]]; then
  mkdir -p "$PGDATA"
  find "$PGDATA" ! -user postgres -exec chown postgres:postgres {} +
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
sql() { psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$user" "$@"; }

initialise() {
  initdb --username "$user" --pwfile <(printf '%s\n' "$POSTGRES_PASSWORD") --auth-local trust --auth-host scram-sha-256
  printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"

  # Only the socket: nobody on the network may see the server before the scripts have run.
  pg_ctl -w -o "-c listen_addresses=''" start
  [[ $database == postgres ]] || sql --dbname postgres --set db="$database" <<<'CREATE DATABASE :"db";'
  export PGHOST=/run/postgresql PGDATABASE=$database
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else source "$file"; fi ;;
      *.sql) sql --file "$file" ;;
      *.sql.gz) gunzip -c "$file" | sql ;;
    esac
  done
  unset PGHOST PGDATABASE
  pg_ctl -w -m fast stop
}

mkdir -p "$PGDATA"
chmod 700 "$PGDATA"
if [[ ! -s $PGDATA/PG_VERSION ]]; then
  : "${POSTGRES_PASSWORD:?is required for a fresh data directory}"
  initialise
fi
exec "$@"
