#!/usr/bin/env bash
# Size of the release binary, time until ready on an existing database, and idle memory. Needs curl.
# Usage: benches/footprint.sh [path of the binary]
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-${CARGO_TARGET_DIR:-target}/release/thidua}
[ -x "$binary" ] || cargo build --release --locked
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
export DATABASE_URL="sqlite://$folder/footprint.db" THIDUA_BIND=127.0.0.1:18089
start() {
  begun=$(date +%s%N)
  "$binary" serve >"$folder/log" 2>&1 &
  server=$!
  for _ in $(seq 1 2000); do
    if curl -sf -o /dev/null "http://$THIDUA_BIND/health/ready"; then return; fi
    sleep 0.005
  done
  echo "not ready"; cat "$folder/log"; exit 1
}
stop() { kill "$server"; wait "$server" || true; server=; }
echo "binary: $(($(stat -c %s "$binary") / 1024 / 1024)) MiB ($(stat -c %s "$binary") bytes)"
start; stop
for run in 1 2 3 4 5; do
  start
  echo "start $run on an existing database: ready after $((($(date +%s%N) - begun) / 1000000)) ms"
  [ "$run" = 5 ] || stop
done
sleep 5
echo "idle memory: $(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$server/status") MiB"
