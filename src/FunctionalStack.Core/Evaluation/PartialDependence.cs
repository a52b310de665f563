namespace FunctionalStack;

/// <summary>The mean prediction for each value of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Grid">The values, ascending, or the categories.</param>
/// <param name="Levels">The classes; empty for numeric predictions.</param>
/// <param name="Mean">Values x classes, row-major: mean probabilities; or one mean predicted number per value.</param>
public sealed record PartialDependence(string Column, Column Grid, EquatableArray<string> Levels, EquatableArray<double> Mean)
{
    /// <summary>The distinct values of a numeric column, or as many of its quantiles; the categories that occur.</summary>
    internal static Column GridOf(Column column, int points)
    {
        if (column is Column.Categorical categories)
        {
            var levels = categories.ToArray().Where(code => code >= 0).Distinct().Order().ToArray();
            return new Column.Categorical(categories.Levels, EquatableArray.Own(levels));
        }

        var sorted = ((Column.Numeric)column).ToArray().Where(number => !double.IsNaN(number)).Order().ToArray();
        var distinct = sorted.Distinct().ToArray();
        return new Column.Numeric(EquatableArray.From(distinct.Length <= points
            ? distinct
            : Enumerable.Range(0, points).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (points - 1))]).Distinct()));
    }

    internal static PartialDependence Of(string column, Column grid, EquatableArray<Prediction> predictions) => predictions[0] switch
    {
        Prediction.Probabilities first => new(column, grid, first.Levels, EquatableArray.From(predictions.SelectMany(one =>
        {
            var all = ((Prediction.Probabilities)one).For(first.Levels);
            var sums = new double[first.Levels.Count];
            for (var row = 0; row < all.Count; row++)
            {
                var shares = all.Row(row);
                for (var level = 0; level < sums.Length; level++) sums[level] += shares[level];
            }

            return Array.ConvertAll(sums, sum => sum / all.Count);
        }))),
        _ => new(column, grid, default, EquatableArray.From(predictions.Select(one => ((Prediction.Numeric)one).Values.Average()))),
    };
}
