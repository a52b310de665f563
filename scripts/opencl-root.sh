#!/usr/bin/env bash
# Runs a command where OpenCL can run the library's kernels:   scripts/opencl-root.sh COMMAND [ARGUMENT...]
#
# Where this system has an OpenCL loader and a device with a generic address space, the command simply runs. Else it runs
# in a Debian trixie root with PoCL 6 (OpenCL on the processor) under $TRIXIE_ROOT, by default in the user's cache: made by
# debootstrap the first time, which takes a few minutes and 1.5 GB. This system's dotnet, its package folder and the
# checkout are mounted there, each at its own path, in a mount namespace of the command's own: they are gone when it ends.
# ROOT_FOR=WHAT asks for the root whatever OpenCL there is, for WHAT. Exit code 77: it can't be done here; one line on
# standard error says why.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(realpath -m "${TRIXIE_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/fstack-trixie}")

cannot() { echo "${ROOT_FOR:-OpenCL} can't be had here: $1" >&2; exit 77; }
has_generic() { grep -qiE 'generic address space.*yes' <<<"$1"; }

# ILGPU loads libOpenCL.so, the development package's name for it. ldconfig is not in everybody's PATH.
if [ -z "${ROOT_FOR:-}" ] && libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) && grep -q 'libOpenCL\.so ' <<<"$libraries" &&
  devices=$(clinfo 2>/dev/null) && has_generic "$devices"; then exec "$@"; fi

[ "$(id -u)" = 0 ] || cannot "this system lacks what it needs, and only root can make a Debian root that has it"
dotnet=$(command -v dotnet) || cannot "dotnet is not in PATH"
sdk=$(dirname "$(readlink -f "$dotnet")")
[ -d "$sdk/shared" ] || cannot "$sdk, where dotnet is, is no folder of an SDK"

# Mounts of its own: nothing to unmount, nothing left behind when killed, and no other run's to stumble over.
if [ "${MOUNTS_OF:-}" != $$ ]; then
  unshare --mount --propagation private true 2>/dev/null || cannot "mounting is not allowed here"
  MOUNTS_OF=$$ exec unshare --mount --propagation private bash "$0" "$@"
fi

mounted() { # ROOT PLACE: a place of this system's, at the same path there
  [ -e "$2" ] || return 0
  mkdir -p "$1$2" && mount --rbind "$2" "$1$2" || cannot "$2 can't be mounted in $1"
}
system_mounted() { mounted "$1" /sys; mounted "$1" /dev; mounted "$1" /proc; }
serves() { # ROOT: whether its OpenCL has what ILGPU needs
  local devices
  devices=$(chroot "$1" clinfo 2>/dev/null) && has_generic "$devices"
}
discard() { # A root half made; what is still mounted in it would be deleted through.
  local place
  awk -v under="$1/" 'index($5, under) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r place; do umount -l "$place" || return 1; done &&
    rm -rf --one-file-system "$1"
}

mkdir -p "$(dirname "$root")" 2>/dev/null && { exec 9>"$root.lock"; } 2>/dev/null || cannot "$(dirname "$root") can't be written"
flock 9
system=""
if [ ! -e "$root/.complete" ]; then
  if [ -x "$root/usr/bin/clinfo" ]; then
    # Made by hand; whole if it works.
    system_mounted "$root"
    system=mounted
    serves "$root" || cannot "the OpenCL in $root does not work; move it away, or set TRIXIE_ROOT to another folder"
  else
    # Never deleted: it may be anything, and anything may be mounted in it.
    [ ! -e "$root" ] || rmdir "$root" 2>/dev/null || cannot "$root is not this script's; move it away, or set TRIXIE_ROOT to another folder"
    command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; } >/dev/null 2>&1 || cannot "debootstrap is not there and can't be installed"
    # Made beside, tried and renamed, so that one half made is never taken for a whole.
    discard "$root.new" || cannot "$root.new is left from before and can't be deleted"
    echo "making a Debian trixie root with PoCL in $root, once; a few minutes" >&2
    # It holds the lock too: should this script alone be killed, the next run waits for what it left running.
    debootstrap --variant=minbase --include=pocl-opencl-icd,ocl-icd-opencl-dev,clinfo,libstdc++6,ca-certificates trixie "$root.new" >"$root.log" 2>&1 || {
      why=$(tail -n 1 "$root.log")
      discard "$root.new" || true
      cannot "debootstrap failed: $why"
    }
    system_mounted "$root.new"
    serves "$root.new" || { discard "$root.new" || true; cannot "PoCL finds no device with a generic address space"; }
    for place in proc dev sys; do umount -l "$root.new/$place"; done
    mv -T "$root.new" "$root" || cannot "$root can't be made"
    rm -f "$root.log"
  fi
  touch "$root/.complete"
fi
exec 9>&-

[ -n "$system" ] || system_mounted "$root"
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
for place in "$sdk" "$here" "$packages"; do mounted "$root" "$place"; done
unset MOUNTS_OF
exec chroot "$root" env -i PATH="$sdk:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/tmp TMPDIR=/tmp DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
  DOTNET_NOLOGO=1 NUGET_PACKAGES="$packages" bash -c '{ cd "$1" || cd "$2"; } 2>/dev/null; shift 2; exec "$@"' opencl-root "$PWD" "$here" "$@"
