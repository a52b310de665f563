// Prints the surviving mutants of a report of Stryker, and the share that was killed. Called by scripts/mutation.sh.
//   dotnet run scripts/mutation/survivors.cs -- FOLDER
using System.Text.Json.Nodes;

var report = Directory.EnumerateFiles(args[0], "mutation-report.json", SearchOption.AllDirectories).Single();
var (killed, all) = (0, 0);
foreach (var (file, content) in JsonNode.Parse(File.ReadAllText(report))!["files"]!.AsObject())
{
    var lines = $"{content!["source"]}".Split('\n');
    foreach (var mutant in content["mutants"]!.AsArray())
    {
        var status = $"{mutant!["status"]}";
        if (status is not ("Killed" or "Timeout" or "Survived" or "NoCoverage")) continue;
        all++;
        if (status is "Killed" or "Timeout")
        {
            killed++;
            continue;
        }

        var line = mutant["location"]!["start"]!["line"]!.GetValue<int>();
        Console.WriteLine($"{Path.GetFileName(file)}:{line}: {(status == "NoCoverage" ? "not run" : "survived")}: "
            + $"{lines[line - 1].Trim()}  ->  {$"{mutant["replacement"]}".ReplaceLineEndings(" ")}");
    }
}

Console.WriteLine($"Mutation: {killed} of {all} mutants killed ({(all == 0 ? 1 : killed / (double)all):P1})");
