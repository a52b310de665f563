using System.Text.Json;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class AuditCommandTests
{
    private static readonly string quick = """{"version":1,"learner":"logistic"}""";

    [Fact]
    public void A_copy_and_a_column_of_ids_are_reported_in_words_and_as_JSON()
    {
        using var tool = new Fstack(spec: quick);
        string[] lines = File.ReadAllLines(tool.At("data.csv"));
        tool.Write("copy.csv", string.Join('\n', lines.Select((line, i) => $"{line},{(i == 0 ? "copy" : line.Split(',')[^1])}")) + "\n");
        var ran = tool.Done("audit --data ./copy.csv --target y --spec ./spec.json");
        Assert.Contains("high: column 'copy' alone gives the target away: 100% of", ran.Output);
        Assert.Contains("mid: column 'id' names the rows", ran.Output);
        var json = tool.Done("audit --data ./copy.csv --target y --spec ./spec.json --json").Json;
        Assert.Equal(["command", "task", "rows", "classes", "seed", "seconds", "findings", "checks", "notes"], json.Keys());
        var found = json.Items("findings");
        Assert.Equal(["targetCopy", "idLike"], found.Select(one => one.GetProperty("kind").GetString()));
        Assert.Equal(["kind", "severity", "columns", "rows", "what", "remedy"], found[0].Keys());
        Assert.Equal(11, json.Items("checks").Length);
        Assert.DoesNotContain("idLike", Kinds(tool.Done("audit --data ./data.csv --target y --id id --spec ./spec.json --json").Json));
    }

    [Fact]
    public void Other_rows_are_compared_with_the_training_rows()
    {
        using var tool = new Fstack(Sheet.Passengers(300), spec: quick);
        const string line = "audit --data ./data.csv --target y --id id --spec ./spec.json --json --test";
        Assert.DoesNotContain("drift", Kinds(tool.Done($"{line} ./data.csv").Json));
        string[] lines = File.ReadAllLines(tool.At("data.csv"));
        tool.Write("other.csv", string.Join('\n', lines.Select((row, i) =>
            i == 0 ? row : string.Join(',', row.Split(',').Select((cell, c) => c == 2 ? "900" : cell)))) + "\n");
        Assert.Contains("drift", Kinds(tool.Done($"{line} ./other.csv").Json));
        Assert.StartsWith("none.csv", tool.Refused($"{line} ./none.csv"));
    }

    [Theory]
    [InlineData("iris", "species")]
    [InlineData("titanic", "survived")]
    [InlineData("breast-cancer", "diagnosis")]
    [InlineData("digits", "digit")]
    public void Known_tables_have_no_findings_but_constants(string name, string target)
    {
        using var tool = new Fstack(spec: quick);
        using (var csv = EmbeddedData.OpenCsv(name))
        using (var file = File.Create(tool.At("known.csv")))
        {
            csv.CopyTo(file);
        }

        var kinds = Kinds(tool.Done($"audit --data ./known.csv --target {target} --spec ./spec.json --json").Json);
        Assert.All(kinds, kind => Assert.Equal("constant", kind));
    }

    [SharedTheory("adult/train.csv", "california/cal_housing.csv")]
    [InlineData("adult/train.csv", "income", "logistic")]
    [InlineData("california/cal_housing.csv", "median_house_value", "ridge")]
    public void Large_known_tables_have_no_findings(string file, string target, string learner)
    {
        using var tool = new Fstack(spec: $$"""{"version":1,"learner":"{{learner}}"}""");
        File.Copy(Repository.Shared(file), tool.At("known.csv"));
        Assert.Empty(Kinds(tool.Done($"audit --data ./known.csv --target {target} --spec ./spec.json --json").Json));
    }

    private static string[] Kinds(JsonElement json) =>
        [.. json.Items("findings").Select(one => one.GetProperty("kind").GetString()!)];
}
