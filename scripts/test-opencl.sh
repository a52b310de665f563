#!/usr/bin/env bash
# Runs the backend suite on every OpenCL device that scripts/opencl-root.sh provides. The tests must be built:
#   dotnet build tests/FunctionalStack.Backend.Tests -c Release && bash scripts/test-opencl.sh
# Ends with the line "OpenCL: N passed, N failed, N skipped". Without OpenCL it prints a message and succeeds.
set -uo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here" || exit 1
suite=tests/FunctionalStack.Backend.Tests/bin/Release/net10.0/FunctionalStack.Backend.Tests.dll
bash scripts/opencl-root.sh true
code=$?
if [ $code -eq 77 ]; then
  echo "OpenCL was NOT tested."
  exit 0
fi

results=$(mktemp -d "$here/tests/FunctionalStack.Backend.Tests/obj/opencl.XXXXXX") || exit 1
trap 'rm -rf "$results"' EXIT
bash scripts/opencl-root.sh dotnet vstest "$suite" --TestCaseFilter:"DisplayName~opencl" --ResultsDirectory:"$results" "--logger:trx;LogFileName=opencl.trx"
code=$?

# <Counters total="40" executed="38" passed="38" failed="0" .../>
count() { grep -oE "<Counters [^>]*" "$results/opencl.trx" 2>/dev/null | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' || echo 0; }
passed=$(count passed) failed=$(count failed) total=$(count total)
# A run without tests is a failure.
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
[ $code -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
skipped=$((total > passed + failed ? total - passed - failed : 0))
echo "OpenCL: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
