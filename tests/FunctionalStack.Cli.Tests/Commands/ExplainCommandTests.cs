using System.Globalization;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void A_stack_has_importances_and_no_shapley_values()
    {
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        var json = tool.Done("explain --model ./m.fstack --data ./data.csv --json").Json;
        Assert.Equal(["command", "model", "rows", "metric", "importance", "shap", "partial", "seconds", "notes"], json.Keys());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("shap").ValueKind);
        var data = DatasetReader.Read(tool.At("data.csv"), new TableRoles("y", Id: "id")).OrThrow().Dataset;
        var expected = ModelFile.Load(tool.At("m.fstack")).OrThrow().PermutationImportance(data, Seed.Of(42).Fork("importance")).OrThrow();
        Assert.Equal(expected.OrderByDescending(one => one.Mean), json.Items("importance").Select(one => new ColumnImportance(
            one.GetProperty("column").GetString()!, one.GetProperty("mean").GetDouble(), one.GetProperty("std").GetDouble())));
        Assert.Contains("permutation importance", tool.Done("explain --model ./m.fstack --data ./data.csv").Output);
    }

    [Theory]
    [InlineData("randomForest")]
    [InlineData("extraTrees")]
    [InlineData("tree")]
    [InlineData("gradientBoosting")]
    public void Trees_have_shapley_values(string learner)
    {
        tool.Write("trees.json", $$"""{"version":1,"learner":"{{learner}}"}""");
        tool.Done("fit --data ./data.csv --target y --id id --spec ./trees.json --model ./t.fstack");
        var json = tool.Done("explain --model ./t.fstack --data ./data.csv --rows 40 --partial port --partial age --json").Json;
        Assert.Equal(40, json.GetProperty("rows").GetInt32());
        var values = json.Items("shap");
        Assert.All(values, one => Assert.Equal(["column", "mean"], one.Keys()));
        Assert.Contains(values, one => one.GetProperty("column").GetString() == "age" && one.GetProperty("mean").GetDouble() > 0);
        Assert.Equal(values.Select(one => one.GetProperty("mean").GetDouble()).OrderDescending(),
            values.Select(one => one.GetProperty("mean").GetDouble()));
        var (port, age) = (json.Items("partial")[0], json.Items("partial")[1]);
        Assert.Equal(["C", "Q", "S"], port.Texts("grid"));
        Assert.Equal(["no", "yes"], port.GetProperty("mean").Keys());
        Assert.Equal(20, age.Numbers("grid").Length);
        Assert.Equal(20, age.GetProperty("mean").Numbers("yes").Length);
        Assert.Contains("Shapley values", tool.Done("explain --model ./t.fstack --data ./data.csv").Output);
        Assert.Contains("Did you mean 'port'?", tool.Refused("explain --model ./t.fstack --data ./data.csv --partial prt"));
    }

    [Fact]
    public void Any_model_has_sampled_shapley_values_of_some_rows()
    {
        var lines = File.ReadAllLines(tool.At("data.csv"));
        var target = Array.IndexOf(lines[0].Split(','), "y");
        lines[1] = string.Join(',', lines[1].Split(',').Select((cell, at) => at == target ? "" : cell));
        tool.Write("some.csv", string.Join('\n', lines[..41]));
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        var json = tool.Done("explain --model ./m.fstack --data ./some.csv --shap 5 --out ./shap.csv --repeats 1 --json").Json;
        Assert.Equal(5, json.GetProperty("shapRows").GetInt32());
        Assert.Equal(tool.At("shap.csv"), json.GetProperty("out").GetString());
        tool.Done("predict --model ./m.fstack --data ./some.csv --out ./p.csv --probabilities");
        var (shap, predicted) = (tool.Table("shap.csv"), tool.Table("p.csv"));
        Assert.Equal(["row", "y", "y:probability", "y:base"], shap.Names.Take(4));
        var columns = shap.Names.Skip(4).ToArray();
        Assert.Equal(json.Items("shap").Select(one => $"{one.GetProperty("column").GetString()}:shap").Order(), columns.Order());
        foreach (var (at, row) in shap["row"].Index())
        {
            // The first row of the file has no target.
            Assert.InRange(int.Parse(row, CultureInfo.InvariantCulture), 2, 40);
            var place = int.Parse(row, CultureInfo.InvariantCulture) - 1;
            var label = shap["y"][at];
            Assert.Equal(predicted["y"][place], label);
            Assert.Equal(predicted[$"P({label})"][place], shap["y:probability"][at]);
            Assert.Equal(Number("y:probability"), Number("y:base") + columns.Sum(Number), 1e-12);

            double Number(string column) => double.Parse(shap[column][at], CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void Rows_of_shapley_values_need_their_number()
    {
        Assert.Contains("--out is for the rows of --shap. Give --shap too.",
            tool.Refused("explain --model ./m.fstack --data ./data.csv --out ./shap.csv"));
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        Assert.Contains("would replace the file of --model",
            tool.Refused("explain --model ./m.fstack --data ./data.csv --shap 2 --out ./m.fstack"));
    }

    [Fact]
    public void A_target_with_the_name_of_a_written_column_is_refused_before_the_work()
    {
        var lines = File.ReadAllLines(tool.At("data.csv"));
        lines[0] = string.Join(',', lines[0].Split(',').Select(name => name == "y" ? "row" : name));
        tool.Write("row.csv", string.Join('\n', lines));
        tool.Done("fit --data ./row.csv --target row --id id --spec ./spec.json --model ./m.fstack");
        var refused = tool.Refused("explain --model ./m.fstack --data ./row.csv --shap 2 --out ./shap.csv --report ./rep");
        Assert.Contains("two columns would be named 'row'", refused);
        Assert.False(File.Exists(tool.At("rep/index.html")));
    }

    [Fact]
    public void A_column_without_partial_dependence_is_refused_with_those_that_have_one()
    {
        var data = Sheet.Passengers().With("when", row => $"2024-{row % 12 + 1:00}-{row % 28 + 1:00}").Without("port").Without("fare");
        tool.Write("data.csv", data.Text).Write("tree.json", """{"version":1,"learner":"tree"}""");
        tool.Done("fit --data ./data.csv --target y --id id --spec ./tree.json --model ./m.fstack");
        string Of(string column) => tool.Refused($"explain --model ./m.fstack --data ./data.csv --partial {column}");
        Assert.Equal("--partial: column 'when': is a date, which the model reads as its parts. Give one of them: when:days, when:month, "
            + "when:weekday.", Of("when"));
        const string Remedy = "Give one of the columns: age, when:days, when:month, when:weekday.";
        Assert.Equal($"--partial: column 'y': is the target, which the model does not read. {Remedy}", Of("y"));
        Assert.Equal($"--partial: column 'id': is in data.csv, but the model does not read it. {Remedy}", Of("id"));
        Assert.Equal($"--partial: column 'port': the rows have no such column. {Remedy}", Of("port"));
        tool.Done("explain --model ./m.fstack --data ./data.csv --partial when:month");
    }
}
