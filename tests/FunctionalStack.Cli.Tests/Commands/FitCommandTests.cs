using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class FitCommandTests
{
    private const string Line = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack";

    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        using var tool = new Fstack();
        var ran = tool.Done($"{Line} --oof ./oof.csv --json");
        Assert.Equal(["command", "model", "task", "rows", "classes", "seed", "models", "seconds", "skipped", "reading", "notes"],
            ran.Json.Keys());
        Assert.Equal(("fit", tool.At("m.fstack"), 42),
            (ran.Json.GetProperty("command").GetString(), ran.Json.GetProperty("model").GetString(),
            ran.Json.GetProperty("seed").GetInt32()));
        Assert.Equal(["knn base", "naiveBayes base", "stack stack"],
            ran.Json.Items("models").Select(model => $"{model.GetProperty("name")} {model.GetProperty("role")}"));
        Assert.Empty(ran.Error);
        Assert.Equal(["data.csv", "m.fstack", "oof.csv", "spec.json"], tool.Files);
    }

    [Fact]
    public void Text_has_the_scores_and_the_file()
    {
        using var tool = new Fstack();
        var ran = tool.Done(Line);
        Assert.Matches(@"│ naiveBayes │( +\d\.\d{4} │){3}", ran.Output);
        Assert.Contains("m.fstack: written, ", ran.Output);
        Assert.All(ran.Output.Split('\n').Where(line => line.StartsWith('│')), line => Assert.InRange(line.Length, 1, 80));
        Assert.Empty(ran.Error);
    }

    [Fact]
    public void Out_of_fold_rows_are_in_row_order_and_give_the_scores()
    {
        using var tool = new Fstack();
        var json = tool.Done($"{Line} --oof ./oof.csv --json").Json;
        var (data, oof) = (tool.Table("data.csv"), tool.Table("oof.csv"));
        Assert.Equal(["id", "y", "knn:P(no)", "knn:P(yes)", "naiveBayes:P(no)", "naiveBayes:P(yes)", "stack:P(no)", "stack:P(yes)"],
            oof.Names);
        Assert.Equal(data["id"], oof["id"]);
        Assert.Equal(data["y"], oof["y"]);
        foreach (var name in new[] { "knn", "naiveBayes", "stack" })
        {
            var (no, yes) = (oof.Numbers($"{name}:P(no)"), oof.Numbers($"{name}:P(yes)"));
            Assert.All(no.Zip(yes), pair => Assert.Equal(1, pair.First + pair.Second, 1e-12));
            var right = data["y"].Zip(no.Zip(yes), (y, p) => (y == "yes") == p.Second > p.First).Count(hit => hit);
            Assert.Equal(right / 90.0, json.Model(name).GetProperty("accuracy").GetProperty("mean").GetDouble(), 1e-12);
        }
    }

    /// <summary>The out-of-fold prediction of one neighbour is the class of the nearest row of the other folds, found by hand.</summary>
    [Fact]
    public void A_fold_column_gives_the_stacks_own_folds()
    {
        var data = Sheet.Passengers().Only("id", "fare", "y").With("f", row => $"{row % 4}");
        using var tool =
            new Fstack(data, """{"version":1,"stack":{"bases":[{"learner":"knn","params":{"k":1}},{"learner":"majority"}]}}""");
        tool.Done($"{Line} --fold-column f --oof ./oof.csv");
        var (fare, y, oof) = (data.Numbers("fare"), data["y"], tool.Table("oof.csv"));
        for (var row = 0; row < data.Count; row++)
        {
            var train = Enumerable.Range(0, data.Count).Where(other => other % 4 != row % 4).ToArray();
            var nearest = train.MinBy(other => Math.Abs(fare[other] - fare[row]));
            Assert.Equal(y[nearest] == "yes" ? 1 : 0, oof.Numbers("knn:P(yes)")[row]);
            Assert.Equal(train.Count(other => y[other] == "yes") / (double)train.Length, oof.Numbers("majority:P(yes)")[row], 1e-12);
        }
    }

    [Fact]
    public void A_class_absent_from_a_fold_gets_probability_0_there_and_a_note()
    {
        var data = Sheet.Passengers().With("f", row => $"{row % 3}")
            .With("y", row => row is 0 or 3 or 6 ? "rare" : row % 2 == 0 ? "no" : "yes");
        using var tool = new Fstack(data);
        var ran = tool.Done($"{Line} --fold-column f --oof ./oof.csv");
        var rare = tool.Table("oof.csv").Numbers("knn:P(rare)");
        Assert.All(Enumerable.Range(0, 90).Where(row => row % 3 == 0), row => Assert.Equal(0, rare[row]));
        Assert.Contains("no training row has class 'rare', so it gets probability 0 there", Assert.Single(ran.Notes));
    }

    [Fact]
    public void Numeric_targets_are_stacked_and_written_as_numbers()
    {
        using var tool = new Fstack(spec: """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"ridge"},{"learner":"knn"}]}}""");
        var json =
            tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --oof ./oof.csv --json").Json;
        Assert.Equal("regression", json.GetProperty("task").GetString());
        Assert.False(json.TryGetProperty("classes", out _));
        var (truth, oof) = (tool.Table("data.csv").Numbers("fare"), tool.Table("oof.csv"));
        Assert.Equal(["id", "fare", "ridge", "knn", "stack"], oof.Names);
        Assert.Equal(truth, oof.Numbers("fare"));
        foreach (var name in new[] { "ridge", "knn", "stack" })
        {
            var rmse = Math.Sqrt(oof.Numbers(name).Zip(truth, (predicted, true_) => (predicted - true_) * (predicted - true_)).Average());
            Assert.Equal(rmse, json.Model(name).GetProperty("rmse").GetProperty("mean").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_bytes_at_any_number_of_threads()
    {
        using var tool =
            new Fstack(
                spec: """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"randomForest","params":{"trees":7}},{"learner":"knn"}]}}""");
        byte[][] Made(string more)
        {
            tool.Done($"{Line} --oof ./oof.csv {more}");
            tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
            return [tool.Bytes("m.fstack"), tool.Bytes("oof.csv"), tool.Bytes("p.csv")];
        }

        var (one, two, other) = (Made("--threads 1"), Made("--threads 2"), Made("--threads 1 --seed 43"));
        Assert.Equal(one, two);
        foreach (var (first, second) in one.Zip(other)) Assert.NotEqual(first, second);
    }

    /// <summary>Every field of the spec of a stack is stored and has an effect: no two of these stacks give the same predictions.</summary>
    [Fact]
    public void Specs_of_every_kind_are_fitted_kept_and_predict()
    {
        string[] specs =
        [
            """{"version":1,"learner":"logistic"}""",
            Stack(""),
            Stack("""{"name":"inner","stack":{"folds":{"k":2},"bases":[{"learner":"tree"},{"learner":"majority"}]}},"""),
            Stack("", "\"stackMethod\":\"labels\","),
            Stack("", "\"stackMethod\":\"logProbabilities\","),
            Stack("", "\"passthrough\":[\"age\",\"port\"],"),
            Stack("", "\"combine\":\"refit\","),
        ];
        using var tool = new Fstack();
        var predictions = new HashSet<string>();
        foreach (var spec in specs)
        {
            tool.Write("spec.json", spec).Done(Line);
            tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
            Assert.True(predictions.Add(File.ReadAllText(tool.At("p.csv"))), spec);

            // A fit of the spec stored in the model file gives the same model.
            var (first, kept) = (tool.Bytes("m.fstack"), ModelFile.Describe(tool.At("m.fstack")).OrThrow().Spec!);
            tool.Write("spec.json", kept).Done(Line);
            Assert.Equal(first, tool.Bytes("m.fstack"));
        }

        static string Stack(string more, string how = "") =>
            $$$"""{"version":1,"stack":{{{{how}}}"folds":{"k":3},"bases":[{{{more}}}{"learner":"knn"},{"learner":"naiveBayes"}]}}""";
    }

    /// <summary>The default stack also fits few rows; the number of neighbours is limited.</summary>
    [Theory]
    [InlineData(60, "y", "boostingShallow", "boostingDeep", "forest", "extraTrees", "logistic", "logisticStrong", "lda", "qda", "knn5",
        "knn15", "stack")]
    [InlineData(40, "y", "boostingShallow", "boostingDeep", "forest", "extraTrees", "logistic", "logisticStrong", "lda", "qda", "knn5",
        "stack")]
    [InlineData(10, "fare", "boostingShallow", "boostingDeep", "forest", "extraTrees", "ridge", "stack")]
    public void Without_a_spec_the_default_stack_is_fitted(int rows, string target, params string[] models)
    {
        using var tool = new Fstack(Sheet.Passengers(rows));
        var table = tool.Done($"fit --data ./data.csv --target {target} --id id --model ./m.fstack").Output.Split('\n')
            .Where(line => line.StartsWith('│')).ToArray();
        Assert.Equal(models, table.Skip(1).Select(line => line.Split(' ')[1]));
        Assert.All(table, line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void A_single_learner_has_no_scores_and_no_out_of_fold_file()
    {
        using var tool = new Fstack(spec: """{"version":1,"learner":"knn"}""");
        Assert.Empty(tool.Done($"{Line} --json").Json.Items("models"));
        Assert.Equal("--oof: the spec has no stack, so there are no out-of-fold predictions. Leave out --oof, or give a spec with a stack.",
            tool.Refused($"{Line} --oof ./oof.csv"));
    }

    [Theory]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./data.csv",
        "--model: data.csv: would replace the file of --data. Give each its own file.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./spec.json",
        "--model: spec.json: would replace the file of --spec. Give each its own file.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./m --oof ./m",
        "--model: m: would replace the file of --oof. Give each its own file.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./no/m",
        "--model: no/m: the folder 'no' does not exist. Create it, or give another path.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./m --oof ./no/o.csv",
        "--oof: no/o.csv: the folder 'no' does not exist. Create it, or give another path.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model .", "--model: .: is a folder. Give the path of a file.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ''", "--model: '': is not a path. Give the path of a file.")]
    [InlineData("fit --data ./data.csv --target y --spec ./spec.json --model ./data.csv/m",
        "--model: data.csv/m: the folder 'data.csv' does not exist. Create it, or give another path.")]
    public void Unwritable_outputs_are_refused(string line, string message)
    {
        using var tool = new Fstack();
        Assert.Equal(message, tool.Refused(line));
    }

    /// <summary>No user can create a file in /proc.</summary>
    [Fact]
    public void A_folder_without_write_permission_is_refused_before_anything_is_read()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var tool = new Fstack();
        Assert.Equal(
            "--model: /proc/m: cannot be written: Could not find file '/proc/m'. Check the path, the permission to write there and the "
                + "space left.", tool.Refused("fit --data ./absent.csv --target y --model /proc/m"));
        Assert.Equal("absent.csv: no such file. Check the path.", tool.Refused("fit --data ./absent.csv --target y --model ./m"));
    }

    [Fact]
    public void Equal_column_names_are_refused_before_the_fit()
    {
        using var tool =
            new Fstack(spec: """{"version":1,"stack":{"bases":[{"learner":"knn"},{"stack":{"bases":[{"learner":"knn"}]}}]}}""");
        Assert.Equal("--oof: two columns would be named 'stack:P(no)'. Rename the id column, the target or the base with this name.",
            tool.Refused($"{Line} --oof ./oof.csv"));
        tool.Done(Line);
    }

    [Fact]
    public void A_cancelled_fit_leaves_no_file()
    {
        using var tool =
            new Fstack(Sheet.Passengers().With("y", row => $"{row % 3}"),
                """{"version":1,"stack":{"bases":[{"learner":"randomForest","params":{"trees":2000}}]}}""");
        var before = tool.Snapshot();
        using var cancelled = new CancellationTokenSource();
        var ran = tool.Run($"{Line} --oof ./oof.csv", new CancelOnNote(cancelled), cancelled.Token);
        Assert.Equal((App.Cancelled, ""), (ran.Code, ran.Output));
        Assert.EndsWith("fstack: cancelled. Nothing was written.\n", ran.Error);
        Assert.Equal(before, tool.Snapshot());
    }

    /// <summary>The note on the target is printed after reading and before the fit.</summary>
    private sealed class CancelOnNote(CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.StartsWith("note:")) cancellation.Cancel();
        }
    }

    [Fact]
    public void The_requested_number_of_folds_is_used()
    {
        using var tool = new Fstack();
        tool.Done($"{Line} --folds 4 --oof ./oof.csv");
        var four = tool.Bytes("oof.csv");
        tool.Write("spec.json", Fstack.Quick.Replace("\"k\":3", "\"k\":4", StringComparison.Ordinal));
        tool.Done($"{Line} --oof ./oof.csv");
        Assert.Equal(four, tool.Bytes("oof.csv"));
        tool.Write("spec.json", """{"version":1,"learner":"naiveBayes"}""");
        Assert.StartsWith("--folds: the spec has no stack, or the folds are given by a column", tool.Refused($"{Line} --folds 4"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Only_ratios_of_weights_matter_unless_they_are_frequencies()
    {
        var data = Sheet.Passengers().With("w", row => $"{1 + row % 3}").With("small", row => $"{(1 + row % 3) / 1024.0}");
        using var tool = new Fstack(data);
        string Oof(string options)
        {
            tool.Done($"{Line} {options} --oof ./oof.csv");
            return string.Join('\n', tool.Table("oof.csv")["stack:P(yes)"]);
        }

        var line = Oof("--weights w --categorical small");
        Assert.NotEqual(line, Oof("--weights w --weights-kind frequency --categorical small"));
        var others = data.Names.Where(name => name != "w" && name != "small").ToArray();
        tool.Write("data.csv", data.Only([.. others, "w"]).Text);
        var whole = Oof("--weights w");
        tool.Write("data.csv", data.Only([.. others, "small"]).Text);
        Assert.Equal(whole, Oof("--weights small"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("two")]
    public void An_invalid_number_of_folds_is_refused_as_in_evaluate(string folds)
    {
        using var tool = new Fstack();
        var message = $"--folds is '{folds}'. Give a whole number from 2 to 2147483647. ";
        Assert.StartsWith(message, tool.Refused($"{Line} --folds {folds}"), StringComparison.Ordinal);
        Assert.StartsWith(message, tool.Refused($"evaluate --data ./data.csv --target y --folds {folds}"), StringComparison.Ordinal);
    }
}
