using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>
/// The recipe that won Kaggle's Otto competition, in small: many bases of many kinds and views, three meta learners on what
/// they say out of fold, and a convex combination of those. Told as it runs; the products set aside take no part in any fit.
/// </summary>
public static class OttoDemo
{
    /// <summary>Runs and tells; the JSON object's fields without <c>command</c>.</summary>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="executor">The thread budget.</param>
    /// <param name="data">What to learn from and what to predict.</param>
    /// <param name="stack">As <see cref="OttoStack"/> makes it.</param>
    /// <param name="seed">Where all randomness comes from.</param>
    /// <param name="report">A folder to draw pictures into; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, IExecutor executor, OttoData data, Stack stack, Seed seed, string? report)
    {
        var watch = Stopwatch.StartNew();
        var (upper, above) = ((Stack)stack.Meta, Stack.Seeds(seed).Meta);
        terminal.Say($"otto: {data.Source}; {data.Train.RowCount} products to learn from, {data.Test.RowCount} set aside; {data.Train.Frame.Columns.Count} counts, {((Target.Classes)data.Train.Target).Levels.Count} classes");
        terminal.Say($"Level one: {stack.Bases.Count} bases, each fitted on {Folds(stack)} folds; what is set aside is predicted by the mean of those models:");
        return from bases in Level(terminal, executor, "base", stack, data.Train, data.Test, seed)
               let shown = Say(terminal, $"Level two: {upper.Bases.Count} meta learners on {bases.P.Columns.Count} columns, cross-fitted likewise:")
               from metas in Level(terminal, executor, "meta", upper, new(bases.P, data.Train.Target), new(bases.Mean, data.Test.Target), above)
               from result in OttoExperiment.Blend(executor, data, upper, bases, metas, above, terminal.Cancellation)
               from gains in terminal.Progress("gain", _ => OttoReport.Gains(executor, data, bases, terminal.Cancellation))
               from pictures in report is null ? Outcome.Ok<EquatableArray<string>>(default) : OttoReport.Draw(report, result, gains, terminal.Cancellation)
               select Answer(terminal, result, gains, pictures, watch.Elapsed.TotalSeconds);
    }

    private static int Folds(Stack stack) => ((FoldPlan.Stratified)stack.Plan).K;

    private static Outcome<OttoLevel> Level(Terminal terminal, IExecutor executor, string role, Stack stack, Dataset train, Dataset test, Seed seed) =>
        OttoExperiment.Level(terminal, executor, role, stack, train, test, seed, (i, done) =>
            terminal.Say($"  {i + 1,2} {done.Name,-18} out of fold {Tables.Fixed(Metric.LogLoss.Score(train.Target, done.OutOfFold, null))}, set aside {Tables.Fixed(Metric.LogLoss.Score(test.Target, Prediction.Mean(done.ByModel), null))}  ({Tables.Fixed(done.Seconds, 1)} s)"));

    private static Done Say(Terminal terminal, string line)
    {
        terminal.Say(line);
        return default;
    }

    private static JsonObject Answer(Terminal terminal, OttoResult result, EquatableArray<OttoGain> gains, EquatableArray<string> pictures, double seconds)
    {
        terminal.Say("");
        terminal.Say("The leaderboard, by log-loss on the products set aside. Correlation is with the best base, over all out-of-fold probabilities:");
        terminal.Say(Board(result));
        if (result.Weights.Count > 0) terminal.Say($"The blend: {string.Join(" + ", result.Metas.All.Select((meta, i) => $"{Tables.Fixed(result.Weights[i], 3)} {meta.Name}"))}.");
        terminal.Say($"A convex combination of the best n bases, set aside: {string.Join(", ", gains.Where((_, i) => i < 3 || i == gains.Count - 1 || (i + 1) % 5 == 0).Select(gain => $"{gain.Bases}: {Tables.Fixed(gain.SetAside)}"))}.");
        foreach (var picture in pictures) terminal.Say(picture);
        terminal.Say($"{seconds:F0} s");
        var answer = new JsonObject { ["demo"] = "otto", ["source"] = result.Data.Source }.Describe(result.Data.Train.Roles);
        answer["testRows"] = result.Data.Test.RowCount;
        answer["models"] = new JsonArray([.. result.AllModels.Select(standing => (JsonNode?)new JsonObject
        {
            ["name"] = standing.Name,
            ["role"] = standing.Role,
            ["kind"] = standing.Kind,
            ["outOfFold"] = Scores(standing.OutOfFold),
            ["test"] = Scores(standing.SetAside),
            ["correlation"] = Json.Number(Math.Round(result.CorrelationOf(standing), 4)),
            ["seconds"] = Json.Number(Math.Round(standing.Seconds, 3)),
        })]);
        answer["weights"] = new JsonObject(result.Metas.All.Zip(result.Weights, (meta, weight) => KeyValuePair.Create<string, JsonNode?>(meta.Name, Json.Number(weight))));
        answer["gain"] = new JsonArray([.. gains.Select(gain => (JsonNode?)new JsonObject { ["bases"] = gain.Bases, ["added"] = gain.Added, ["outOfFold"] = Json.Number(gain.OutOfFold), ["test"] = Json.Number(gain.SetAside) })]);
        answer["pictures"] = Json.Strings(pictures);
        answer["seconds"] = Json.Number(Math.Round(seconds, 3));
        return answer;
    }

    private static JsonObject Scores(OttoScore score) => new() { ["logLoss"] = Json.Number(score.LogLoss), ["accuracy"] = Json.Number(score.Accuracy) };

    private static Table Board(OttoResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model").AddColumn("role");
        foreach (var title in new[] { "log-loss", "accuracy", "out of fold", "correlation", "seconds" }) table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var one in result.AllModels.OrderBy(standing => standing.SetAside.LogLoss))
        {
            string[] cells =
            [
                Markup.Escape(one.Name), one.Role, Tables.Fixed(one.SetAside.LogLoss), Tables.Fixed(one.SetAside.Accuracy), Tables.Fixed(one.OutOfFold.LogLoss),
                Tables.Fixed(result.CorrelationOf(one), 3), Tables.Fixed(one.Seconds, 1),
            ];
            table.AddRow(one.Role == "base" ? cells : [.. cells.Select(cell => $"[bold]{cell}[/]")]);
        }

        return table;
    }
}
