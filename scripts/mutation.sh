#!/usr/bin/env bash
# Mutation testing of one folder of a library by the tests at the mirrored path, with dotnet-stryker:
#   bash scripts/mutation.sh Core Metrics
#   bash scripts/mutation.sh Core Folds
# Works on a clone of the last commit in a temporary folder, and takes some minutes. Prints the surviving mutants with their lines, and
# the share that was killed. Stryker is fetched as any package is. The figures stand in docs/reliability.md.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
if [ $# -ne 2 ] || [ ! -d "src/FunctionalStack.$1/$2" ]; then
  echo "Give a library and a folder of it, such as: bash scripts/mutation.sh Core Metrics"
  exit 2
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$work/tool" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
git clone -q . "$work/clone" && cd "$work/clone" || exit 1
dotnet restore FunctionalStack.sln -v quiet >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cd "tests/FunctionalStack.$1.Tests" || exit 1
"$work/tool/dotnet-stryker" --project "FunctionalStack.$1.csproj" --mutate "**/$2/**/*.cs" --test-case-filter "FullyQualifiedName~.$2." \
  --configuration Release --reporter json --break-at 0 --output "$work/result" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
dotnet run --file "$work/clone/scripts/mutation/survivors.cs" -- "$work/result"
