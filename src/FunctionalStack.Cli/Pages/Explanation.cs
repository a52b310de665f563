using FunctionalStack.Cli.Options;
using FunctionalStack.Learners;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Pages;

/// <summary>Explains a model for a report, with a bounded number of predictions.</summary>
internal static class Explanation
{
    private const int MostPartial = 6;
    private const int MostLevels = 20;
    private const int Repeats = 3;

    // The rows predicted in all for the permutations: fewer for few rows, whose fit takes less time.
    private const int Predictions = 12_000;
    private const int PredictionsPerRow = 4;
    private const int FewestRows = 100;
    private const int MostRows = 1000;

    // The rows and the values of a partial dependence. Its points share the rows, so that few show its form.
    private const int PartialRows = 40;
    private const int PartialPoints = 10;

    /// <summary>Permutation importance, Shapley values where the model is one of trees, and partial dependence of the leading columns, on
    /// rows drawn by the seed.</summary>
    public static Outcome<Explained> Of(IModel model, Dataset data, Seed seed, IExecutor executor)
    {
        var columns = Math.Max(1, model.Needs(data.Frame.Names).Count);
        var most = Math.Min(Predictions, PredictionsPerRow * data.RowCount) / Repeats / columns;
        var drawn = Drawn(data, Math.Clamp(most, FewestRows, MostRows), seed);
        return from importance in model.PermutationImportance(drawn, seed.Fork("importance"), Repeats, executor)
               from shap in ShapOf(model, drawn.Frame)
               from partial in Leading(model, drawn, importance, seed, executor)
               select new Explained(drawn.RowCount, importance, shap, partial);
    }

    /// <summary>Rows drawn by the seed, in their order; all if there are no more.</summary>
    public static Dataset Drawn(Dataset data, int rows, Seed seed) =>
        rows >= data.RowCount ? data : data.Take(TestRows.Places(data.RowCount, rows, seed));

    /// <summary>The mean absolute Shapley values of a model of trees; null for others.</summary>
    public static Outcome<ShapMeans?> ShapOf(IModel model, Frame rows) => Shap.Of(model, rows) is { } explained
        ? explained.WithoutNotes().Map<ShapMeans?>(values => MeansOf(values, "raw score")) : Outcome.Ok<ShapMeans?>(null);

    /// <summary>The mean absolute Shapley value of each column, in descending order.</summary>
    public static ShapMeans MeansOf(ShapValues shap, string what) => new(what, EquatableArray.From(
        shap.Columns.Zip(shap.MeanAbsolute()).OrderByDescending(one => one.Second)));

    /// <summary>The partial dependence of the most important columns, on few rows. Columns of many categories are left out.</summary>
    public static Outcome<EquatableArray<PartialDependence>> Leading(IModel model, Dataset data,
        EquatableArray<ColumnImportance> importance,
        Seed seed, IExecutor executor)
    {
        var rows = Drawn(data, PartialRows, seed.Fork("partial")).Frame;
        var columns = EquatableArray.From(importance.Where(one => one.Mean > 0).OrderByDescending(one => one.Mean)
            .SelectMany(one => rows.Columns.Where(column => column.Source == one.Column).Take(1))
            .Where(column => Enumerable.Range(0, rows.RowCount).Any(row => !column.Column.IsMissing(row))
                && !(column.Column is Column.Categorical categories && categories.ToArray().Distinct().Count() > MostLevels))
            .Take(MostPartial).Select(column => column.Name));
        return model.PartialDependence(rows, columns, PartialPoints, executor).WithoutNotes();
    }
}
