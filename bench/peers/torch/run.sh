#!/usr/bin/env bash
# Runs the libtorch peer: run.sh THREADS BATCH STEPS. Its native library needs GLIBCXX 3.4.32. If this system has an older
# one, it runs in the Debian trixie root of scripts/opencl-root.sh (as root only).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/bin/Release/net10.0
[ -f "$bin/torch.dll" ] || dotnet build "$here" -c Release --nologo -v quiet >&2
if ldconfig -p | awk '/libstdc\+\+.so.6 /{print $NF}' | head -n 1 | xargs grep -q GLIBCXX_3.4.32; then exec dotnet "$bin/torch.dll" "$@"; fi
ROOT_FOR="a newer libstdc++" exec bash "$here/../../../scripts/opencl-root.sh" dotnet "$bin/torch.dll" "$@"
