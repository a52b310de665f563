using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.IO;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the Titanic demo: two-level stacking step by step, then nested cross-validation.</summary>
internal static class TitanicDemo
{
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="data">The training and test passengers.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="submission">The file to write <c>PassengerId,Survived</c> to; null for none.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, IExecutor executor, TitanicData data, Seed seed, string? submission,
        bool isDrawn)
    {
        var (train, test) = (data.Train, data.Test);
        var stack = TitanicStack.Of(train.Frame, seed.Fork("folds"));
        if (submission is not null && data.Ids is null)
            return Outcome.Fail<DemoResult>("test file", "has no column 'PassengerId'", "Add it: it identifies the rows of a submission.");

        terminal.Print(
            $"titanic: {train.RowCount} training passengers, {test.RowCount} test passengers; {string.Join(", ", train.Frame.Names)}");
        return from folds in stack.Plan.Split(train.Roles)
               from level in First(terminal, executor, stack, folds, data, seed)
               from above in TwoLevels.Second(executor, stack, level, train.Target, seed, terminal.Cancellation)
               from written in Second(terminal, data, stack, level, above, submission)
               from nested in Nested(terminal, executor, data, stack, seed)
               select new DemoResult(Answer(data, folds, level, above, nested, written),
                   isDrawn ? TitanicFigures.Of(level, above.P, nested, train.Target) : DemoPage.None);
    }

    private static Outcome<EquatableArray<FirstLevel>> First(Terminal terminal, IExecutor executor, Stack stack, EquatableArray<Fold> folds,
        TitanicData data, Seed seed)
    {
        terminal.Print("");
        terminal.Print(
            $"Level one: {stack.Bases.Count} models, K = {folds.Count}. Each is fitted {folds.Count} times and predicts the held-out rows "
                + $"and all {data.Test.RowCount} test rows:");
        for (var k = 0; k < folds.Count; k++)
            terminal.Print($"  fold {k + 1}: fit on {folds[k].Train.Count} rows, predict {folds[k].Holdout.Count} held-out rows");
        terminal.Print("  strangers is a second forest, without the features made of families and tickets");
        return Outcome.All(stack.Bases.Select(b =>
            TwoLevels.First(executor, stack, b.Name, data.Train, data.Test, seed, terminal.Cancellation).Map(done =>
        {
            var (actual, predicted) = (data.Train.Target, done.OutOfFold);
            terminal.Print(
                $"  {done.Name,-10}  P[:, {done.Name}] {predicted.Count} x {done.P.Columns.Count}, p[:, {done.Name}] the mean of "
                    + $"{done.ByModel.Count} of {done.ByModel[0].Count} x {done.Mean.Columns.Count};"
                + $"  out-of-fold accuracy {Tables.Fixed(Accuracy(actual, predicted))}, log-loss "
                + $"{Tables.Fixed(LogLoss(actual, predicted))}  ({Tables.Fixed(done.Seconds, 1)} s)");
            return done;
        })));
    }

    private static Outcome<string?> Second(Terminal terminal, TitanicData data, Stack stack, EquatableArray<FirstLevel> level,
        SecondLevel above, string? submission)
    {
        terminal.Print(
            $"  P is {above.P.RowCount} x {above.P.Columns.Count}, p is {above.Test.RowCount} x {above.Test.Columns.Count}. Correlation "
                + "of P's columns:");
        terminal.Print(Correlations(level, above.P));
        terminal.Print(
            $"Level two: {stack.Meta.Name} on the log-odds, fitted on P ({above.P.RowCount} x {above.P.Columns.Count}), predicts p "
                + $"({above.Test.RowCount} x {above.Test.Columns.Count}).");
        terminal.Print(
            $"  out-of-fold accuracy on P: {Tables.Fixed(Accuracy(data.Train.Target, above.OutOfFold))}, log-loss "
                + $"{Tables.Fixed(LogLoss(data.Train.Target, above.OutOfFold))}"
            + " (slightly optimistic: the columns of P come from models fitted on the other folds)");
        if (data.Truth is { } truth)
        {
            var accuracy = Accuracy(truth, above.Prediction);
            terminal.Print(
                $"  on the {truth.Count} test rows: accuracy {Tables.Fixed(accuracy)} ± "
                    + $"{Tables.Fixed(Math.Sqrt(accuracy * (1 - accuracy) / truth.Count), 3)} (standard error), log-loss "
                    + $"{Tables.Fixed(LogLoss(truth, above.Prediction))}");
        }

        if (submission is null) return Outcome.Ok<string?>(null);
        var codes = ((Prediction.Probabilities)above.Prediction).Codes();
        var frame =
            Frame.Of(("PassengerId", PredictionFrame.Strings(data.Ids!.Value)),
                ("Survived", new Column.Numeric(EquatableArray.From(codes.Select(code => (double)code)))));
        return CsvFile.Write(submission, frame, terminal.Cancellation).Map<string?>(_ =>
        {
            terminal.Print($"  {submission}: {frame.RowCount} rows, {codes.Count(code => code == 1)} predicted to survive");
            return submission;
        });
    }

    // The whole stack inside each outer fold, once with the mean of the fold models and once refitted.
    private static Outcome<EquatableArray<ScoredModel>> Nested(Terminal terminal, IExecutor executor, TitanicData data, Stack stack,
        Seed seed)
    {
        var plan = new FoldPlan.Stratified(TitanicStack.K, seed.Fork("outer folds"));
        return from average in Evaluate(stack, "averaging")
               from refit in Evaluate(stack with { Combine = Combine.Refit }, "refitting")
               select Print([.. refit.Models.SkipLast(1), average.Final with { Name = "stack, mean of five" }, refit.Final]);

        Outcome<Evaluation> Evaluate(Stack whole, string title) => terminal.Progress(title, progress =>
            executor.Evaluate(whole, data.Train, plan, seed, progress, terminal.Cancellation));

        EquatableArray<ScoredModel> Print(EquatableArray<ScoredModel> models)
        {
            terminal.Print("");
            terminal.Print(
                $"Nested {TitanicStack.K}-fold cross-validation: both levels are fitted inside each outer fold and scored on its "
                    + "held-out rows. "
                + "The single bases are fitted on all training rows of the outer fold. The stack predicts with the mean of its five fold "
                + "models or, in the last line, with bases refitted on all training rows:");
            terminal.Print(Tables.Scores(models, data.Train.Target, terminal.Width));
            return models;
        }
    }

    private static Table Correlations(EquatableArray<FirstLevel> level, Frame p)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var one in level) table.AddColumn(new TableColumn(one.Name).RightAligned());
        for (var i = 0; i < level.Count; i++)
        {
            var row = i;
            table.AddRow([level[i].Name,
                .. Enumerable.Range(0, level.Count).Select(j => j > row ? "" : Tables.Fixed(TwoLevels.Correlation(p, row, j), 2))]);
        }

        return table;
    }

    private static JsonObject Answer(TitanicData data, EquatableArray<Fold> folds, EquatableArray<FirstLevel> level, SecondLevel above,
        EquatableArray<ScoredModel> nested, string? submission) => new()
        {
            ["demo"] = "titanic",
            ["rows"] = data.Train.RowCount,
            ["testRows"] = data.Test.RowCount,
            ["folds"] =
            new JsonArray([.. folds.Select(fold =>
                (JsonNode?)new JsonObject { ["fit"] = fold.Train.Count, ["predict"] = fold.Holdout.Count })]),
            ["levelOne"] = new JsonArray([.. level.Select(one => (JsonNode?)new JsonObject
        {
            ["name"] = one.Name,
            ["accuracy"] = Json.Number(Accuracy(data.Train.Target, one.OutOfFold)),
            ["logLoss"] = Json.Number(LogLoss(data.Train.Target, one.OutOfFold)),
            ["foldModels"] = one.ByModel.Count,
        })]),
            ["trainMatrix"] = Shape(above.P),
            ["testMatrix"] = Shape(above.Test),
            ["levelTwo"] = Scores(data.Train.Target, above.OutOfFold),
            ["test"] = data.Truth is { } truth ? Scores(truth, above.Prediction) : null,
            ["models"] = Json.Models(nested),
            ["submission"] = submission,
        };

    private static JsonArray Shape(Frame frame) => new(frame.RowCount, frame.Columns.Count);

    private static JsonObject Scores(Target truth, Prediction prediction) => new()
    {
        ["accuracy"] = Json.Number(Accuracy(truth, prediction)),
        ["logLoss"] = Json.Number(LogLoss(truth, prediction)),
    };

    private static double Accuracy(Target truth, Prediction prediction) => Metric.Accuracy.Score(truth, prediction, null);

    private static double LogLoss(Target truth, Prediction prediction) => Metric.LogLoss.Score(truth, prediction, null);
}
