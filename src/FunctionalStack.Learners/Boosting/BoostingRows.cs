namespace FunctionalStack.Learners;

/// <summary>The rows of a fit: training rows, and validation rows for early stopping, if any; and the loss.</summary>
/// <param name="Frame">The columns of the training rows.</param>
/// <param name="Sample">Their targets and weights.</param>
/// <param name="Weighted">Whether weights differ from 1.</param>
/// <param name="HeldFrame">The columns of the validation rows.</param>
/// <param name="Held">Their targets and weights.</param>
/// <param name="Objective">The loss; null if there is only one class.</param>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows.</param>
internal sealed record BoostingRows(Frame Frame, Sample Sample, bool Weighted, Frame? HeldFrame, Sample? Held, Objective? Objective,
    EquatableArray<string> Levels, EquatableArray<int> Present)
{
    /// <summary>The maximum number of rounds.</summary>
    public int Rounds { get; init; }

    // Sums of weights times squares of values in [-1, 1] must stay within double's range, for any number of rows.
    private const double LargestWeight = 1e100;
    private const double LargestCount = 1e15;

    public static Outcome<BoostingRows> Of(GradientBoosting spec, Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, spec.Name)
        from rows in InRange(spec, kept)
        from parts in Divided(spec, rows, seed)
        let found = rows.Target is Target.Classes ? OfClasses(parts.Train, parts.Held) : OfValues(spec, parts.Train, parts.Held)
        select found with
        {
            Rounds = spec.Rounds ?? (parts.Held is null ? GradientBoosting.FixedRounds : GradientBoosting.MostRounds),
        };

    private static Outcome<(Dataset Train, Dataset? Held)> Divided(GradientBoosting spec, Dataset data, Seed seed)
    {
        var whole = Outcome.Ok((data, (Dataset?)null));
        if (spec.Waits == 0) return whole;
        if (spec.Patience is null && data.RowCount < GradientBoosting.LeastRowsToStop) return whole;
        return new FoldPlan.Validation(spec.ValidationShare, seed.Fork("validation")).Split(data.Roles).At(spec.Name)
            .Map(folds => (data.Take(folds[0].Train), (Dataset?)data.Take(folds[0].Holdout)))
            .Match(Outcome.Ok, failure => spec.Patience is null
                ? whole.Noting([new Note(spec.Name, $"no early stopping, since {failure.What}: {GradientBoosting.FixedRounds} rounds")])
                : new Outcome<(Dataset, Dataset?)>.Fail(failure));
    }

    private static Outcome<Dataset> InRange(GradientBoosting spec, Dataset data)
    {
        if (data.Weights is { } weights && weights.Any(weight => weight > LargestWeight))
        {
            return Outcome.Fail<Dataset>(spec.Name, $"a weight is {weights.Max()}", $"Give weights of at most {LargestWeight}.");
        }

        foreach (var (name, column) in data.Frame.Columns)
        {
            if (column is not Column.Numeric numeric) continue;
            var numbers = numeric.ToArray();
            var row = Array.FindIndex(numbers, double.IsInfinity);
            if (row >= 0)
                return Outcome.Fail<Dataset>($"{spec.Name}, column '{name}', row {row + 1}", $"the value is {numbers[row]}",
                    "Give finite numbers, or none where one is missing.");
        }

        if (data.Target is not Target.Numeric values) return Outcome.Ok(data);
        if (Units.TooLarge(spec.Name, data) is { } large) return new Outcome<Dataset>.Fail(large);
        for (var row = 0; row < values.Count; row++)
        {
            var number = values.Values[row];
            if (spec.Objective == BoostingObjective.Poisson && number is < 0 or > LargestCount)
            {
                return Outcome.Fail<Dataset>($"{spec.Name}, row {row + 1}", $"the target is {number}",
                    $"Give numbers from 0 to {LargestCount}, or use another objective than Poisson.");
            }
        }

        return Outcome.Ok(data);
    }

    private static BoostingRows OfClasses(Dataset train, Dataset? held)
    {
        var classes = (Target.Classes)train.Target;
        var present = classes.Present().ToArray();
        Objective? objective = present.Length switch
        {
            1 => null,
            2 => new LogisticLoss(),
            var many => new SoftmaxLoss(many),
        };

        // A validation row whose class does not occur in the training rows is useless for early stopping.
        if (held?.Target is Target.Classes { Codes: var codes })
        {
            held = held.Take(EquatableArray.From(Enumerable.Range(0, codes.Count).Where(row => present.Contains(codes[row]))));
        }

        return new(train.Frame, Sampled(train), Weighs(train), held?.Frame, held is null || held.RowCount == 0 ? null : Sampled(held),
            objective, classes.Levels, EquatableArray.Own(present));

        Sample Sampled(Dataset rows) => SampleOf(rows, row => Array.BinarySearch(present, ((Target.Classes)rows.Target).Codes[row]));
    }

    // The inverse of a smaller unit overflows a double.
    private const int Least = -1000;

    private static BoostingRows OfValues(GradientBoosting spec, Dataset train, Dataset? held)
    {
        var largest = Largest(train);
        var exponent = spec.Objective == BoostingObjective.Poisson || largest == 0 ? 0 : Math.Max(Least, Math.ILogB(largest) + 1);
        Objective objective = spec.Objective switch
        {
            BoostingObjective.Poisson => new PoissonDeviance(),
            BoostingObjective.Quantile => new Pinball(spec.Quantile, exponent),
            _ => new SquaredError(exponent),
        };
        return new(train.Frame, Sampled(train), Weighs(train), held?.Frame, held is null ? null : Sampled(held), objective, default,
            default);

        double Largest(Dataset rows) => ((Target.Numeric)rows.Target).Values.Max(Math.Abs);

        Sample Sampled(Dataset rows) => SampleOf(rows, row => Math.ScaleB(((Target.Numeric)rows.Target).Values[row], -exponent));
    }

    private static bool Weighs(Dataset rows) => rows.Weights is { } weights && weights.Any(weight => weight != 1);

    private static Sample SampleOf(Dataset rows, Func<int, double> truth)
    {
        var (numbers, weights) = (new double[BoostingRounds.Padded(rows.RowCount)], new double[BoostingRounds.Padded(rows.RowCount)]);
        for (var row = 0; row < rows.RowCount; row++) (numbers[row], weights[row]) = (truth(row), rows.Weights?[row] ?? 1);
        return new(rows.RowCount, numbers, weights);
    }
}
