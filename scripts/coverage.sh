#!/usr/bin/env bash
# Line and branch coverage of the library by its tests, all test projects together, measured by coverlet:
#   dotnet build FunctionalStack.sln -c Release && bash scripts/coverage.sh [TEST PROJECT...]
# By default all test projects. coverlet is fetched as any package is; where it cannot be, the script prints a message and succeeds.
# The figures stand in docs/reliability.md.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=10.0.1
cat > "$work/coverlet.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="coverlet.collector" Version="$version" /></ItemGroup>
</Project>
END
if ! dotnet restore "$work/coverlet.csproj" -v quiet >"$work/log" 2>&1; then
  echo "Coverage: coverlet cannot be fetched here: NOT measured."
  exit 0
fi

# Tests, and the programs that they start, are not measured.
cat > "$work/settings.xml" <<'END'
<RunSettings>
  <DataCollectionRunSettings>
    <DataCollectors>
      <DataCollector friendlyName="XPlat Code Coverage">
        <Configuration>
          <Format>json</Format>
          <Include>[FunctionalStack*]*,[fstack]*</Include>
          <Exclude>[*.Tests]*,[*.Runner]*,[*.Oracle]*,[*.Plugin.Sample]*,[*]OrleansCodeGen*</Exclude>
        </Configuration>
      </DataCollector>
    </DataCollectors>
  </DataCollectionRunSettings>
</RunSettings>
END
failed=0
for project in "${@:-FunctionalStack.sln}"; do
  dotnet test "$project" -c Release --no-build --settings "$work/settings.xml" --collect "XPlat Code Coverage" \
    --test-adapter-path "$work/packages/coverlet.collector/$version/build/net10.0" --results-directory "$work/results" \
    | grep -E 'Passed!|Failed!|\[FAIL\]' || failed=1
done
[ "$failed" -eq 0 ] || echo "Coverage: some tests failed, or none ran."
dotnet run --file scripts/coverage/merge.cs -- "$work/results" "$PWD"
