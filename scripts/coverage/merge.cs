// Adds up the coverage files of several test runs: a line or a branch is covered if any run covers it. Called by scripts/coverage.sh.
//   dotnet run scripts/coverage/merge.cs -- RESULTS REPOSITORY
using System.Text.Json.Nodes;

var (results, repository) = (args[0], Path.GetFullPath(args[1]) + Path.DirectorySeparatorChar);
var (lines, branches) = (new Dictionary<(string File, string Line), bool>(), new Dictionary<(string File, string Branch), bool>());
foreach (var path in Directory.EnumerateFiles(results, "coverage.json", SearchOption.AllDirectories))
{
    foreach (var (_, files) in JsonNode.Parse(File.ReadAllText(path))!.AsObject())
    {
        foreach (var (file, classes) in files!.AsObject().Where(one => one.Key.StartsWith(repository, StringComparison.Ordinal)))
        {
            foreach (var method in classes!.AsObject().SelectMany(type => type.Value!.AsObject()).Select(one => one.Value!))
            {
                foreach (var (line, hits) in method["Lines"]!.AsObject()) Add(lines, (file, line), hits!.GetValue<int>());
                foreach (var branch in method["Branches"]!.AsArray())
                    Add(branches, (file, $"{branch!["Line"]} {branch["Offset"]} {branch["Path"]} {branch["Ordinal"]}"), branch["Hits"]!.GetValue<int>());
            }
        }
    }
}

// The folder of a project: src/NAME or gpu-kernels/NAME.
string ProjectOf(string file) => string.Join('/', file[repository.Length..].Split(Path.DirectorySeparatorChar).Take(2));

Console.WriteLine("| project | lines | covered | branches | covered |\n|---|---|---|---|---|");
foreach (var project in lines.Keys.Select(line => ProjectOf(line.File)).Distinct().Where(name => !name.StartsWith("tests", StringComparison.Ordinal)).Order())
    Row(project, project);
Row("all", "");

void Row(string name, string project)
{
    var (ofLines, ofBranches) = (Share(lines, project), Share(branches, project));
    Console.WriteLine($"| {name} | {ofLines.All} | {ofLines.Share:P1} | {ofBranches.All} | {ofBranches.Share:P1} |");
}

(int All, double Share) Share(Dictionary<(string File, string Place), bool> places, string project)
{
    var own = places.Where(place => ProjectOf(place.Key.File) is var of && !of.StartsWith("tests", StringComparison.Ordinal)
        && (project.Length == 0 || of == project)).ToArray();
    return (own.Length, own.Length == 0 ? 1 : own.Count(place => place.Value) / (double)own.Length);
}

static void Add(Dictionary<(string, string), bool> all, (string, string) place, int hits) =>
    all[place] = all.GetValueOrDefault(place) || hits > 0;
