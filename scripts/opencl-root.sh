#!/usr/bin/env bash
# Runs a command with an OpenCL that can run the kernels of the library:   scripts/opencl-root.sh COMMAND [ARGUMENT...]
#
# If this system has an OpenCL loader and a device with a generic address space, the command runs directly. Otherwise it runs
# in a Debian trixie root with PoCL 6 (OpenCL on the CPU) under $TRIXIE_ROOT, by default in the user's cache. The root is
# created by debootstrap on first use, which takes a few minutes and 1.5 GB. The dotnet folder, the package folder and the
# checkout of this system are mounted in it at the same paths, in a private mount namespace that ends with the command.
# ROOT_FOR=REASON always uses the root; the reason appears in messages. Exit code 77: not possible on this system; one line
# on standard error has the reason.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(realpath -m "${TRIXIE_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/fstack-trixie}")

cannot() { echo "${ROOT_FOR:-OpenCL} is not available here: $1" >&2; exit 77; }
has_generic() { grep -qiE 'generic address space.*yes' <<<"$1"; }

# ILGPU loads libOpenCL.so, which is in the development package. ldconfig may not be in PATH.
if [ -z "${ROOT_FOR:-}" ] && libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) && grep -q 'libOpenCL\.so ' <<<"$libraries" &&
  devices=$(clinfo 2>/dev/null) && has_generic "$devices"; then exec "$@"; fi

[ "$(id -u)" = 0 ] || cannot "this system lacks the requirements, and only root can create a Debian root with them"
dotnet=$(command -v dotnet) || cannot "dotnet is not in PATH"
sdk=$(dirname "$(readlink -f "$dotnet")")
[ -d "$sdk/shared" ] || cannot "$sdk, where dotnet is, is not the folder of an SDK"

# A private mount namespace: nothing to unmount, nothing left after a kill, and no conflicts with other runs.
if [ "${MOUNTS_OF:-}" != $$ ]; then
  unshare --mount --propagation private true 2>/dev/null || cannot "mounting is not allowed here"
  MOUNTS_OF=$$ exec unshare --mount --propagation private bash "$0" "$@"
fi

mounted() { # ROOT PLACE: mounts a path of this system at the same path in the root
  [ -e "$2" ] || return 0
  mkdir -p "$1$2" && mount --rbind "$2" "$1$2" || cannot "$2 can't be mounted in $1"
}
system_mounted() { mounted "$1" /sys; mounted "$1" /dev; mounted "$1" /proc; }
serves() { # ROOT: whether its OpenCL meets the requirements of ILGPU
  local devices
  devices=$(chroot "$1" clinfo 2>/dev/null) && has_generic "$devices"
}
discard() { # Removes an incomplete root. Mounts are unmounted first, so that their content is not deleted.
  local place
  awk -v under="$1/" 'index($5, under) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r place; do umount -l "$place" || return 1; done &&
    rm -rf --one-file-system "$1"
}

mkdir -p "$(dirname "$root")" 2>/dev/null && { exec 9>"$root.lock"; } 2>/dev/null || cannot "$(dirname "$root") can't be written"
flock 9
system=""
if [ ! -e "$root/.complete" ]; then
  if [ -x "$root/usr/bin/clinfo" ]; then
    # Created by hand; complete if it works.
    system_mounted "$root"
    system=mounted
    serves "$root" || cannot "the OpenCL in $root does not work; move it away, or set TRIXIE_ROOT to another folder"
  else
    # Never deleted: it may be any folder, with anything mounted in it.
    [ ! -e "$root" ] || rmdir "$root" 2>/dev/null || cannot "$root was not created by this script; move it away, or set TRIXIE_ROOT to another folder"
    command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; } >/dev/null 2>&1 || cannot "debootstrap is missing and can't be installed"
    # Created under another name, tested and renamed, so that an incomplete root is never used.
    discard "$root.new" || cannot "$root.new is left from an earlier run and can't be deleted"
    echo "creating a Debian trixie root with PoCL in $root, once; this takes a few minutes" >&2
    # debootstrap holds the lock too: if this script is killed, the next run waits for it.
    debootstrap --variant=minbase --include=pocl-opencl-icd,ocl-icd-opencl-dev,clinfo,libstdc++6,ca-certificates trixie "$root.new" >"$root.log" 2>&1 || {
      why=$(tail -n 1 "$root.log")
      discard "$root.new" || true
      cannot "debootstrap failed: $why"
    }
    system_mounted "$root.new"
    serves "$root.new" || { discard "$root.new" || true; cannot "PoCL finds no device with a generic address space"; }
    for place in proc dev sys; do umount -l "$root.new/$place"; done
    mv -T "$root.new" "$root" || cannot "$root can't be created"
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
