#!/usr/bin/env bash
# Runs the samples of docs/samples, C# and F#, with the Release build of the library, which it builds where it is not up to date:
#   bash scripts/test-samples.sh
# One sample is run as a reader runs it (dotnet run FILE.cs). For the others, projects with the same directives are built together,
# because a build for each file would check the projects that it refers to each time.
# Needs no network beyond what building the repository needs. Ends with the line "Samples: N passed, N failed".
set -uo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
samples=$here/docs/samples
built=$samples/obj
passed=0 failed=0

try() { # name, command...
  local name=$1; shift
  if "$@" </dev/null >"$work/log" 2>&1; then passed=$((passed + 1)); echo "Samples: $name: passed"
  else failed=$((failed + 1)); echo "Samples: $name: FAILED"; tail -n 30 "$work/log"; fi
}

# The values of a directive: "#:project A" gives A.
directive() { sed -n "s/^#:$2 //p" "$1"; }

# The project that 'dotnet run FILE.cs' makes of a file, below the folder of the file, so that it has the same Directory.Build.props.
project() { # file
  local name; name=$(basename "$1" .cs)
  local sdk; sdk=$(directive "$1" sdk)
  mkdir -p "$built/$name"
  {
    echo "<Project Sdk=\"${sdk:-Microsoft.NET.Sdk}\">"
    echo "  <PropertyGroup>"
    echo "    <OutputType>Exe</OutputType>"
    echo "    <EnableDefaultItems>false</EnableDefaultItems>"
    echo "    <Features>FileBasedProgram</Features>"
    directive "$1" property | sed -E 's|^([^=]+)=(.*)$|    <\1>\2</\1>|'
    echo "  </PropertyGroup>"
    echo "  <ItemGroup>"
    echo "    <Compile Include=\"$1\" />"
    echo "    <RuntimeHostConfigurationOption Include=\"EntryPointFileDirectoryPath\" Value=\"$samples\" />"
    directive "$1" project | sed "s|.*|    <ProjectReference Include=\"$samples/&\" />|"
    echo "  </ItemGroup>"
    echo "</Project>"
  } >"$built/$name/$name.csproj"
  echo "  <Project Path=\"$built/$name/$name.csproj\" />" >>"$work/list"
}

compile() {
  for file in "$samples"/*.cs; do project "$file"; done
  { echo "<Solution>"; cat "$work/list"; echo "  <Project Path=\"$here/src/FunctionalStack.FSharp/FunctionalStack.FSharp.fsproj\" />"; echo "</Solution>"; } >"$built/samples.slnx"
  dotnet build "$built/samples.slnx" -c Release -v quiet
}

compiled() { # name
  local options=(); [[ "$1" = serv* ]] && options=(--once)
  dotnet "$built/$1/bin/Release/net10.0/$1.dll" "${options[@]}"
}

mkdir -p "$built"
try "the samples compile" compile
for file in "$samples"/*.cs; do try "$(basename "$file")" compiled "$(basename "$file" .cs)"; done
for file in "$samples"/*.fsx; do
  # Loaded by the others.
  [ "$(basename "$file")" = load.fsx ] || try "$(basename "$file")" dotnet fsi --quiet "$file"
done
try "csv-to-model.cs by dotnet run" dotnet run -c Release "$samples/csv-to-model.cs"
echo "Samples: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
