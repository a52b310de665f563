#!/usr/bin/env bash
# Makes the documentation as a site: the pages of docs and the API reference from the XML comments, by docfx, which also checks every
# link between the pages.
#   dotnet build FunctionalStack.sln -c Release && bash scripts/site.sh FOLDER
# Without FOLDER, the site is made to check it, and deleted. docfx is fetched as any package is; where it cannot be, the script prints
# a message and succeeds. Ends with the line "Site: N passed, N failed".
set -uo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/_site
if [ -n "${1:-}" ]; then
  mkdir -p "$1" && site=$(cd "$1" && pwd) || exit 2
  if [ -n "$(ls -A "$site")" ]; then echo "$1 has files. Give an empty folder."; exit 2; fi
fi

cd "$here" || exit 1
if ! dotnet tool install docfx --version 2.81.0 --tool-path "$work/tool" >"$work/log" 2>&1; then
  echo "Site: docfx cannot be fetched here: NOT made."
  exit 0
fi

# A copy, since the home page of the site is the README, and a folder is no page.
mkdir -p "$work/pages/assemblies" "$work/pages/tests/golden"
cd "$work/pages" || exit 1
cp -r "$here/docs" .
cp "$here/README.md" index.md
cp "$here"/{CONTRIBUTING,CHANGELOG}.md .
cp "$here/tests/golden/README.md" tests/golden/
cp "$here"/docs/site/* .
rm -rf docs/site
{ echo "# Decisions"; echo; for page in docs/adr/*.md; do echo "- [$(sed -n '1s/^# *//p' "$page")]($(basename "$page"))"; done; } > docs/adr/index.md
find . -name '*.md' -exec sed -i -E 's#\]\(((\.\./)*)README\.md#](\1index.md#g; s#\]\((([^)]*/)?adr)/?\)#](\1/index.md)#g' {} +
sed -i 's#\](\(\.\./\)*tests/golden/index.md#](\1tests/golden/README.md#g' docs/*.md

# Beside the assemblies they depend on, which docfx reads too.
for project in src/FunctionalStack.{Cli,MLNet,FSharp,Laws} gpu-kernels/FunctionalStack.Gpu; do
  cp -n "$here/$project"/bin/Release/net10.0/*.dll "$here/$project"/bin/Release/net10.0/FunctionalStack*.xml assemblies/ || exit 1
done
cp -n "$here"/tests/FunctionalStack.MLNet.Tests/bin/Release/net10.0/{Microsoft,System}.*.dll assemblies/ || exit 1

if "$work/tool/docfx" docfx.json --output "$site" --warningsAsErrors >"$work/log" 2>&1; then
  pages=$(find "$site" -name '*.html' | wc -l)
  echo "Site: $pages pages, every link between them leads somewhere"
  echo "Site: 1 passed, 0 failed"
else
  grep -E 'warning|error' "$work/log" | grep -v 'warning(s)\|error(s)' | head -n 30
  echo "Site: 0 passed, 1 failed"
  exit 1
fi
