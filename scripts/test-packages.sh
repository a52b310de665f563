#!/usr/bin/env bash
# Packs the libraries and the tool into an empty folder, restores them from there into empty projects of C# and F#, runs the
# programs of docs/package.md, and installs and runs the tool:
#   bash scripts/test-packages.sh               the tool for this platform only
#   bash scripts/test-packages.sh FEED          for all platforms; the packages are kept in the folder FEED
# Needs no network beyond what building the repository needs. Ends with the line "Packages: N passed, N failed".
set -uo pipefail
kept=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
if [ -n "${1:-}" ]; then
  if [ -z "$kept" ] || find "$kept" -mindepth 1 ! -name '*.nupkg' ! -name '*.snupkg' | grep -q .; then
    echo "$1 is not a folder for packages, or has other files. Give an empty folder."
    exit 2
  fi
fi
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
feed=${kept:-$work/feed}
passed=0 failed=0

try() { # name, command...
  local name=$1; shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "Packages: $name: passed"
  else failed=$((failed + 1)); echo "Packages: $name: FAILED"; tail -n 30 "$work/log"; fi
}

finish() {
  echo "Packages: $passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

libraries() {
  for project in src/FunctionalStack{.Core,.Learners,.Neural,.IO,.Columnar,.Onnx,.MLNet,}/*.csproj src/FunctionalStack.FSharp/*.fsproj gpu-kernels/*/*.csproj; do
    dotnet pack "$project" -c Release -o "$feed" -v quiet --nologo || return 1
  done
}

# No dependency below or above what its range allows, none of Paket, and the files that every package shows.
contents() {
  for package in "$feed"/FunctionalStack*.nupkg; do
    local name; name=$(basename "$package" .nupkg)
    unzip -qo "$package" -d "$work/contents/$name" || return 1
    local spec; spec=$(ls "$work/contents/$name"/*.nuspec)
    for part in README.md icon.png; do [ -f "$work/contents/$name/$part" ] || { echo "$name: no $part"; return 1; }; done
    grep -q '<description>Package Description' "$spec" && { echo "$name: no description"; return 1; }
    grep -qE 'version="\[[^,]*\]"' "$spec" && { echo "$name: an exact version"; grep dependency "$spec"; return 1; }
    grep -qi paket "$spec" && { echo "$name: names Paket"; return 1; }
    ls "$work/contents/$name"/lib/net10.0/*.xml >/dev/null || { echo "$name: no documentation"; return 1; }
    find "$work/contents/$name" -path '*native*' | grep -q . && { echo "$name: native files"; return 1; }
    [ -f "${package%.nupkg}.snupkg" ] || { echo "$name: no symbols"; return 1; }
    [ "$(stat -c %s "$package")" -le 3145728 ] || { echo "$name: above 3 MB"; return 1; }
  done
  grep -q '<dependency ' "$work"/contents/FunctionalStack.Core.*/*.nuspec && { echo "Core has dependencies"; return 1; }
  return 0
}

# The packages of others come from NuGet's package folder, which building the repository has filled.
sources() {
  local folder; folder=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
  cat >"$work/nuget.config" <<END
<configuration>
  <packageSources><clear /><add key="feed" value="$feed" /></packageSources>
  <fallbackPackageFolders><clear /><add key="here" value="$folder" /></fallbackPackageFolders>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
</configuration>
END
}

block() { awk -v language="$1" '$0 == "```" language { inside = 1; next } /^```/ { inside = 0 } inside' docs/package.md; }

program() ( # template language, package, file, code language
  local folder="$work/$3" version; version=$(basename "$feed"/FunctionalStack.Core.*.nupkg .nupkg | sed 's/FunctionalStack.Core.//')
  mkdir -p "$folder" && cd "$folder" || return 1
  local compile=""; [ "$4" = fsharp ] && compile='<Compile Include="Program.fs" />'
  cat >"$3" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    $compile
    <PackageReference Include="$2" Version="$version" />
  </ItemGroup>
</Project>
END
  (cd "$here" && block "$4") >"Program.$1"
  dotnet run -c Release && [ -z "$(find . -path '*native*' -name '*.so')" ]
)

tool() {
  local platform; platform=$(dotnet --info | sed -n 's/^ *RID: *//p')
  local only=-p:ToolPackageRuntimeIdentifiers=$platform
  [ -n "$kept" ] && only=-nologo
  dotnet pack src/FunctionalStack.Cli -c Release -o "$feed" -v quiet "$only" || return 1
  for package in "$feed"/fstack*.nupkg; do
    [ "$(stat -c %s "$package")" -le 15728640 ] || { echo "$package: above 15 MB"; return 1; }
  done
  dotnet tool install fstack --tool-path "$work/tools" --configfile "$work/nuget.config" || return 1
  "$work/tools/fstack" --version && "$work/tools/fstack" demo iris
}

mkdir -p "$feed" "$work/contents" && rm -f "$feed"/*.nupkg "$feed"/*.snupkg
try "the libraries are packed" libraries
[ "$failed" -eq 0 ] || finish
try "their contents" contents
sources
try "ten lines of C#" program cs FunctionalStack csharp.csproj csharp
try "ten lines of F#" program fs FunctionalStack.FSharp fsharp.fsproj fsharp
try "the tool is packed, installed and runs" tool
finish
