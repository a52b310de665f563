#!/usr/bin/env bash
# Runs a command where OpenCL can run the library's kernels:   scripts/opencl-root.sh COMMAND [ARGUMENT...]
#
# Where this system has an OpenCL loader and a device with a generic address space, the command simply runs. Else it runs
# in a Debian trixie root with PoCL 6 (OpenCL on the processor) under $TRIXIE_ROOT, by default in the user's cache: made by
# debootstrap the first time, which takes a few minutes and 1.5 GB. This system's dotnet, its package folder and the
# checkout are mounted there, each at its own path. Exit code 77: it can't be done here; one line on standard error says why.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=${TRIXIE_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/fstack-trixie}

cannot() { echo "OpenCL can't be had here: $1" >&2; exit 77; }

# ILGPU loads libOpenCL.so, the development package's name for it.
if [ -z "${OPENCL_ROOT_ALWAYS:-}" ] && ldconfig -p 2>/dev/null | grep -q 'libOpenCL\.so ' && clinfo 2>/dev/null | grep -qi 'generic address space.*yes'; then exec "$@"; fi

[ "$(id -u)" = 0 ] || cannot "this system has no OpenCL device with a generic address space, and only root can make a root with one"
mkdir -p "$root" 2>/dev/null || cannot "$root can't be made"
exec 9>"$root.lock"
flock 9

# Made beside and renamed, so that one half made is never taken for a whole.
if [ ! -e "$root/.complete" ] && ! [ -x "$root/usr/bin/clinfo" ]; then
  command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; } >/dev/null 2>&1 || cannot "debootstrap is not there and can't be installed"
  rm -rf "$root.new"
  echo "making a Debian trixie root with PoCL in $root, once; a few minutes" >&2
  debootstrap --variant=minbase --include=pocl-opencl-icd,ocl-icd-opencl-dev,clinfo,libstdc++6,ca-certificates trixie "$root.new" >"$root.log" 2>&1 || {
    rm -rf "$root.new"
    cannot "debootstrap failed: $(tail -n 1 "$root.log")"
  }
  rm -rf "$root" && mv "$root.new" "$root"
fi
touch "$root/.complete"

mounted() { # PLACE here, at the same path there unless another is given
  local there=$root/${2:-${1#/}}
  [ -e "$1" ] || return 0
  mkdir -p "$there"
  mountpoint -q "$there" || mount --rbind "$1" "$there" || cannot "$1 can't be mounted in $root"
}
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
mounted "$sdk"
mounted "$here"
mounted "$packages"
mounted /sys
mounted /dev
mounted /proc
flock -u 9

exec chroot "$root" env -i PATH="$sdk:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/tmp TMPDIR=/tmp DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
  DOTNET_NOLOGO=1 NUGET_PACKAGES="$packages" bash -c 'cd "$1" && shift && exec "$@"' opencl-root "$PWD" "$@"
