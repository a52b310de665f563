namespace FunctionalStack;

/// <summary>The mean prediction for each value of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Grid">The values, ascending, or the categories.</param>
/// <param name="Levels">The classes; empty for numeric predictions.</param>
/// <param name="Mean">Values x classes, row-major: mean probabilities; or one mean predicted number per value.</param>
public sealed record PartialDependence(string Column, Column Grid, EquatableArray<string> Levels, EquatableArray<double> Mean)
{
    /// <summary>Rows with the distinct values of a numeric column, or with as many of its quantiles; with the categories that
    /// occur.</summary>
    internal static EquatableArray<int> GridOf(Column column, int points)
    {
        var present = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row));
        if (column is Column.Categorical categories)
            return EquatableArray.From(present.DistinctBy(row => categories[row]).OrderBy(row => categories[row]));

        var numeric = (Column.Numeric)column;
        var sorted = present.OrderBy(row => numeric[row]).ToArray();
        var distinct = sorted.DistinctBy(row => numeric[row]).ToArray();
        return EquatableArray.From(distinct.Length <= points
            ? distinct
            : Enumerable.Range(0, points).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (points - 1))])
                .DistinctBy(row => numeric[row]));
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
