#!/usr/bin/env bash
# Draws the figures of docs/experiments.md again: figures.sh [FOLDER of MNIST's four files]
# Takes two minutes on two cores, and two more with MNIST. The same sources and machine give the same files.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/FunctionalStack.Cli -c Release --nologo -v quiet
fstack() { dotnet src/FunctionalStack.Cli/bin/Release/net10.0/fstack.dll "$@" --figures "$work" >/dev/null; }
for demo in iris titanic digits batchnorm otto; do fstack demo "$demo"; done
[ $# -eq 0 ] || fstack demo mnist --data "$1"
# Those that the page shows.
for file in "$work"/*.svg; do
  ! grep -q "figures/$(basename "$file")" docs/experiments.md || cp "$file" docs/figures/
done
