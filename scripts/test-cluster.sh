#!/usr/bin/env bash
# Fits on a cluster of real processes with faults, and compares every result with that of one process, byte for byte:
#   dotnet build src/FunctionalStack.Cli -c Release && bash scripts/test-cluster.sh
# SILOS, COORDINATORS, STOPS and FREEZES set how often a silo is killed, the coordinator is killed, Redis is stopped, and a silo is
# frozen for a while, each at a random moment of a run. Odd runs are of fit, even ones of evaluate. DATA and TARGET name another CSV file;
# FSTACK another build. Ends with the line "Cluster: N passed, N failed". Without Redis (Debian: redis-server) it prints a
# message and succeeds.
set -uo pipefail
cd "$(dirname "$0")/.."
fstack=${FSTACK:-$PWD/src/FunctionalStack.Cli/bin/Release/net10.0/fstack.dll}
silos=${SILOS:-3} coordinators=${COORDINATORS:-2} stops=${STOPS:-1} freezes=${FREEZES:-1} stopped=${STOPPED:-10} frozen=${FROZEN:-20}

if ! command -v redis-server >/dev/null; then
  { [ "$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server; } >/dev/null 2>&1
fi
command -v redis-server >/dev/null || { echo "Cluster: redis-server is not here and can't be installed: NOT tested."; exit 0; }

work=$(mktemp -d)
mkdir "$work/silos"
running=()
finish() {
  touch "$work/over"
  for pid in "${running[@]}" ${run:-} $(cat "$work"/silos/* 2>/dev/null); do kill -CONT "$pid"; kill -9 "$pid"; done 2>/dev/null
  wait 2>/dev/null
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
supervised() {
  while [ ! -e "$work/over" ]; do
    dotnet "$fstack" cluster silo --cluster "$address" --name test --cores 1 >>"$work/silo.log" 2>&1 &
    echo $! > "$work/silos/$1"
    wait $!
    sleep 0.5
  done
}
one_silo() { cat "$work"/silos/* | shuf -n 1; }
now() { date +%s%3N; }

passed=0 failed=0 slowest=0
target=${TARGET:-survived}
# Each line of standard error with its time in milliseconds.
stamped() { while IFS= read -r line; do echo "$(now) $line"; done > "$work/err"; }
# start NUMBER ARGS...: a run in the background. Odd ones make $work/m.fstack, even ones $work/m.json.
start() {
  local number=$1; shift
  rm -f "$work"/m.*
  if [ $((number % 2)) = 1 ]; then
    dotnet "$fstack" fit --data "$work/data.csv" --target "$target" --model "$work/m.fstack" --seed 7 "$@" >/dev/null 2> >(stamped) &
  else
    dotnet "$fstack" evaluate --data "$work/data.csv" --target "$target" --folds 2 --seed 7 --json "$@" >"$work/m.json" 2> >(stamped) &
  fi
  run=$!
}
plain() { sed -E 's/"seconds":[0-9.e-]+/"seconds":0/; s/,"run":\{[^}]*\}//' "$1"; }
# same NAME NUMBER: the result of the run is that of one process.
same() {
  local equal=no
  if [ $(($2 % 2)) = 1 ]; then cmp -s "$work/one.fstack" "$work/m.fstack" && equal=yes
  else [ -s "$work/m.json" ] && [ "$(plain "$work/one.json")" = "$(plain "$work/m.json")" ] && equal=yes; fi
  sleep 0.2
  if [ $equal = yes ]; then passed=$((passed + 1)); echo "$1: the same bytes; $(grep -oh 'cluster: .*' "$work/err")"
  else failed=$((failed + 1)); echo "$1: OTHER bytes, or none: $(tail -n 2 "$work/err")"; fi
}
# noticed SINCE: when the run saw that a silo was gone.
noticed() {
  local at; at=$(grep -m 1 'left the cluster' "$work/err" | cut -d' ' -f1)
  [ -n "$at" ] && [ $((at - $1)) -gt "$slowest" ] && slowest=$((at - $1))
}
# A random moment of a run.
moment() { sleep "$(awk -v most="$duration" -v draw="$RANDOM" 'BEGIN { print most * draw / 32768 / 1000 }')"; }

if [ -n "${DATA:-}" ]; then cp "$DATA" "$work/data.csv"
else files=$(dotnet "$fstack" data get titanic --to "$work/sets") && cp "$(head -n 1 <<<"$files")" "$work/data.csv" || { echo "Cluster: no data"; exit 1; }; fi
for number in 1 2; do
  start $number --threads 2; wait "$run" || { cat "$work/err"; exit 1; }
  mv "$work"/m.* "$work/one.$([ $number = 1 ] && echo fstack || echo json)"
done

start 1 --cluster local:1; wait "$run"; same "local:1" 1
start 2 --cluster local:3; wait "$run"; same "local:3" 2
start_redis
for i in 1 2 3; do supervised "$i" & running+=("$!"); done
for number in 1 2; do
  began=$(now); start $number --cluster "$address" --name test; wait "$run"; same "3 silos" $number; duration=$(($(now) - began))
done

for i in $(seq "$silos"); do
  start "$i" --cluster "$address" --name test
  moment; kill -9 "$(one_silo)" 2>/dev/null; at=$(now)
  wait "$run"; same "silo killed, $i" "$i"; noticed "$at"
done
for i in $(seq "$freezes"); do
  start "$i" --cluster "$address" --name test
  moment; pid=$(one_silo); kill -STOP "$pid" 2>/dev/null; at=$(now)
  { sleep "$frozen"; kill -CONT "$pid" 2>/dev/null; } & thaw=$!
  wait "$run"; same "silo frozen, $i" "$i"; noticed "$at"; wait "$thaw"
done
for i in $(seq "$coordinators"); do
  start "$i" --cluster "$address" --name test --run "$work/run$i"
  moment; kill -9 "$run" 2>/dev/null; wait "$run" 2>/dev/null
  start "$i" --cluster "$address" --name test --run "$work/run$i"; wait "$run"; same "coordinator killed, $i" "$i"
done
for i in $(seq "$stops"); do
  start "$i" --cluster "$address" --name test
  moment; kill "$redis"; wait "$redis" 2>/dev/null; sleep "$stopped"; start_redis
  wait "$run"; same "Redis stopped, $i" "$i"
done
# Narrower vectors sum in another order.
if grep -q avx2 /proc/cpuinfo 2>/dev/null; then
  DOTNET_EnableAVX2=0 dotnet "$fstack" cluster silo --cluster "$address" --name test --cores 1 >"$work/other" 2>&1; code=$?
  if [ $code = 2 ] && grep -q 'this silo is of build' "$work/other"; then passed=$((passed + 1)); echo "another build: refused by name"
  else failed=$((failed + 1)); echo "another build: NOT refused: $code $(cat "$work/other")"; fi
fi
[ "$slowest" -eq 0 ] || echo "Silos were noticed as gone after at most $slowest ms."
echo "Cluster: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
