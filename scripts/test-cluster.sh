#!/usr/bin/env bash
# Fits on a cluster of real processes with faults, and compares every result with that of one process, byte for byte:
#   dotnet build src/FunctionalStack.Cli -c Release && bash scripts/test-cluster.sh
# SILOS, COORDINATORS and STOPS set how often a silo is killed, the coordinator is killed, and Redis is stopped. Ends with the line
# "Cluster: N passed, N failed". Without Redis (Debian: redis-server) it prints a message and succeeds.
set -uo pipefail
cd "$(dirname "$0")/.."
fstack=$PWD/src/FunctionalStack.Cli/bin/Release/net10.0/fstack.dll
silos=${SILOS:-3} coordinators=${COORDINATORS:-2} stops=${STOPS:-1} pause=${PAUSE:-6}

if ! command -v redis-server >/dev/null; then
  { [ "$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server; } >/dev/null 2>&1
fi
command -v redis-server >/dev/null || { echo "Cluster: redis-server is not here and can't be installed: NOT tested."; exit 0; }

work=$(mktemp -d)
running=() address=none
finish() {
  # The loops first, or they would start their silos again.
  for pid in "${running[@]}"; do kill -9 "$pid" 2>/dev/null; done
  pkill -9 -f "cluster silo --cluster $address" 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT
port=$((20000 + RANDOM % 10000))
address=redis://:secret@127.0.0.1:$port
cat > "$work/redis.conf" <<END
port $port
bind 127.0.0.1
dir $work
appendonly yes
requirepass secret
END
start_redis() { redis-server "$work/redis.conf" >"$work/redis.log" 2>&1 & redis=$!; running+=("$redis"); }
# A silo that ends is started again, as systemd or Kubernetes would.
supervised() { while :; do dotnet "$fstack" cluster silo --cluster "$address" --name test --cores 1 >>"$work/silo.log" 2>&1; sleep 0.5; done; }
start_silo() { supervised & running+=("$!"); }
one_silo() { pgrep -f "fstack.dll cluster silo --cluster $address" | shuf -n 1; }

passed=0 failed=0
fit() { dotnet "$fstack" fit --data "$work/data.csv" --target survived --model "$1" --seed 7 "${@:2}"; }
evaluated() { dotnet "$fstack" evaluate --data "$work/data.csv" --target survived --folds 2 --seed 7 --json "$@" 2>"$work/err" | sed -E 's/"seconds":[0-9.]+/"seconds":0/'; }
same() { # NAME FILE: the model file is that of one process
  if cmp -s "$work/one.fstack" "$2"; then passed=$((passed + 1)); echo "$1: the same bytes; $(grep -h '^note: cluster' "$work/err" 2>/dev/null)"
  else failed=$((failed + 1)); echo "$1: OTHER bytes, or none: $(tail -n 2 "$work/err" 2>/dev/null)"; fi
  rm -f "$2"
}

files=$(dotnet "$fstack" data get titanic --to "$work/sets") && cp "$(head -n 1 <<<"$files")" "$work/data.csv" || { echo "Cluster: no data"; exit 1; }
fit "$work/one.fstack" --threads 2 >/dev/null 2>"$work/err" || { cat "$work/err"; exit 1; }
evaluated --threads 2 > "$work/one.json"

fit "$work/m.fstack" --cluster local:1 >/dev/null 2>"$work/err"; same "local:1" "$work/m.fstack"
fit "$work/m.fstack" --cluster local:3 >/dev/null 2>"$work/err"; same "local:3" "$work/m.fstack"
start_redis
for _ in 1 2 3; do start_silo; done
evaluated --cluster "$address" --name test > "$work/three.json"
if cmp -s "$work/one.json" "$work/three.json"; then passed=$((passed + 1)); echo "evaluate on 3 silos: the same JSON"; else failed=$((failed + 1)); echo "evaluate on 3 silos: OTHER JSON"; fi

for i in $(seq "$silos"); do
  fit "$work/m.fstack" --cluster "$address" --name test >/dev/null 2>"$work/err" & run=$!
  sleep "0.$((RANDOM % 10))"; sleep $((RANDOM % pause)); kill -9 "$(one_silo)" 2>/dev/null
  wait "$run"; same "silo killed, $i" "$work/m.fstack"
done
for i in $(seq "$coordinators"); do
  fit "$work/m.fstack" --cluster "$address" --name test --run "$work/run$i" >/dev/null 2>"$work/err" & run=$!
  sleep "0.$((RANDOM % 10))"; sleep $((RANDOM % pause)); pkill -9 -P "$run"; wait "$run" 2>/dev/null
  fit "$work/m.fstack" --cluster "$address" --name test --run "$work/run$i" >/dev/null 2>"$work/err"; same "coordinator killed, $i" "$work/m.fstack"
done
for i in $(seq "$stops"); do
  fit "$work/m.fstack" --cluster "$address" --name test >/dev/null 2>"$work/err" & run=$!
  sleep $((RANDOM % pause)); kill "$redis"; wait "$redis" 2>/dev/null; sleep "${STOPPED:-10}"; start_redis
  wait "$run"; same "Redis stopped, $i" "$work/m.fstack"
done
echo "Cluster: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
