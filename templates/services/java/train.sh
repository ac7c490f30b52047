#!/usr/bin/env bash
# Runs the service without stores, asks it what is asked most, and has Java write service.aot as it stops.
set -euo pipefail

java @jvm.options -XX:AOTCacheOutput=service.aot -jar service.jar &
service=$!

ask() {
  exec 3<>/dev/tcp/127.0.0.1/8000
  printf '%s %s HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "${#3}" "$3" >&3
  cat <&3 >/dev/null
}

until (ask GET /health '') 2>/dev/null; do
  kill -0 $service # it may have failed
  sleep 0.5
done
for _ in {1..20}; do
  (ask GET /ready '')
  (ask GET /items '')
  (ask POST /items '{"name":"x"}')
done

kill -TERM $service
wait $service
