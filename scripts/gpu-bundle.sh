#!/usr/bin/env bash
# Packs the tests and benchmarks for a machine with a GPU but without .NET: gpu-bundle.sh [ARCHIVE.tar.xz]
#
# The archive (linux-x64, self-contained) has the backend suite, fstack and the benchmark. After unpacking it,
#   ./run.sh [FOLDER of MNIST's four .gz files]
# runs all three on every device and writes report.txt and report.json.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
archive=$(realpath -m "${1:-$here/fstack-gpu-linux-x64.tar.xz}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$work/fstack-gpu
cd "$here"
for project in tests/FunctionalStack.Backend.Runner src/FunctionalStack.Cli bench/FunctionalStack.Bench; do
  dotnet publish "$project" -c Release -r linux-x64 --self-contained -p:DebugType=none -p:PublishReadyToRun=false -o "$out/bin" --nologo -v quiet
done

# Files that no program of the bundle needs: test hosts, symbols and documentation.
rm -rf "$out"/bin/*.pdb "$out"/bin/*.xml "$out"/bin/testhost* "$out"/bin/Microsoft.TestPlatform.* "$out"/bin/Microsoft.VisualStudio.* "$out"/bin/createdump
cp scripts/gpu-bundle-run.sh "$out/run.sh"
chmod +x "$out/run.sh"
tar -C "$work" -cf - fstack-gpu | xz -9 -T 0 >"$archive.new"
mv "$archive.new" "$archive"
echo "$archive: $(($(stat -c %s "$archive") >> 20)) MiB"
