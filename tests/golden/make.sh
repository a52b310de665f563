#!/usr/bin/env bash
# Fits the specs of this folder and writes models and predictions to a new folder, once for each new format or set of records:
#   bash tests/golden/make.sh format-3
# Files that are here stay as they are: GoldenFilesTests reads them with every later version.
set -euo pipefail
cd "$(dirname "$0")"
if [ -e "$1" ]; then echo "$1 exists: golden files are never written again."; exit 2; fi
fstack() { dotnet "${FSTACK:-../../src/FunctionalStack.Cli/bin/Release/net10.0/fstack.dll}" "$@"; }
mkdir "$1"
for spec in *.json; do
  name=${spec%.json} target=${spec%%[-.]*}
  more=(); case $name in score) more=(--conformal 2) ;; win-platt) more=(--conformal 2 --threshold f1) ;; esac
  fstack fit --data "$target-train.csv" --target "$target" --id id --spec "$spec" --seed 42 --model "$1/$name.fstack" "${more[@]}"
  asked=(--probabilities); if [ "$target" = score ]; then asked=(--intervals 0.8); fi
  fstack predict --model "$1/$name.fstack" --data "$target-test.csv" --out "$1/$name.csv" "${asked[@]}"
done
