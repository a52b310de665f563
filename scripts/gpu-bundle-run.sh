#!/usr/bin/env bash
# Runs the backend suite, training and the benchmark on this machine's devices: run.sh [FOLDER of MNIST's four .gz files]
# Continues after a failed part. Writes report.txt, and report.json with one object per part. Exit code 1 if any part failed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/bin
cd "$here" || exit 1
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
mnist=${1:-}
parts=() failed=0
: >report.txt

part() { # name, seconds at most, command...
  local name=$1 limit=$2; shift 2
  echo "== $name: $*" | tee -a report.txt
  local start code last
  start=$(date +%s)
  timeout "$limit" "$@" 2>&1 | tee part.txt | tee -a report.txt
  code=${PIPESTATUS[0]}
  [ "$code" -eq 0 ] || failed=1
  [ "$code" -ne 124 ] || echo "ran past $limit s" | tee -a report.txt
  last=$(grep -v '^$' part.txt | tail -n 1 | tr -d '\\"' | tr '\t' ' ' | cut -c1-200)
  parts+=("{\"part\":\"$name\",\"exit\":$code,\"seconds\":$(($(date +%s) - start)),\"last\":\"$last\"}")
}

{ nvidia-smi 2>/dev/null || echo "no nvidia-smi"; } | tee -a report.txt
part devices 60 "$bin/fstack" devices
"$bin/fstack" devices --json >devices.json 2>/dev/null || echo '{}' >devices.json
devices=$(grep -oE '"id": ?"(cuda|opencl):[0-9]+"' devices.json | grep -oE '(cuda|opencl):[0-9]+' | sort -u)
[ -n "$devices" ] || echo "no CUDA or OpenCL device here: only the host and ILGPU's CPU accelerator are checked" | tee -a report.txt
case "$devices" in *cuda*) ;; *) echo "CUDA is absent" | tee -a report.txt ;; esac
part suite 3600 "$bin/backend-suite"
for device in host $devices; do
  part "bench $device" 600 "$bin/fstack" bench --backend "$device" --batch 32 --batch 256 --batch 2048 --json
  [ "$device" = host ] || part "operations $device, batch 32" 600 "$bin/FunctionalStack.Bench" device "$device" 32
  case $device in cuda*) part "operations $device, batch 2048" 600 "$bin/FunctionalStack.Bench" device "$device" 2048 ;; esac
  if [ -n "$mnist" ]; then part "MNIST $device" 3600 "$bin/fstack" train --images "$mnist" --epochs 10 --backend "$device" --seed 1 --model "net-${device/:/-}.fstack"
  else part "digits $device" 600 "$bin/fstack" demo digits --backend "$device"; fi
done
rm -f part.txt
{ printf '{"devices":'; cat devices.json; printf ',"parts":['; (IFS=,; printf '%s' "${parts[*]}"); printf ']}\n'; } >report.json
echo "report.txt and report.json are written; $([ $failed -eq 0 ] && echo all parts succeeded || echo a part FAILED)"
exit $failed
