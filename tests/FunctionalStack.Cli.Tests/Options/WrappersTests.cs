using FunctionalStack.Cli.Options;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Options;

public sealed class WrappersTests : IDisposable
{
    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Intervals_are_two_columns_beside_an_unchanged_prediction()
    {
        tool.Write("spec.json", """{"version":1,"learner":"ridge"}""");
        tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./plain.fstack");
        var ran = tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --conformal --json");
        Assert.Equal("""{"folds":5,"rows":90}""", ran.Json.GetProperty("conformal").ToString());
        tool.Done("predict --model ./plain.fstack --data ./data.csv --out ./plain.csv");
        Assert.Empty(tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --intervals 0.9").Notes);
        var written = tool.Table("p.csv");
        Assert.Equal(["id", "fare", "fare:lower", "fare:upper"], written.Names);
        Assert.Equal(tool.Table("plain.csv")["fare"], written["fare"]);
        var loaded = ModelFile.Load(tool.At("m.fstack")).OrThrow();
        var rows = Table.Read(tool.At("data.csv")).Bind(table => table.Frame(loaded.Schema)).OrThrow();
        var intervals = loaded.PredictInterval(rows, 0.9).OrThrow();
        Assert.Equal(intervals.Lower, written.Numbers("fare:lower"));
        Assert.Equal(intervals.Upper, written.Numbers("fare:upper"));
    }

    [Fact]
    public void Quantiles_are_one_column_per_level_beside_intervals()
    {
        tool.Write("spec.json", """{"version":1,"learner":"ridge"}""");
        tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --conformal");
        var ran = tool.Done(
            "predict --model ./m.fstack --data ./data.csv --out ./p.csv --intervals 0.8 --quantiles 0.05,0.5,0.9 --json");
        Assert.Equal(
            """[{"level":0.05,"column":"fare:q0.05"},{"level":0.5,"column":"fare:q0.5"},{"level":0.9,"column":"fare:q0.9"}]""",
            ran.Json.GetProperty("quantiles").ToString());
        var written = tool.Table("p.csv");
        Assert.Equal(["id", "fare", "fare:lower", "fare:upper", "fare:q0.05", "fare:q0.5", "fare:q0.9"], written.Names);
        var loaded = ModelFile.Load(tool.At("m.fstack")).OrThrow();
        var rows = Table.Read(tool.At("data.csv")).Bind(table => table.Frame(loaded.Schema)).OrThrow();
        var quantiles = loaded.PredictQuantiles(rows, [0.05, 0.5, 0.9]).OrThrow();
        Assert.Equal(quantiles.Of(0), written.Numbers("fare:q0.05"));
        Assert.Equal(quantiles.Of(2), written.Numbers("fare:q0.9"));
        ran = tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --quantiles 0.001,0.5 --json");
        Assert.Contains("level 0.001 needs at least 999 training rows, but only 90 have a held-out prediction: the quantile is infinite",
            ran.Json.GetProperty("notes").ToString(), StringComparison.Ordinal);
        Assert.All(tool.Table("p.csv").Numbers("fare:q0.001"), value => Assert.Equal(double.NegativeInfinity, value));
    }

    [Theory]
    [InlineData("0.5,0.1")]
    [InlineData("0.5,0.5")]
    [InlineData("0,0.5")]
    [InlineData("0.5,x")]
    [InlineData("0.5,")]
    public void Levels_of_quantiles_are_checked(string levels) => Assert.Contains(
        $"--quantiles is '{levels}'. Give ascending numbers above 0 and below 1, separated by commas, each once.",
        tool.Refused($"predict --model ./m.fstack --data ./data.csv --out ./p.csv --quantiles {levels}"));

    [Fact]
    public void The_folds_of_fit_are_those_of_intervals_that_give_none()
    {
        tool.Write("spec.json", """{"version":1,"stack":{"bases":[{"learner":"ridge"}]}}""");
        var ran =
            tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --folds 3 --conformal --json");
        Assert.Equal("""{"folds":3,"rows":90}""", ran.Json.GetProperty("conformal").ToString());
        ran = tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --folds 3 --conformal 4 --json");
        Assert.Equal("""{"folds":4,"rows":90}""", ran.Json.GetProperty("conformal").ToString());
    }

    [Fact]
    public void Too_few_rows_for_the_level_give_infinite_bounds_and_a_note()
    {
        tool.Write("spec.json", """{"version":1,"learner":"ridge"}""");
        tool.Done("fit --data ./data.csv --target fare --id id --spec ./spec.json --model ./m.fstack --conformal 3");
        var ran = tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --intervals 0.999 --json");
        Assert.Contains("level 0.999 needs at least 999 training rows, but only 90 have a held-out prediction: the bounds are infinite",
            ran.Json.GetProperty("notes").ToString(), StringComparison.Ordinal);
        Assert.All(tool.Table("p.csv").Numbers("fare:lower"), bound => Assert.Equal(double.NegativeInfinity, bound));
        Assert.All(tool.Table("p.csv").Numbers("fare:upper"), bound => Assert.Equal(double.PositiveInfinity, bound));
    }

    [Fact]
    public void Sets_join_their_levels()
    {
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --conformal 4");
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --sets 0.95");
        Assert.Equal(["id", "y", "set"], tool.Table("p.csv").Names);
        Assert.Equal(["no", "no|yes", "yes"], tool.Table("p.csv")["set"].Distinct().Order(StringComparer.Ordinal));
        Assert.All(tool.Table("p.csv").Rows, row => Assert.Contains(row[1], row[2].Split('|')));
    }

    /// <summary>The levels are read back by a scan: a backslash makes the next character part of the level.</summary>
    [Theory]
    [InlineData("a|b", "c")]
    [InlineData(@"a\", "|b", @"\|")]
    [InlineData("no", "yes")]
    public void Levels_of_a_set_are_read_back(params string[] levels)
    {
        var (found, level, set) = (new List<string>(), "", PredictionColumns.Joined(EquatableArray.Of(levels)));
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i] == '|')
            {
                found.Add(level);
                level = "";
            }
            else
            {
                level += set[i] == '\\' ? set[++i] : set[i];
            }
        }

        Assert.Equal(levels, found.Append(level));
    }

    [Fact]
    public void A_set_with_a_separator_in_a_level_is_written_with_a_backslash()
    {
        tool.Write("data.csv", Sheet.Passengers().With("y", row => row % 2 == 0 ? "a|b" : "c").Text);
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --conformal 3");
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --sets 0.95");
        Assert.Contains(@"a\|b|c", tool.Table("p.csv")["set"]);
    }

    /// <summary>One missed row costs as much as 1000 false alarms, and a leaf of the tree has probability 0.</summary>
    [Fact]
    public void A_threshold_may_predict_every_row()
    {
        tool.Write("tree.json", """{"version":1,"learner":"tree"}""");
        var ran =
            tool.Done("fit --data ./data.csv --target y --id id --spec ./tree.json --model ./m.fstack --threshold cost:1000,1 --json");
        Assert.Equal(-1, ran.Json.GetProperty("threshold").GetProperty("value").GetDouble());
        Assert.Contains("threshold: -1.0000 (every row) on the probability of 'yes'", tool.Done("inspect ./m.fstack").Output);
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv");
        Assert.All(tool.Table("p.csv")["y"], one => Assert.Equal("yes", one));
    }

    [Fact]
    public void A_threshold_changes_classes_only_and_is_shown()
    {
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./plain.fstack");
        var ran = tool.Done(
            "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --threshold cost:9,1 --conformal 3 --json");
        var threshold = ran.Json.GetProperty("threshold");
        Assert.Equal(["class", "rule", "value", "score", "scoreAtHalf"], threshold.Keys());
        Assert.Equal(("yes", "cost:9,1"), (threshold.GetProperty("class").GetString(), threshold.GetProperty("rule").GetString()));
        var value = threshold.GetProperty("value").GetDouble();
        Assert.InRange(value, 0, 0.5);
        Assert.True(threshold.GetProperty("score").GetDouble() <= threshold.GetProperty("scoreAtHalf").GetDouble());
        tool.Done("predict --model ./plain.fstack --data ./data.csv --out ./plain.csv --probabilities");
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
        Assert.Equal(tool.Table("plain.csv")["P(yes)"], tool.Table("p.csv")["P(yes)"]);
        Assert.Equal(tool.Table("p.csv").Numbers("P(yes)").Select(p => p > value ? "yes" : "no"), tool.Table("p.csv")["y"]);
        Assert.NotEqual(tool.Table("plain.csv")["y"], tool.Table("p.csv")["y"]);
        Assert.Matches(
            @"on the probability of 'yes', by cost:9,1: mean cost \d\.\d{4} out of fold, \d\.\d{4} with 0\.5 \(lower is better\)\n",
            tool.Done("inspect ./m.fstack").Output);
        var shown = tool.Done("inspect ./m.fstack --json").Json;
        Assert.Equal(threshold.ToString(), shown.GetProperty("threshold").ToString());
        Assert.Equal("""{"folds":3,"rows":90}""", shown.GetProperty("conformal").ToString());
    }

    [Theory]
    [InlineData("fit --data ./data.csv --target fare --id id --model ./m.fstack --threshold f1",
        "a threshold is for two classes, but the target is numeric. Leave it out, or give a target of two classes.")]
    [InlineData("fit --data ./data.csv --target port --id id --model ./m.fstack --threshold f1",
        "a threshold is for two classes, but the target has 3. Leave it out, or merge classes until two are left.")]
    [InlineData("fit --data ./data.csv --target y --id id --model ./m.fstack --threshold best",
        "--threshold: 'best' is not a rule. Give f1, balanced or cost:FN,FP.")]
    [InlineData("fit --data ./data.csv --target y --id id --model ./m.fstack --conformal 1",
        "--conformal is '1'. Give a whole number of folds, at least 2.")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./p.csv --sets 1", "--sets is '1'. Give a number above 0 and below 1.")]
    [InlineData("predict --model ./m.fstack --images mnist --out ./p.csv --sets 0.9", "--sets is for --data.")]
    public void What_cannot_be_done_is_refused(string line, string message)
    {
        // Ports without a missing value: the target of three classes.
        tool.Write("data.csv", (Sheet.Passengers() is var sheet ? sheet.With("port", row => "CQS"[row % 3].ToString()) : sheet).Text);
        Assert.Contains(message, tool.Refused(line), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_intervals_is_named()
    {
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        Assert.Contains("m.fstack: the model: was fitted without intervals, quantiles and sets. Fit it with Conformal, or with "
            + "'fstack fit --conformal'.",
            tool.Refused("predict --model ./m.fstack --data ./data.csv --out ./p.csv --sets 0.9"), StringComparison.Ordinal);
        Assert.DoesNotContain("p.csv", tool.Files);
    }

    [Fact]
    public void Folds_of_a_column_are_those_of_the_cross_fit()
    {
        tool.Write("spec.json", """{"version":1,"learner":"knn"}""")
            .Write("data.csv", Sheet.Passengers().With("fold", row => (row % 4).ToString()).Text);
        var ran = tool.Done(
            "fit --data ./data.csv --target y --id id --fold-column fold --spec ./spec.json --model ./m.fstack --conformal --json");
        Assert.Equal("""{"folds":4,"rows":90}""", ran.Json.GetProperty("conformal").ToString());
        Assert.Contains("--conformal: the folds are given by a column. Leave out the number.", tool.Refused(
            "fit --data ./data.csv --target y --id id --fold-column fold --spec ./spec.json --model ./m.fstack --conformal 4"),
            StringComparison.Ordinal);
    }
}
