using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the Otto demo: each step of <see cref="OttoExperiment"/>, and a leaderboard.</summary>
internal static class OttoDemo
{
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="data">The training and test products.</param>
    /// <param name="stack">The stack, usually that of <see cref="OttoStack"/>.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, IExecutor executor, OttoData data, Stack stack, Seed seed, bool isDrawn)
    {
        var watch = Stopwatch.StartNew();
        var (upper, above) = ((Stack)stack.Meta, Stack.Seeds(seed).Meta);
        terminal.Print(
            $"otto: {data.Source}; {data.Train.RowCount} training products, {data.Test.RowCount} test products; "
                + $"{data.Train.Frame.Columns.Count} counts, {((Target.Classes)data.Train.Target).Levels.Count} classes");
        terminal.Print(
            $"Level one: {stack.Bases.Count} bases, each fitted on {Folds(stack)} folds; the mean of the fold models predicts the test "
                + "products. Log-loss:");
        return from bases in Level(terminal, executor, "base", stack, data.Train, data.Test, seed)
               let shown =
                   Print(terminal,
                       $"Level two: {upper.Bases.Count} meta-learners on {bases.P.Columns.Count} columns, cross-fitted in the same way. "
                           + "Log-loss:")
               from metas in Level(terminal, executor, "meta", upper, new(bases.P, data.Train.Target), new(bases.Mean, data.Test.Target),
                   above)
               from result in OttoExperiment.Blend(executor, data, upper, bases, metas, above, terminal.Cancellation)
               from gains in terminal.Progress("gain", _ => OttoFigures.Gains(executor, data, bases, terminal.Cancellation))
               select new DemoResult(Answer(terminal, result, gains, watch.Elapsed.TotalSeconds),
                   isDrawn ? OttoFigures.Of(result, gains) : DemoPage.None);
    }

    private static int Folds(Stack stack) => ((FoldPlan.Stratified)stack.Plan).K;

    private static Outcome<OttoLevel> Level(Terminal terminal, IExecutor executor, string role, Stack stack, Dataset train, Dataset test,
        Seed seed) =>
        OttoExperiment.Level(terminal, executor, role, stack, train, test, seed, (i, done) =>
            terminal.Print(
                $"  {i + 1,2} {done.Name,-18} out-of-fold {Tables.Fixed(Metric.LogLoss.Score(train.Target, done.OutOfFold, null))}, test "
                    + $"{Tables.Fixed(Metric.LogLoss.Score(test.Target, Prediction.Mean(done.ByModel), null))}  "
                    + $"({Tables.Fixed(done.Seconds, 1)} s)"));

    private static Done Print(Terminal terminal, string line)
    {
        terminal.Print(line);
        return default;
    }

    private static JsonObject Answer(Terminal terminal, OttoResult result, EquatableArray<OttoGain> gains, double seconds)
    {
        terminal.Print("");
        terminal.Print("Leaderboard by test log-loss. The correlation is with the best base, over all out-of-fold probabilities:");
        terminal.Print(Board(result));
        var weighted = result.Metas.All.Zip(result.Weights, (meta, weight) => $"{Tables.Fixed(weight, 3)} {meta.Name}");
        if (result.Weights.Count > 0) terminal.Print($"The blend: {string.Join(" + ", weighted)}.");
        var steps = gains.Where((_, i) => i < 3 || i == gains.Count - 1 || (i + 1) % 5 == 0);
        terminal.Print(
            "Test log-loss of a convex combination of the best n bases: "
                + $"{string.Join(", ", steps.Select(gain => $"{gain.Bases}: {Tables.Fixed(gain.SetAside)}"))}.");
        terminal.Print($"{seconds:F0} s");
        var answer = new JsonObject { ["demo"] = "otto", ["source"] = result.Data.Source }.Describe(result.Data.Train.Roles);
        answer["testRows"] = result.Data.Test.RowCount;
        answer["models"] = new JsonArray([.. result.AllModels.Select(model => (JsonNode?)new JsonObject
        {
            ["name"] = model.Name,
            ["role"] = model.Role,
            ["kind"] = model.Kind,
            ["outOfFold"] = Scores(model.OutOfFold),
            ["test"] = Scores(model.SetAside),
            ["correlation"] = Json.Number(Math.Round(result.CorrelationOf(model), 4)),
            ["seconds"] = Json.Number(Math.Round(model.Seconds, 3)),
        })]);
        answer["weights"] =
            new JsonObject(result.Metas.All.Zip(result.Weights,
                (meta, weight) => KeyValuePair.Create<string, JsonNode?>(meta.Name, Json.Number(weight))));
        answer["gain"] =
            new JsonArray([.. gains.Select(gain =>
                (JsonNode?)new JsonObject { ["bases"] = gain.Bases, ["added"] = gain.Added, ["outOfFold"] = Json.Number(gain.OutOfFold),
                    ["test"] = Json.Number(gain.SetAside) })]);
        answer["seconds"] = Json.Number(Math.Round(seconds, 3));
        return answer;
    }

    private static JsonObject Scores(OttoScore score) =>
        new() { ["logLoss"] = Json.Number(score.LogLoss), ["accuracy"] = Json.Number(score.Accuracy) };

    private static Table Board(OttoResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model").AddColumn("role");
        foreach (var title in new[] { "test log-loss", "test accuracy", "out-of-fold log-loss", "correlation", "seconds" })
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var one in result.AllModels.OrderBy(model => model.SetAside.LogLoss))
        {
            string[] cells =
            [
                Markup.Escape(one.Name), one.Role, Tables.Fixed(one.SetAside.LogLoss), Tables.Fixed(one.SetAside.Accuracy),
                Tables.Fixed(one.OutOfFold.LogLoss),
                Tables.Fixed(result.CorrelationOf(one), 3), Tables.Fixed(one.Seconds, 1),
            ];
            table.AddRow(one.Role == "base" ? cells : [.. cells.Select(cell => $"[bold]{cell}[/]")]);
        }

        return table;
    }
}
