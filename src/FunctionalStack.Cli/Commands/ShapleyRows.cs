using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Learners;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Sampled Shapley values of some rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Predicted">Their predictions.</param>
/// <param name="Values">The values, one per row, class and column.</param>
internal sealed record ShapleyRows(TestRows Rows, Prediction Predicted, ShapValues Values)
{
    /// <summary>The number of rows, drawn by the seed, that stand for the usual ones.</summary>
    public const int ReferenceRows = 50;

    /// <summary>The mean absolute value of each column.</summary>
    public ShapMeans Means => Explanation.MeansOf(Values, "prediction");

    /// <summary>Computes the values of rows drawn by the seed. The reference rows are drawn from the same rows.</summary>
    public static Outcome<ShapleyRows> Of(TestRows all, int count, Seed seed, IExecutor executor, IProgress<FitProgress> progress)
    {
        var rows = all.Drawn(count, seed);
        return from predicted in executor.Predict(all.Model, rows.Data.Frame).WithoutNotes()
               from values in Shap.Sampled(all.Model, rows.Data.Frame,
                   Explanation.Drawn(all.Data, ReferenceRows, seed.Fork("reference")).Frame, seed, executor: executor, progress: progress)
                   .WithoutNotes()
               select new ShapleyRows(rows, predicted, values);
    }

    /// <summary>Fails, before any prediction, if <see cref="ToFrame"/> would.</summary>
    public static Outcome<TestRows> Check(TestRows all)
    {
        var none = all.Take(default);
        Prediction nothing = none.Data.Target is Target.Classes classes
            ? new Prediction.Probabilities(classes.Levels, default) : new Prediction.Numeric(default);
        var columns = EquatableArray.From(none.Data.Frame.Columns.Select(column => column.Source).Distinct());
        return new ShapleyRows(none, nothing, new ShapValues(columns, default, default)).ToFrame().Map(_ => all);
    }

    /// <summary>The number of each row in its file, its prediction, for a class its probability, the base, and the value of each column for
    /// that class. Fails if two columns have one name.</summary>
    public Outcome<Frame> ToFrame()
    {
        var target = Rows.Target;
        var classes = Predicted as Prediction.Probabilities;
        var codes = classes?.Codes() ?? EquatableArray.Own(new int[Predicted.Count]);
        return PredictionFrame.Distinct("--out", "Rename the target in the file, and give its name with --target.", Predicted.Count,
        [
            new("row", Numbers(row => Rows.Numbers[row])),
            new(target, classes is null ? new Column.Numeric(Predicted.Values) : PredictionFrame.Strings(classes.Labels)),
            .. classes is null ? Array.Empty<NamedColumn>()
                : [new NamedColumn($"{target}:probability", Numbers(row => classes.Row(row)[codes[row]]))],
            new($"{target}:base", Numbers(row => Values.Base[codes[row]])),
            .. Values.Columns.Select((column, at) => new NamedColumn($"{column}:shap", Numbers(row => Values.Of(row, codes[row])[at]))),
        ]);

        Column Numbers(Func<int, double> of) =>
            new Column.Numeric(EquatableArray.From(Enumerable.Range(0, Predicted.Count).Select(of)));
    }
}
