namespace FunctionalStack.Preprocessing;

/// <summary>
/// A column of categories X becomes the mean of the target among rows of the same level, smoothed toward the mean of
/// all rows, (sum + Smoothing * overall mean) / (n + Smoothing) (Micci-Barreca 2001): <c>X:target</c> for values,
/// <c>X:target(class)</c> for each class (of two classes, the second only), in place. The two views differ: a training
/// row's numbers come from the folds that do not hold it, later rows' from all training rows; otherwise a row would
/// see its own target. A missing value counts as a level of its own; an unseen level gets the mean of all rows.
/// </summary>
/// <param name="Folds">How many folds the training rows are dealt into, blind to the target and keeping groups whole; at least 2, and at most one a row (or a group) is used.</param>
/// <param name="Smoothing">How many rows the mean of all rows counts for; finite and at least 0.</param>
/// <param name="MinLevels">Only columns with at least so many levels present are encoded; the others pass through, for one-hot say. At least 0.</param>
/// <param name="Plan">
/// Folds of your own in place of shuffled K-fold. A plan that looks at the target (stratified)
/// lets a row's target move it to another fold, and thereby influence its own numbers that much.
/// </param>
public sealed record TargetEncode(int Folds = 5, double Smoothing = 10, int MinLevels = 0, FoldPlan? Plan = null) : ICompositeTransform
{
    public string Name => "targetEncode";

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("folds", Folds, 2),
        Ensure.NotNegative("smoothing", Smoothing),
        Ensure.AtLeast("minLevels", MinLevels, 0));

    // Fails without training rows of positive weight inside or outside of any fold, with fewer than 2 rows, or where
    // X:target exists already. Where there is nothing to encode, no folds are needed.
    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed)
    {
        var split = rows.Split(Plan?.Seeded(FoldPlan.SeedOf(seed)) ?? Usual(rows.Roles, FoldPlan.SeedOf(seed))).At(Name);
        if (Plan is not null && split is Outcome<EquatableArray<Fold>>.Fail refused) return new(rows.Failed<Fitted>(refused.Failure), null);
        var covered = Plan is null ? null : split.Match(FoldPlan.Covered, _ => default) is var held && held.Count < rows.Count ? held : (EquatableArray<int>?)null;
        return new(rows.Compute(Name, data => Gathered.Weights(Name, data).Bind(weights => Fit(data, weights, covered, split))), covered);
    }

    private Outcome<Fitted> Fit(Dataset data, double[]? weights, EquatableArray<int>? covered, Outcome<EquatableArray<Fold>> split)
    {
        var view = covered is { } rows ? data.Frame.Take(rows) : data.Frame;
        var columns = data.Frame.Columns.Where(column => column.Column is Column.Categorical categories && LevelsPresent(categories, weights) >= MinLevels).ToArray();
        if (columns.Length == 0) return Outcome.Ok(new Fitted(view, new TargetEncodeMap(default)));

        var target = TargetMeans.Of(data.Target, weights, Smoothing);
        var everywhere = covered ?? EquatableArray.Range(data.RowCount);
        return from folds in split.WithoutNotes()
               from outOfFold in Outcome.All(columns.Select(column => OutOfFold(target, column, folds, everywhere)))
               from train in Replacement.Replace(Name, view, outOfFold.Index().ToDictionary(made => columns[made.Index].Name, made => made.Item))
               from encodings in Outcome.All(columns.Select(column => Whole(target, column, data.RowCount)))
               select new Fitted(train, new TargetEncodeMap(encodings));
    }

    private Outcome<TargetEncodeMap.Encoding> Whole(TargetMeans target, NamedColumn column, int rows)
    {
        var categories = (Column.Categorical)column.Column;
        return target.Of(EquatableArray.Range(rows), categories.ToArray(), categories.Levels.Count).At(Name).Map(means => new TargetEncodeMap.Encoding(
            column.Name,
            categories.Levels,
            EquatableArray.From(means.Select((of, output) => new TargetEncodeMap.Output(target.NameOf(output, column.Name), EquatableArray.Own(of))))));
    }

    private Outcome<NamedColumn[]> OutOfFold(TargetMeans target, NamedColumn column, EquatableArray<Fold> folds, EquatableArray<int> covered)
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
                        for (var output = 0; output < made.Length; output++) made[output][at] += means.Value[output][codes[row] < 0 ? missing : codes[row]];
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

        return Outcome.Ok(made.Select((numbers, output) => new NamedColumn(target.NameOf(output, column.Name), new Column.Numeric(EquatableArray.Own(numbers)))).ToArray());
    }

    // Blind to the target, and never a group on both sides, unless there is only one.
    private FoldPlan Usual(Roles roles, Seed seed) => roles.Groups?.Distinct().Count() is { } groups and > 1
        ? new FoldPlan.Group(Math.Min(Folds, groups))
        : new FoldPlan.KFold(Math.Min(Folds, roles.Count), seed);

    private static int LevelsPresent(Column.Categorical column, double[]? weights) => Gathered.Mass(column, weights).SkipLast(1).Count(mass => mass > 0);
}

/// <summary>Each level's smoothed mean of the target.</summary>
public sealed record TargetEncodeMap(EquatableArray<TargetEncodeMap.Encoding> Columns) : IMap
{
    /// <param name="Column">The column replaced.</param>
    /// <param name="Levels">The levels that have a mean.</param>
    /// <param name="Outputs">The columns made.</param>
    public sealed record Encoding(string Column, EquatableArray<string> Levels, EquatableArray<Output> Outputs);

    /// <param name="Name">The column made.</param>
    /// <param name="Means">A mean for each level, then that of missing values, then that of unseen levels.</param>
    public sealed record Output(string Name, EquatableArray<double> Means);

    /// <summary>Fails where a later frame has a column by the name of one made here.</summary>
    public Outcome<Frame> Apply(Frame rows) => Outcome.All(Columns.Select(encoding => Made(encoding, rows).Map(made => (encoding.Column, Made: made))))
        .Bind(all => Replacement.Replace("targetEncode", rows, all.ToDictionary(one => one.Column, one => one.Made)));

    private static Outcome<NamedColumn[]> Made(Encoding encoding, Frame rows)
    {
        var (column, levels, outputs) = encoding;
        var (missing, unseen) = (levels.Count, levels.Count + 1);
        return Levels.Match("targetEncode", column, Gathered.LaterCategories(column, rows), levels, missing, unseen).Map(places =>
            Levels.Look([.. outputs.Select(output => new NamedColumn(output.Name, new Column.Numeric(output.Means)))], levels.Count + 2, places));
    }
}
