#!/usr/bin/env bash
# Installs Debian's chromium for the tests of pages, if no browser is there and this user may. Otherwise one line says why not;
# those tests are then skipped.
set -uo pipefail
for name in "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome chrome; do
  if command -v "$name" >/dev/null; then echo "Browser: $(command -v "$name")"; exit 0; fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then echo "Browser: none, and only root can install Debian's chromium: pages are NOT tested."; exit 0; fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1 && command -v chromium >/dev/null; then
  echo "Browser: $(command -v chromium), installed"
else
  echo "Browser: chromium can't be installed ($(tail -n 1 "$log")): pages are NOT tested."
fi
