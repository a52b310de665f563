namespace FunctionalStack;

/// <summary>The importance of a column to a model.</summary>
/// <param name="Column">The column. Features derived from one date column are one column.</param>
/// <param name="Mean">The mean increase of the loss over the repeats.</param>
/// <param name="Std">The population standard deviation over the repeats.</param>
public sealed record ColumnImportance(string Column, double Mean, double Std);

/// <summary>Explains fitted models of any kind.</summary>
public static class Explaining
{
    /// <summary>
    /// Permutation importance (Breiman, Machine Learning 45, 2001): the increase of the log-loss (or RMSE) on <paramref name="data"/>
    /// if the values of a column are shuffled among the rows. Original columns are shuffled, so that features derived from one column
    /// are shuffled together. Columns that share information share importance, and each may have little.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Labelled rows, preferably not those it was fitted on.</param>
    /// <param name="seed">The seed of the permutations.</param>
    /// <param name="repeats">The number of permutations of each column; at least 1.</param>
    /// <param name="executor">Divides large predictions among threads; null for the caller's thread.</param>
    /// <param name="progress">Reports each column when its permutations are done; null for none.</param>
    /// <returns>One importance per column, in order; exactly 0 for a column that the model does not read. Notes of the prediction. Fails
    /// like the prediction and <see cref="Scoring.Score(IModel, Dataset, Seed, int)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no repeats.</exception>
    public static Outcome<EquatableArray<ColumnImportance>> PermutationImportance(this IModel model, Dataset data, Seed seed,
        int repeats = 5, IExecutor? executor = null, IProgress<FitProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var (frame, roles, metric) = (data.Frame, data.Roles, Metric.Leading(data.Target));
        var inline = executor ?? Executor.Inline;
        var needed = model.Needs(frame.Names).ToHashSet(StringComparer.Ordinal);
        var sources = frame.Columns.GroupBy(column => column.Source)
            .Select(columns => (Source: columns.Key, Columns: new ChangedRows.Group(columns.Select(column => column.Name))))
            .Select(source => (source.Source, source.Columns, Copies: source.Columns.Names.Overlaps(needed) ? repeats : 0)).ToArray();
        var copies = sources.SelectMany(source => Enumerable.Range(0, source.Copies)
            .Select(repeat => (source.Columns, Seed: seed.Fork(source.Source).Fork(repeat))));
        var changed = new ChangedRows(inline, model, frame);
        var (reported, done) = (0, 0);
        return
            from prediction in inline.Predict(model, frame)
            from labelled in Scoring.Labelled(prediction, roles)
            let loss = metric.Score(roles.Target, prediction, roles.Weights)
            from increases in Outcome.All(copies.Chunk(changed.Together).Select(block =>
                changed.Predict([.. block.Select(copy =>
                    new ChangedRows.Copy(copy.Columns, copy.Seed.Permutation(frame.RowCount)))]).Map(predictions =>
                    Reported(block.Length, predictions.Select(one => metric.Score(roles.Target, one, roles.Weights) - loss).ToArray()))))
            select Of([.. Reported(0, increases).SelectMany(block => block)]);

        // Columns that the model does not read are done with the column before them.
        T Reported<T>(int predicted, T value)
        {
            done += predicted;
            for (; reported < sources.Length && sources.Take(reported + 1).Sum(source => source.Copies) <= done; reported++)
                progress?.Report(new(reported + 1, sources.Length, sources[reported].Source));
            return value;
        }

        EquatableArray<ColumnImportance> Of(ReadOnlySpan<double> increases)
        {
            var found = new List<ColumnImportance>();
            foreach (var source in sources)
            {
                var own = increases[..source.Copies].ToArray();
                var mean = own.Length == 0 ? 0 : own.Average();
                found.Add(new(source.Source, mean, own.Length == 0 ? 0 : MeanSquare.Of([.. own.Select(one => one - mean)]).Root));
                increases = increases[source.Copies..];
            }

            return EquatableArray.From(found);
        }
    }

    /// <summary>
    /// Partial dependence (Friedman, Annals of Statistics 29, 2001): the mean prediction over <paramref name="rows"/> if a column has
    /// the same value in all of them, for each value of a grid. The grid of numbers is their quantiles, that of categories their levels.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="points">The largest number of points of a numeric grid; at least 2.</param>
    /// <param name="executor">Divides large predictions among threads; null for the caller's thread.</param>
    /// <returns>The grid and the mean predictions. Fails if there is no such column, if it has no values, or like the
    /// prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 points.</exception>
    public static Outcome<PartialDependence> PartialDependence(this IModel model, Frame rows, string column, int points = 20,
        IExecutor? executor = null) => model.PartialDependence(rows, [column], points, executor).Map(all => all[0]);

    /// <summary>The partial dependence of several columns, each as it is alone, bit for bit. It takes less time than one call for each,
    /// since they are predicted together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="points">The largest number of points of a numeric grid; at least 2.</param>
    /// <param name="executor">Divides large predictions among threads; null for the caller's thread.</param>
    /// <returns>One for each column, in order. Fails like the first column that fails.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 points.</exception>
    public static Outcome<EquatableArray<PartialDependence>> PartialDependence(this IModel model, Frame rows,
        EquatableArray<string> columns, int points = 20, IExecutor? executor = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var changed = new ChangedRows(executor ?? Executor.Inline, model, rows);
        return from grids in Outcome.All(columns.Select(column => GridOf(rows, column, points)))
               from predictions in Outcome.All(grids.SelectMany(grid => grid.Rows.Select(row =>
                       new ChangedRows.Copy(grid.Own, [.. Enumerable.Repeat(row, rows.RowCount)])))
                   .Chunk(changed.Together).Select(block => changed.Predict(block)))
               let all = predictions.SelectMany(block => block).ToArray()
               select EquatableArray.From(grids.Select((grid, at) => FunctionalStack.PartialDependence.Of(grid.Column.Name,
                   grid.Column.Column.Take(grid.Rows),
                   EquatableArray.From(all.Skip(grids.Take(at).Sum(before => before.Rows.Count)).Take(grid.Rows.Count)))));
    }

    private static Outcome<(NamedColumn Column, EquatableArray<int> Rows, ChangedRows.Group Own)> GridOf(Frame rows, string column,
        int points) =>
        rows.Columns.FirstOrDefault(one => one.Name == column) is not { } found
            ? new Outcome<(NamedColumn, EquatableArray<int>, ChangedRows.Group)>.Fail(Unknown(rows, column))
        : FunctionalStack.PartialDependence.GridOf(found.Column, points) is var grid && grid.Count == 0
            ? Outcome.Fail<(NamedColumn, EquatableArray<int>, ChangedRows.Group)>(
                $"column '{column}'", "every value is missing", "Give a column with values.")
        : Outcome.Ok((found, grid, new ChangedRows.Group([column])));

    // Lists the columns that can be given: the parts, for a date.
    private static Failure Unknown(Frame rows, string column)
    {
        string[] parts = [.. rows.Columns.Where(one => one.Source == column).Select(one => one.Name)];
        return parts.Length > 0
            ? new($"column '{column}'", "is a date, which the model reads as its parts", $"Give one of them: {Listed.Some(parts)}.")
            : new($"column '{column}'", "the rows have no such column", NearestName.To(column, rows.Names) is { } near
                ? $"Did you mean '{near}'?" : $"Give one of the columns: {Listed.Some(rows.Names)}.");
    }
}
