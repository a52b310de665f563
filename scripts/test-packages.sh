#!/usr/bin/env bash
# Packs the libraries and the tool into an empty folder, restores them from there into empty projects of C# and F#, runs the
# programs of docs/package.md, and installs and runs the tool:
#   bash scripts/test-packages.sh
#   bash scripts/test-packages.sh FEED          keeps the packages in the folder FEED, with bills of materials
# Needs no network beyond what building the repository needs. Ends with the line "Packages: N passed, N failed".
set -uo pipefail
kept=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
if [ -n "${1:-}" ]; then
  if [ -z "$kept" ] || find "$kept" -mindepth 1 ! -name '*.nupkg' ! -name '*.snupkg' ! -name '*.cdx.json' | grep -q .; then
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
passed=0 failed=0 skipped=0
platform=$(dotnet --info | sed -n 's/^ *RID: *//p')

try() { # name, command...
  local name=$1; shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "Packages: $name: passed"
  else failed=$((failed + 1)); echo "Packages: $name: FAILED"; tail -n 30 "$work/log"; fi
}

finish() {
  if [ "$skipped" -gt 0 ]; then echo "Packages: $passed passed, $failed failed, $skipped skipped"
  else echo "Packages: $passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ]
  exit
}

libraries() {
  for project in src/FunctionalStack{.Core,.Learners,.Neural,.IO,.Columnar,.Onnx,.Laws,.Report,.MLNet,.Serving,.Cluster,}/*.csproj src/FunctionalStack.FSharp/*.fsproj gpu-kernels/*/*.csproj; do
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
sources() { # folder, other sources: <clear /> for none
  mkdir -p "$1"
  local folder; folder=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
  cat >"$1/nuget.config" <<END
<configuration>
  <packageSources>$2<add key="feed" value="$feed" /></packageSources>
  <fallbackPackageFolders><clear /><add key="here" value="$folder" /></fallbackPackageFolders>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
</configuration>
END
}

block() { awk -v language="$1" '$0 == "```" language { inside = 1; next } /^```/ { inside = 0 } inside' "docs/${2:-package.md}"; }

project() { # file, packages, further properties, further items, the SDK's end
  local references="" name
  local version; version=$(basename "$feed"/FunctionalStack.Core.*.nupkg .nupkg | sed 's/FunctionalStack.Core.//')
  for name in $2; do references+="<PackageReference Include=\"$name\" Version=\"$version\" />"; done
  cat >"$1" <<END
<Project Sdk="Microsoft.NET.Sdk${5:-}">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    ${3:-}
  </PropertyGroup>
  <ItemGroup>
    ${4:-}
    $references
  </ItemGroup>
</Project>
END
}

program() ( # template language, package, file, code language
  mkdir -p "$work/$3" && cd "$work/$3" || return 1
  local compile=""; [ "$4" = fsharp ] && compile='<Compile Include="Program.fs" />'
  project "$3" "$2" '<TreatWarningsAsErrors>true</TreatWarningsAsErrors>' "$compile"
  (cd "$here" && block "$4") >"Program.$1"
  # The file of the samples: the embedded passengers, with the names and the id of a usual file of them.
  gzip -dc "$here/src/FunctionalStack.IO/Data/Embedded/titanic.csv.gz" | awk 'NR == 1 { print "PassengerId,Pclass,Survived,Sex,Age,SibSp,Parch"; next } { print NR - 1 "," $0 }' >train.csv
  dotnet run -c Release && [ -z "$(find . -path '*native*' -name '*.so')" ]
)

# The service of docs/samples, and one program with the packages that none of the others has.
service() (
  mkdir -p "$work/service" && cd "$work/service" || return 1
  project service.csproj "FunctionalStack FunctionalStack.Serving" "" '<RuntimeHostConfigurationOption Include="EntryPointFileDirectoryPath" Value="$(MSBuildProjectDirectory)" />' .Web
  grep -v '^#:' "$here/docs/samples/serve.cs" >Program.cs
  cp "$here/docs/samples/customers.csv" .
  dotnet run -c Release -- --once | tee answer && grep -q '^200: ' answer
)

others() (
  mkdir -p "$work/others" && cd "$work/others" || return 1
  project others.csproj "FunctionalStack FunctionalStack.Columnar FunctionalStack.MLNet FunctionalStack.Cluster"
  cp "$here/docs/samples/customers.csv" .
  cat >Program.cs <<END
using FunctionalStack;
using FunctionalStack.Cluster;
using FunctionalStack.Columnar;
using FunctionalStack.MLNet;
using Microsoft.ML;

var customers = Csv.Read("customers.csv").Id("customer").Target("left").OrThrow();
ParquetFile.Write("customers.parquet", customers.Frame).OrThrow();
Console.WriteLine(TableFile.Read("customers.parquet").OrThrow().RowCount == customers.RowCount);
var sdca = MlNet.Learner(ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(), "sdca");
Console.WriteLine(sdca.Preprocess(Prepare.ForLinear).Fit(customers, Seed.Of(42), threads: 2).OrThrow());
Console.WriteLine(FitCluster.Connect("redis://nowhere.invalid:1", "lab", TimeSpan.FromSeconds(1)));
END
  dotnet run -c Release
)

# The laws of learners: in C# of the sample's, which holds to them, in F# of one that does not.
laws() (
  mkdir -p "$work/laws" && cd "$work/laws" || return 1
  project laws.csproj "FunctionalStack FunctionalStack.Laws" "" '<RuntimeHostConfigurationOption Include="EntryPointFileDirectoryPath" Value="$(MSBuildProjectDirectory)" />'
  grep -v '^#:' "$here/docs/samples/own-learner.cs" >Program.cs
  cp "$here/docs/samples/customers.csv" .
  dotnet run -c Release | tee answer && grep -q ' laws hold, 0 are broken' answer || return 1
  mkdir -p "$work/laws-fs" && cd "$work/laws-fs" || return 1
  project laws.fsproj "FunctionalStack.FSharp FunctionalStack.Laws" "" '<Compile Include="Program.fs" />'
  cat >Program.fs <<END
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Laws

type CountModel() =
    interface IModel with
        member _.Predict rows =
            let count = Seq.replicate rows.RowCount (float rows.RowCount)
            Outcome.Ok<Prediction>(Prediction.Numeric(EquatableArray.From count))

type Count() =
    interface ILeafLearner with
        member _.Name = "count"
        member _.Capabilities = Capabilities TargetKinds.Numeric
        member _.FitLeaf(_, _) = Outcome.Ok<IModel>(CountModel())

let broken = LearnerLaws.Check(Count()) |> Seq.filter _.IsBroken |> Seq.map _.Law |> Set.ofSeq
printfn \$"%A{broken}"
let ofForest = LearnerLaws.Check(randomForest 3, LawOptions(Cases = 3, DealsRows = true)) |> Seq.filter _.IsBroken
exit (if broken.Contains LawNames.RowAlone && Seq.isEmpty ofForest then 0 else 1)
END
  dotnet run -c Release
)

tool() {
  dotnet pack src/FunctionalStack.Cli -c Release -o "$feed" -v quiet --nologo || return 1
  local package; package=$(ls "$feed"/fstack*.nupkg)
  [ "$(stat -c %s "$package")" -le 15728640 ] || { echo "$package: above 15 MB"; return 1; }
  unzip -l "$package" | grep -iE "native|\.so$|\.dylib$" && { echo "$package: native files"; return 1; }
  dotnet tool install fstack --tool-path "$work/tools" --configfile "$work/nuget.config" || return 1
  "$work/tools/fstack" --version && "$work/tools/fstack" demo iris
}

# A program that loads a model of the tool, published with a property, predicts what the tool predicts. The linker and the compiler are
# packages of the machine's sources: where they are not served, the test is skipped.
published() { # name, property
  local name=$1 folder="$work/published/$2"
  mkdir -p "$folder" && cd "$folder" || return 1
  project published.csproj FunctionalStack "<$2>true</$2><RuntimeIdentifier>$platform</RuntimeIdentifier>" ""
  (cd "$here" && block csharp trimming.md) >Program.cs
  if dotnet restore >"$work/log" 2>&1 || ! grep -qiE "(NU1101|NU1102).*(ilcompiler|illink)" "$work/log"; then try "$name" publish_and_compare
  else skipped=$((skipped + 1)); echo "Packages: $name: skipped, the packages it needs are not served"; fi
  cd "$here" || return 1
}

publish_and_compare() {
  dotnet publish -c Release -o out && ./out/published "$work/titanic.fstack" "$work/titanic/titanic.csv" >labels || return 1
  # All rows, and the first one again as a record.
  cut -d , -f 1 "$work/predictions.csv" | sed 1d >expected
  head -n 1 expected | cat expected - >all
  diff all labels && [ "$(wc -l <labels)" -gt 100 ]
}

fit_and_export() (
  cd "$work" || return 1
  local fstack=tools/fstack rows=titanic/titanic.csv
  $fstack data get titanic --to . && $fstack fit --data $rows --target survived --model titanic.fstack || return 1
  $fstack predict --model titanic.fstack --data $rows --out predictions.csv || return 1
  $fstack export --model titanic.fstack --onnx titanic.onnx || return 1
  # A net of PyTorch, read and written again.
  $fstack import --onnx "$here/tests/golden/onnx/pytorch-resnet.onnx" --model net.fstack && $fstack export --model net.fstack --onnx net.onnx
)

check_result() { cat "$work/checked"; return "$1"; }

exported() { # name
  bash scripts/check-onnx.sh "$work/titanic.onnx" "$work/net.onnx" >"$work/checked" 2>&1
  local code=$?
  if [ "$code" -eq 77 ]; then skipped=$((skipped + 1)); echo "Packages: $1: skipped, $(tail -n 1 "$work/checked")"
  else try "$1" check_result "$code"; fi
}

# A bill of materials in CycloneDX form for each package that people install.
bill() {
  dotnet tool install CycloneDX --version 6.3.1 --tool-path "$work/bill" || return 1
  for project in src/FunctionalStack{,.Columnar,.MLNet,.Onnx,.Laws,.Serving,.Cluster,.Report}/*.csproj src/FunctionalStack.FSharp/*.fsproj gpu-kernels/*/*.csproj src/FunctionalStack.Cli/*.csproj; do
    local name; name=$(basename "${project%.*}")
    "$work/bill/dotnet-CycloneDX" "$project" -dpr -ns -F Json -ipr -sn "$name" -fn "$name.cdx.json" -o "$feed" || return 1
    grep -q '"purl"' "$feed/$name.cdx.json" || { echo "$name: an empty bill"; return 1; }
  done
}

mkdir -p "$feed" "$work/contents" && rm -f "$feed"/*.nupkg "$feed"/*.snupkg "$feed"/*.cdx.json
try "the libraries are packed" libraries
[ "$failed" -eq 0 ] || finish
try "their contents" contents
sources "$work" "<clear />"
sources "$work/published" ""
try "the sample in C#" program cs FunctionalStack csharp.csproj csharp
try "the sample in F#" program fs FunctionalStack.FSharp fsharp.fsproj fsharp
try "a service in C#" service
try "Parquet, ML.NET and a cluster in C#" others
try "the laws of own learners in C# and F#" laws
try "the tool is packed, installed and runs" tool
try "the tool fits, predicts, exports and imports models" fit_and_export
exported "the exported models pass the checker of ONNX"
[ -n "$kept" ] && try "bills of materials" bill
published "a trimmed program predicts" PublishTrimmed
published "a program compiled ahead of time predicts" PublishAot
finish
