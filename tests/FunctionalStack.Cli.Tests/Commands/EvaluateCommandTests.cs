using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class EvaluateCommandTests
{
    private const string Majority = """{"version":1,"learner":"majority"}""";

    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        using var tool = new Fstack();
        var ran = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 4 --seed 7 --json");
        var json = ran.Json;
        Assert.Equal(["command", "task", "rows", "classes", "folds", "seed", "seconds", "models", "comparison", "simplest", "skipped",
                "reading", "notes"],
            json.Keys());
        Assert.Equal("evaluate classification 90 4 7",
            $"{json.GetProperty("command")} {json.GetProperty("task")} {json.GetProperty("rows")} {json.GetProperty("folds")} "
                + $"{json.GetProperty("seed")}");
        Assert.Equal(["no", "yes"], json.Texts("classes"));
        Assert.Equal(["knn base", "naiveBayes base", "stack stack"],
            json.Items("models").Select(model => $"{model.GetProperty("name")} {model.GetProperty("role")}"));
        foreach (var model in json.Items("models"))
        {
            Assert.Equal(["name", "role", "accuracy", "logLoss", "auc", "balancedAccuracy", "brier", "f1", "withinOneStandardError"],
                model.Keys());
            foreach (var metric in model.Keys().Skip(2).SkipLast(1).Select(model.GetProperty))
            {
                Assert.Equal(["mean", "std", "standardError", "folds"], metric.Keys());
                var folds = metric.Numbers("folds");
                Assert.Equal(4, folds.Length);
                Assert.Equal(folds.Average(), metric.GetProperty("mean").GetDouble(), 1e-12);
                Assert.Equal(Math.Sqrt(folds.Average(score => Math.Pow(score - folds.Average(), 2))), metric.GetProperty("std").GetDouble(),
                    1e-12);
                Assert.Equal(Math.Sqrt(folds.Sum(score => Math.Pow(score - folds.Average(), 2)) / 3 / 4),
                    metric.GetProperty("standardError").GetDouble(), 1e-12);
            }
        }

        var losses = json.Items("models").Select(model => model.GetProperty("logLoss")).ToArray();
        var best = losses.MinBy(loss => loss.GetProperty("mean").GetDouble());
        var most = best.GetProperty("mean").GetDouble() + best.GetProperty("standardError").GetDouble();
        Assert.Equal(losses.Select(loss => loss.GetProperty("mean").GetDouble() <= most),
            json.Items("models").Select(model => model.GetProperty("withinOneStandardError").GetBoolean()));

        Assert.Empty(ran.Error);
        Assert.Equal(["data.csv", "spec.json"], tool.Files);
    }

    [Fact]
    public void Json_of_a_regressor_has_regression_metrics_and_no_classes()
    {
        using var tool = new Fstack(spec: """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"ridge"},{"learner":"knn"}]}}""");
        var json = tool.Done("evaluate --data ./data.csv --target fare --id id --spec ./spec.json --folds 3 --json").Json;
        Assert.Equal(["command", "task", "rows", "folds", "seed", "seconds", "models", "comparison", "simplest", "skipped",
            "reading", "notes"], json.Keys());
        Assert.Equal("regression", json.GetProperty("task").GetString());
        Assert.All(json.Items("models"),
            model => Assert.Equal(["name", "role", "rmse", "mae", "r2", "withinOneStandardError"], model.Keys()));
    }

    [Fact]
    public void Text_fits_80_columns_without_broken_numbers()
    {
        var spec =
            """{"version":1,"stack":{"folds":{"k":2},"bases":[{"name":"logisticStrong","learner":"logistic"},{"learner":"majority"}]}}""";
        using var tool = new Fstack(spec: spec);
        var ran = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3");
        var table = ran.Output.Split('\n').Where(line => line.StartsWith('│')).ToArray();
        Assert.Equal(4, table.Length);
        Assert.Matches("^│ model +│ +accuracy │ +log-loss │ +ROC AUC │$", table[0]);
        Assert.Matches(@"^│ logisticStrong(  | \*)? │( 0\.\d{4} ± 0\.\d{4} │){3}$", table[1]);
        Assert.All(table, line => Assert.InRange(line.Length, 1, 80));
        Assert.DoesNotContain("…", ran.Output);
        Assert.DoesNotContain("\u001b", ran.Output);
        Assert.Contains("90 rows, 3 features, target y (no, yes); 3 outer folds", ran.Output);
        Assert.Empty(ran.Error);
    }

    /// <summary>Majority predicts the class shares of the training rows, so both scores are computed by hand from the fold
    /// column.</summary>
    [Fact]
    public void A_fold_column_gives_the_outer_folds()
    {
        var data = Sheet.Passengers().With("f", row => $"fold{row % 3}");
        using var tool = new Fstack(data, Majority);
        var json = tool.Done("evaluate --data ./data.csv --target y --fold-column f --spec ./spec.json --json").Json;
        Assert.Equal(3, json.GetProperty("folds").GetInt32());
        var model = json.Model("majority");
        Assert.Equal("learner", model.GetProperty("role").GetString());
        var truth = data["y"];
        for (var fold = 0; fold < 3; fold++)
        {
            var (held, train) = (truth.Where((_, row) => row % 3 == fold).ToArray(), truth.Where((_, row) => row % 3 != fold).ToArray());
            var yes = train.Count(word => word == "yes") / (double)train.Length;
            Assert.Equal(held.Average(word => -Math.Log(word == "yes" ? yes : 1 - yes)),
                model.GetProperty("logLoss").Numbers("folds")[fold], 1e-12);
            Assert.Equal(held.Count(word => (word == "yes") == yes > 0.5) / (double)held.Length,
                model.GetProperty("accuracy").Numbers("folds")[fold], 1e-12);
        }
    }

    [Fact]
    public void Weights_are_used_in_fits_and_scores_and_are_not_a_feature()
    {
        var data = Sheet.Passengers().With("f", row => $"{row % 2}").With("w", row => $"{row % 4}");
        using var tool = new Fstack(data, Majority);
        var folds =
            tool.Done("evaluate --data ./data.csv --target y --fold-column f --weights w --spec ./spec.json --json").Json.Model("majority")
                .GetProperty("logLoss").Numbers("folds");
        for (var fold = 0; fold < 2; fold++)
        {
            double Mass(bool held, string? word) =>
                data["y"].Select((y, row) => row % 2 == fold == held && (word is null || y == word) ? row % 4 : 0).Sum();
            var yes = Mass(false, "yes") / Mass(false, null);
            Assert.Equal(-(Mass(true, "yes") * Math.Log(yes) + Mass(true, "no") * Math.Log(1 - yes)) / Mass(true, null), folds[fold],
                1e-12);
        }
    }

    /// <summary>Every row has a twin, and the target is pure noise. Only a model fitted on the twin can predict a row better than
    /// chance.</summary>
    [Fact]
    public void Groups_are_never_on_both_sides_of_outer_or_inner_folds()
    {
        var random = Seed.Of(3).Stream();
        var pairs = Enumerable.Range(0, 60).Select(_ => (X: Sheet.Written(random.NextNormal()), Y: random.Next(2) == 1 ? "yes" : "no"))
            .ToArray();
        var data =
            new Sheet(EquatableArray.Of("x", "g", "y"),
                EquatableArray.From(Enumerable.Range(0, 120)
                .Select(row => EquatableArray.Of(pairs[row / 2].X, $"g{row / 2}", pairs[row / 2].Y))));
        using var tool = new Fstack(data, """{"version":1,"stack":{"bases":[{"learner":"knn","params":{"k":1}}]}}""");
        Assert.InRange(Accuracy("evaluate", "knn", grouped: true), 0, 0.7);
        Assert.InRange(Accuracy("fit --model ./m", "knn", grouped: true), 0, 0.7);
        Assert.InRange(Accuracy("evaluate", "knn", grouped: false), 0.8, 1);
        Assert.InRange(Accuracy("fit --model ./m", "knn", grouped: false), 0.8, 1);

        double Accuracy(string command, string name, bool grouped)
        {
            tool.Write("data.csv", (grouped ? data : data.Without("g")).Text);
            return tool.Done(
                $"{command} --data ./data.csv --target y --spec ./spec.json --json{(grouped ? " --groups g" : "")}").Json.Model(name)
                .GetProperty("accuracy").GetProperty("mean").GetDouble();
        }
    }

    [Fact]
    public void Repeats_are_reshuffled()
    {
        using var tool = new Fstack(spec: """{"version":1,"learner":"knn"}""");
        var json = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --repeats 2 --json").Json;
        Assert.Equal(6, json.GetProperty("folds").GetInt32());
        var folds = json.Model("knn").GetProperty("logLoss").Numbers("folds");
        Assert.NotEqual(folds[..3], folds[3..]);
    }

    [Fact]
    public void The_result_depends_on_the_seed_and_not_on_the_number_of_threads()
    {
        using var tool =
            new Fstack(
                spec: """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"randomForest","params":{"trees":5}},{"learner":"knn"}]}}""");
        string Models(string more) =>
            tool.Done($"evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --json {more}").Json.GetProperty(
                "models").GetRawText();
        Assert.Equal(Models("--threads 1"), Models("--threads 2"));
        Assert.NotEqual(Models("--threads 1"), Models("--threads 1 --seed 43"));
    }

    [Fact]
    public void A_base_that_cannot_be_fitted_is_left_out_with_one_note()
    {
        using var tool =
            new Fstack(
                spec: """{"version":1,"stack":{"onFailure":"leaveOut","folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"ridge"}]}}""");
        var ran = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --json");
        Assert.Equal(["knn", "stack"], ran.Json.Items("models").Select(model => model.GetProperty("name").GetString()));
        var note = Assert.Single(ran.Notes);
        Assert.Contains("ridge", note);
        Assert.Contains("left out", note);
        Assert.Equal(ran.Notes, ran.Json.Texts("notes"));
        Assert.Contains("ridge",
            tool.Write("spec.json", """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"ridge"}]}}""")
            .Refused("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --json"));
    }

    [Fact]
    public void Each_note_is_printed_once_on_a_separate_line()
    {
        var data = Sheet.Passengers()
            .With("a name rather longer than the widest terminal that anybody has ever had before their eyes or so it would seem to "
                + "whoever has to read it", row => $"x{row}").With("y", row => $"{row % 3}");
        using var tool = new Fstack(data);
        foreach (var command in new[] { "evaluate --folds 3", "fit --model ./m" })
        {
            var ran = tool.Done($"{command} --data ./data.csv --target y --id id --spec ./spec.json --json");
            Assert.Equal(2, ran.Notes.Length);
            Assert.Equal("the target 'y' holds 3 different integers, which are read as classes", ran.Notes[0]);
            Assert.Contains("is left out, since it identifies its row", ran.Notes[1]);
            Assert.Equal(2, ran.Error.Count(letter => letter == '\n'));
        }
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void Large_and_small_scores_are_printed_in_scientific_notation(double unit)
    {
        var fare = Sheet.Passengers().Numbers("fare");
        using var tool =
            new Fstack(Sheet.Passengers().With("fare", row => Sheet.Written(fare[row] * unit)), """{"version":1,"learner":"ridge"}""");
        var ran = tool.Done("evaluate --data ./data.csv --target fare --id id --spec ./spec.json --folds 3");
        var sign = unit > 1 ? @"\+" : "-";
        Assert.Matches($@"│ ridge │( \d\.\d{{3}}e{sign}\d+ ± \d\.\d{{3}}e{sign}\d+ │){{2}} ", ran.Output);
    }

    [Fact]
    public void Options_without_effect_are_refused()
    {
        using var tool = new Fstack(Sheet.Passengers().With("f", row => $"{row % 3}"));
        const string Line = "evaluate --data ./data.csv --target y --spec ./spec.json";
        Assert.Equal("--folds: the folds are given by the fold column 'f'. Leave out --folds or --fold-column.",
            tool.Refused($"{Line} --fold-column f --folds 5"));
        Assert.Equal("--repeats: the folds are given by the fold column 'f'. Leave out --repeats or --fold-column.",
            tool.Refused($"{Line} --fold-column f --repeats 1"));
        Assert.StartsWith("--repeats: group folds are not shuffled", tool.Refused($"{Line} --groups f --folds 2 --repeats 2"));
    }

    [Fact]
    public void The_stack_is_compared_with_its_best_base_in_one_sentence_and_in_json()
    {
        using var tool = new Fstack();
        const string line = "evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 4";
        var json = tool.Done($"{line} --json").Json;
        var compared = json.GetProperty("comparison");
        Assert.Equal(["model", "base", "metric", "difference", "standardError", "lower", "upper", "p", "folds", "better"], compared.Keys());
        double[] Of(string name) => json.Model(name).GetProperty("logLoss").Numbers("folds");
        var best = new[] { "knn", "naiveBayes" }.MinBy(name => Of(name).Average())!;
        Assert.Equal(best, compared.GetProperty("base").GetString());
        Assert.Equal(Of("stack").Zip(Of(best), (own, other) => own - other).Average(), compared.GetProperty("difference").GetDouble(),
            1e-12);
        var near = json.Items("models").Where(model => model.GetProperty("withinOneStandardError").GetBoolean())
            .Select(model => model.GetProperty("name").GetString()).ToArray();
        Assert.Contains(json.GetProperty("simplest").GetString(), near);
        var text = tool.Done(line).Output;
        Assert.Contains($"the stack is better than its best base, {best}: log-loss ", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"; the simplest model within one standard error of the best is {json.GetProperty("simplest")}.", text);
        using var alone = new Fstack(spec: Majority);
        var single = alone.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --json").Json;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, single.GetProperty("comparison").ValueKind);
        Assert.Equal("majority", single.GetProperty("simplest").GetString());
    }

    [Fact]
    public void Folds_in_time_order_have_periods_and_keep_the_gap()
    {
        using var tool = new Fstack(Sheet.Passengers(120).With("day", row => $"2024-{1 + row / 28:00}-{1 + row % 28:00}"), Majority);
        const string line = "evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --time day";
        var periods = tool.Done($"{line} --json").Json.Items("periods");
        Assert.All(periods, period => Assert.Equal(["fold", "from", "to", "rows", "logLoss"], period.Keys()));
        Assert.Equal(["2024-02-03", "2024-03-05", "2024-04-07"], periods.Select(period => period.GetProperty("from").GetString()));
        Assert.Equal("2024-05-08", periods[2].GetProperty("to").GetString());
        Assert.Equal([30, 30, 30], periods.Select(period => period.GetProperty("rows").GetInt32()));
        Assert.Contains("2024-02-03 to 2024-03-04", tool.Done(line).Output);

        // 30 days are a gap in the unit of dates: the shares of the first fold then come from the rows before 2024-01-04.
        var data = IO.DatasetReader.Read(tool.At("data.csv"), new("y", "id", Time: "day") { Gap = 30 }).OrThrow().Dataset;
        Assert.Equal(30 * 86_400, data.Roles.Gap);
        var expected = Executor.Inline.Evaluate(new Learners.Majority(), data, new FoldPlan.Usual(3), Seed.Of(42)).OrThrow();
        Assert.Equal(Enumerable.Range(0, 3), expected.Folds[0].Train);
        var gapped = tool.Done($"{line} --gap 30 --json").Json;
        Assert.Equal(expected.Final["logLoss"].PerFold, gapped.Model("majority").GetProperty("logLoss").Numbers("folds"));
        Assert.Equal("--gap needs --time with the time of each row. See 'fstack evaluate --help'.",
            tool.Refused("evaluate --data ./data.csv --target y --gap 1"));
        Assert.Equal("--weights-kind needs --weights with the weight of each row. See 'fstack evaluate --help'.",
            tool.Refused("evaluate --data ./data.csv --target y --weights-kind frequency"));
        Assert.Equal("--gap is 'x'. Give a number of at least 0. See 'fstack evaluate --help'.", tool.Refused($"{line} --gap x"));
    }
}
