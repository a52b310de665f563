namespace FunctionalStack.Preprocessing;

/// <summary>
/// Target encoding (Micci-Barreca 2001): replaces a categorical column X, in place, by the mean target of its level, smoothed towards the
/// overall mean: (sum + Smoothing * overall mean) / (n + Smoothing). The new column is <c>X:target</c> for regression,
/// <c>X:target(class)</c> for each class (only the second of two classes). Training rows are encoded out of fold, new
/// rows with all training rows. Otherwise the target would leak into the features.
/// A missing value is a separate level. An unseen level gets the overall mean.
/// </summary>
/// <param name="Folds">The number of folds, which ignore the target and keep groups together; at least 2. At most the number of rows (or
/// groups) is used.</param>
/// <param name="Smoothing">The number of rows by which the overall mean is weighted; finite and at least 0.</param>
/// <param name="MinLevels">Only columns with at least this number of levels present are encoded. The others are unchanged, for example for
/// one-hot encoding. At least 0.</param>
/// <param name="Plan">
/// The folds; null for shuffled K-fold. With a plan that depends on the target (stratified), a row's target can change
/// its fold, and thereby its encoding.
/// </param>
public sealed record TargetEncode(int Folds = 5, double Smoothing = 10, int MinLevels = 0, FoldPlan? Plan = null) : ICompositeTransform
{
    /// <inheritdoc/>
    public string Name => "targetEncode";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("folds", Folds, 2),
        Ensure.NotNegative("smoothing", Smoothing),
        Ensure.AtLeast("minLevels", MinLevels, 0));

    // Fails if no training row has positive weight on either side of a fold, with fewer than 2 rows, or if
    // X:target already exists. If there is nothing to encode, no folds are needed.
    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed)
    {
        var split = rows.Split(Plan?.Seeded(FoldPlan.SeedOf(seed)) ?? Usual(rows.Roles, FoldPlan.SeedOf(seed))).At(Name);
        if (Plan is not null && split is Outcome<EquatableArray<Fold>>.Fail refused) return new(rows.Failed<Fitted>(refused.Failure), null);
        var covered = Plan is null
            ? null : split.Match(FoldPlan.Covered, _ => default) is var held && held.Count < rows.Count ? held : (EquatableArray<int>?)null;
        return new(rows.Compute(Name, data => Gathered.Weights(Name, data).Bind(weights => Fit(data, weights, covered, split))), covered);
    }

    private Outcome<Fitted> Fit(Dataset data, double[]? weights, EquatableArray<int>? covered, Outcome<EquatableArray<Fold>> split)
    {
        var view = covered is { } rows ? data.Frame.Take(rows) : data.Frame;
        var columns =
            data.Frame.Columns.Where(column =>
                column.Column is Column.Categorical categories && LevelsPresent(categories, weights) >= MinLevels).ToArray();
        if (columns.Length == 0) return Outcome.Ok(new Fitted(view, new TargetEncodeMap(default)));

        var target = TargetMeans.Of(data.Target, weights, Smoothing);
        var everywhere = covered ?? EquatableArray.Range(data.RowCount);
        return from folds in split.WithoutNotes()
               from outOfFold in Outcome.All(columns.Select(column => OutOfFold(target, column, folds, everywhere)))
               from train in Replacement.Replace(Name, view,
                   outOfFold.Index().ToDictionary(made => columns[made.Index].Name, made => made.Item))
               from encodings in Outcome.All(columns.Select(column => Whole(target, column, data.RowCount)))
               select new Fitted(train, new TargetEncodeMap(encodings));
    }

    private Outcome<TargetEncodeMap.Encoding> Whole(TargetMeans target, NamedColumn column, int rows)
    {
        var categories = (Column.Categorical)column.Column;
        return target.Of(EquatableArray.Range(rows), categories.ToArray(), categories.Levels.Count).At(Name)
            .Map(means => new TargetEncodeMap.Encoding(
            column.Name,
            categories.Levels,
            EquatableArray.From(means.Select((of, output) =>
                new TargetEncodeMap.Output(target.NameOf(output, column.Name), EquatableArray.Own(of))))));
    }

    private Outcome<NamedColumn[]> OutOfFold(TargetMeans target, NamedColumn column, EquatableArray<Fold> folds,
        EquatableArray<int> covered)
    {
        var categories = (Column.Categorical)column.Column;
        var codes = categories.ToArray();
        var (levels, missing) = (categories.Levels.Count, categories.Levels.Count);
        var place = new int[codes.Length];
        for (var i = 0; i < covered.Count; i++) place[covered[i]] = i;
        var times = new int[covered.Count];
        var made = new double[target.Width][];
        for (var output = 0; output < made.Length; output++) made[output] = new double[covered.Count];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            switch (target.Of(folds[fold].Train, codes, levels).At($"{Name}, fold {fold + 1} of {folds.Count}"))
            {
                case Outcome<double[][]>.Fail fail:
                    return new Outcome<NamedColumn[]>.Fail(fail.Failure);
                case Outcome<double[][]>.Ok means:
                    foreach (var row in folds[fold].Holdout)
                    {
                        var at = place[row];
                        times[at]++;
                        for (var output = 0; output < made.Length; output++)
                            made[output][at] += means.Value[output][codes[row] < 0 ? missing : codes[row]];
                    }

                    break;
            }
        }

        foreach (var numbers in made)
        {
            for (var at = 0; at < numbers.Length; at++)
            {
                // A repeated plan holds a row out several times.
                if (times[at] > 1) numbers[at] /= times[at];
            }
        }

        return Outcome.Ok(made.Select((numbers, output) =>
            new NamedColumn(target.NameOf(output, column.Name), new Column.Numeric(EquatableArray.Own(numbers)))).ToArray());
    }

    // Ignores the target. Never splits a group, unless there is only one.
    private FoldPlan Usual(Roles roles, Seed seed) => roles.Groups?.Distinct().Count() is { } groups and > 1
        ? new FoldPlan.Group(Math.Min(Folds, groups))
        : new FoldPlan.KFold(Math.Min(Folds, roles.Count), seed);

    private static int LevelsPresent(Column.Categorical column, double[]? weights) =>
        Gathered.Mass(column, weights).SkipLast(1).Count(mass => mass > 0);
}

/// <summary>Replaces levels by smoothed means of the target.</summary>
/// <param name="Columns">The columns.</param>
public sealed record TargetEncodeMap(EquatableArray<TargetEncodeMap.Encoding> Columns) : IRowwiseMap
{
    /// <summary>The encoding of a column.</summary>
    /// <param name="Column">The replaced column.</param>
    /// <param name="Levels">The levels that have a mean.</param>
    /// <param name="Outputs">The new columns.</param>
    public sealed record Encoding(string Column, EquatableArray<string> Levels, EquatableArray<Output> Outputs);

    /// <summary>A new column.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Means">One mean per level, then that of missing values, then that of unseen levels.</param>
    public sealed record Output(string Name, EquatableArray<double> Means);

    /// <summary>Fails if the new rows already have a column with the name of a new one.</summary>
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.All(Columns.Select(encoding => Made(encoding, rows).Map(made => (encoding.Column, Made: made))))
        .Bind(all => Replacement.Replace("targetEncode", rows, all.ToDictionary(one => one.Column, one => one.Made)));

    RowMap? IRowwiseMap.ForRow(Frame columns) => Replacement.ForRow(this, columns, Columns.Select(one => (one.Column,
        LevelPlaces.Of(columns, one.Column, one.Levels, one.Levels.Count, one.Levels.Count + 1) is { } places
            ? (RowFunction)new LevelCells(places, [.. one.Outputs.Select(output => output.Means)]) : null)));

    private static Outcome<NamedColumn[]> Made(Encoding encoding, Frame rows)
    {
        var (column, levels, outputs) = encoding;
        var (missing, unseen) = (levels.Count, levels.Count + 1);
        return Levels.Match("targetEncode", column, Gathered.LaterCategories(column, rows), levels, missing, unseen).Map(places =>
            Levels.Look([.. outputs.Select(output => new NamedColumn(output.Name, new Column.Numeric(output.Means)))], levels.Count + 2,
                places));
    }
}
