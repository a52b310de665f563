#!/usr/bin/env bash
# Kills the tool at random moments, fills its disk, and makes its folders read-only. Each run must end with the bytes of an undisturbed run, or
# with one message and no file:
#   dotnet build src/FunctionalStack.Cli -c Release && bash scripts/test-faults.sh
# KILLS (6) is how often `fit --run` and `train --checkpoint` are killed each. Disks need the right to mount: without it, that part is skipped
# with a message. Ends with the line "Faults: N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
fstack=$PWD/src/FunctionalStack.Cli/bin/Release/net10.0/fstack.dll
kills=${KILLS:-6}
work=$(mktemp -d)
disk=$work/disk
trap 'umount "$disk" 2>/dev/null; rm -rf "$work"' EXIT
passed=0 failed=0
tool() { dotnet "$fstack" "$@"; }
ok() { passed=$((passed + 1)); echo "Faults: $1"; }
wrong() { failed=$((failed + 1)); echo "Faults: $1: FAILED"; tail -n 5 "$work/err"; }

files=$(tool data get titanic --to "$work/sets") && cp "$(head -n 1 <<<"$files")" "$work/data.csv" || exit 1
digits=$(tool data get digits --to "$work/sets" | head -n 1)

# Images of digits as IDX files: the first 400 rows to train on, and the next 100 to test on.
idx() { # first row, rows, part
  local big; big=$(printf '\\0%03o\\0%03o' $(($2 / 256)) $(($2 % 256)))
  local pixels; pixels=$(tail -n +2 "$digits" | sed -n "$1,$(($1 + $2 - 1))p" | awk -F, '{ for (i = 1; i <= 64; i++) printf "\\0%03o", $i * 15 }')
  local labels; labels=$(tail -n +2 "$digits" | sed -n "$1,$(($1 + $2 - 1))p" | awk -F, '{ printf "\\0%03o", $65 }')
  printf '%b' "\\0000\\0000\\0010\\0003\\0000\\0000$big\\0000\\0000\\0000\\0010\\0000\\0000\\0000\\0010$pixels" >"$work/images/$3-images-idx3-ubyte"
  printf '%b' "\\0000\\0000\\0010\\0001\\0000\\0000$big$labels" >"$work/images/$3-labels-idx1-ubyte"
}
mkdir "$work/images" && idx 1 400 train && idx 401 100 t10k

fit() { tool fit --data "$work/data.csv" --target survived --seed 7 --threads 2 --model "$@" >/dev/null 2>"$work/err"; }
train() { tool train --images "$work/images" --seed 7 --epochs 12 --model "$@" >/dev/null 2>"$work/err"; }
fit "$work/one.fstack" || { cat "$work/err"; exit 1; }
train "$work/one-net.fstack" || { cat "$work/err"; exit 1; }

killed() { # name, the model of an undisturbed run, the most tenths of a second until a kill, command...
  local name=$1 expected=$2 most=$3 hits=0; shift 3
  for _ in $(seq "$kills"); do
    "$@" & local run=$!
    sleep "0.$((RANDOM % 10))"; sleep "$((RANDOM % (most + 1) / 10)).$((RANDOM % 10))"
    # The tool is a child of the subshell that runs the function.
    pkill -9 -P "$run" && hits=$((hits + 1))
    # A run that ended in time begins anew.
    wait "$run" 2>/dev/null && rm -rf "$work/run" "$work/m.check"
  done
  "$@"
  local left; left=$(find "$work" -maxdepth 1 -name '*.fstack*' ! -name 'one*' ! -name m.fstack ! -name m.check)
  if cmp -s "$expected" "$work/m.fstack" && [ -z "$left" ]; then ok "$name: the same bytes after $hits of $kills kills"
  else wrong "$name after $hits kills; files left: $left"; fi
  rm -rf "$work/m.fstack" "$work/run" "$work/m.check"
}
killed "fit --run" "$work/one.fstack" 30 fit "$work/m.fstack" --run "$work/run"
killed "train --checkpoint" "$work/one-net.fstack" 20 train "$work/m.fstack" --checkpoint "$work/m.check" --resume

# Two processes on one run folder: the second is refused, and the first ends as ever.
fit "$work/m.fstack" --run "$work/run" & first=$!
for _ in $(seq 100); do [ -e "$work/run/lock" ] && break; sleep 0.05; done
tool fit --data "$work/data.csv" --target survived --seed 7 --model "$work/second.fstack" --run "$work/run" >/dev/null 2>"$work/err2"; code=$?
wait "$first"
if cmp -s "$work/one.fstack" "$work/m.fstack" && { [ $code -ne 0 ] && grep -q "in use by another run" "$work/err2" || cmp -s "$work/one.fstack" "$work/second.fstack"; }
then ok "two processes on one run folder"; else wrong "two processes on one run folder"; fi
rm -rf "$work/m.fstack" "$work/second.fstack" "$work/run"

refused() { # name, command...: fails with a message of one line, not with a stack trace, and leaves no file
  local name=$1; shift
  if "$@" >"$work/out" 2>"$work/err"; then wrong "$name did not fail"
  elif grep -q '^   at ' "$work/err" || [ -n "$(find "$disk" -type f ! -name filler)" ]; then wrong "$name: a stack trace, or files $(ls "$disk")"
  else ok "$name: $(grep -v '^note:' "$work/err" | tail -n 1 | sed "s|$work||g" | cut -c 1-150)"; fi
  find "$disk" -mindepth 1 ! -name filler -delete 2>/dev/null
}
writers() { # where
  refused "fit on $1" tool fit --data "$work/data.csv" --target survived --model "$disk/m.fstack"
  refused "train on $1" tool train --images "$work/images" --epochs 1 --model "$disk/m.fstack"
  refused "predict on $1" tool predict --model "$work/one.fstack" --data "$work/data.csv" --out "$disk/p.csv"
  refused "export on $1" tool export --model "$work/one.fstack" --onnx "$disk/m.onnx"
  refused "score --report on $1" tool score --model "$work/one.fstack" --data "$work/data.csv" --report "$disk/report"
  refused "new on $1" tool new --data "$work/data.csv" --target survived --out "$disk/spec.json"
  refused "data get on $1" tool data get digits --to "$disk/sets"
}
mkdir "$disk"
if mount -t tmpfs -o size=64k tmpfs "$disk" 2>/dev/null; then
  head -c 1M /dev/zero >"$disk/filler" 2>/dev/null
  writers "a full disk"
  rm "$disk/filler"; mount -o remount,ro "$disk"
  writers "a read-only disk"
else echo "Faults: disks cannot be mounted here: NOT tested."; fi

echo "Faults: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
