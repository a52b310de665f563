#!/usr/bin/env bash
# Runs the libtorch peer: run.sh THREADS BATCH STEPS. Its native library wants GLIBCXX 3.4.32; where this system's is
# older it runs in a Debian trixie root under $TRIXIE_ROOT (default: the user's cache), made by debootstrap (root only).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/bin/Release/net10.0
[ -f "$bin/torch.dll" ] || dotnet build "$here" -c Release --nologo -v quiet >&2
if ldconfig -p | awk '/libstdc\+\+.so.6 /{print $NF}' | head -n 1 | xargs grep -q GLIBCXX_3.4.32; then exec dotnet "$bin/torch.dll" "$@"; fi
root=${TRIXIE_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/fstack-trixie}
[ -x "$root/usr/bin/dpkg" ] || debootstrap --variant=minbase --include=libstdc++6 trixie "$root" >&2
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
for pair in "$sdk usr/share/dotnet" "$bin peer-torch" "/sys sys" "/dev dev" "/proc proc"; do
  set -- $pair "$@"
  mkdir -p "$root/$2"
  mountpoint -q "$root/$2" || mount --rbind "$1" "$root/$2"
  shift 2
done
exec chroot "$root" env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 /usr/share/dotnet/dotnet /peer-torch/torch.dll "$@"
