namespace FunctionalStack.Learners;

/// <summary>The rows of a fit: those trees are grown on, and those that stopping goes by, where some are held out; and the loss over them.</summary>
/// <param name="Frame">Columns of the rows trees are grown on.</param>
/// <param name="Sample">What is to be predicted of them.</param>
/// <param name="Weighted">Whether weights differ from 1.</param>
/// <param name="HeldFrame">Columns of the rows held out.</param>
/// <param name="Held">What is to be predicted of them.</param>
/// <param name="Objective">The loss; null where there is but one class and nothing to learn.</param>
/// <param name="Levels">The classes; empty for values.</param>
/// <param name="Present">Which of them have rows.</param>
internal sealed record BoostingRows(Frame Frame, Sample Sample, bool Weighted, Frame? HeldFrame, Sample? Held, Objective? Objective, EquatableArray<string> Levels, EquatableArray<int> Present)
{
    // Sums of weights times squares of values in [-1, 1] must stay inside double's range, whatever the number of rows.
    private const double LargestWeight = 1e100;
    private const double LargestCount = 1e15;

    public static Outcome<BoostingRows> Of(GradientBoosting spec, Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, spec.Name)
        from rows in InRange(spec, kept)
        from parts in Divided(spec, rows, seed)
        select rows.Target is Target.Classes ? OfClasses(parts.Train, parts.Held) : OfValues(spec, parts.Train, parts.Held);

    private static Outcome<(Dataset Train, Dataset? Held)> Divided(GradientBoosting spec, Dataset data, Seed seed) => spec.Patience == 0
        ? Outcome.Ok((data, (Dataset?)null))
        : new FoldPlan.Validation(spec.ValidationShare, seed.Fork("validation")).Split(data.Roles).At(spec.Name)
            .Map(folds => (data.Take(folds[0].Train), (Dataset?)data.Take(folds[0].Holdout)));

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
            if (row >= 0) return Outcome.Fail<Dataset>($"{spec.Name}, column '{name}', row {row + 1}", $"the value is {numbers[row]}", "Give finite numbers, or none where one is missing.");
        }

        if (data.Target is not Target.Numeric values) return Outcome.Ok(data);
        if (Units.TooLarge(spec.Name, data) is { } large) return new Outcome<Dataset>.Fail(large);
        for (var row = 0; row < values.Count; row++)
        {
            var number = values.Values[row];
            if (spec.Objective == BoostingObjective.Poisson && number is < 0 or > LargestCount)
            {
                return Outcome.Fail<Dataset>($"{spec.Name}, row {row + 1}", $"the value to predict is {number}", $"Give numbers from 0 to {LargestCount}, or take another objective than Poisson.");
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

        // A row held out whose class no other row has tells nothing of when to stop.
        if (held?.Target is Target.Classes { Codes: var codes })
        {
            held = held.Take(EquatableArray.From(Enumerable.Range(0, codes.Count).Where(row => present.Contains(codes[row]))));
        }

        return new(train.Frame, Sampled(train), Weighs(train), held?.Frame, held is null || held.RowCount == 0 ? null : Sampled(held), objective, classes.Levels, EquatableArray.Own(present));

        Sample Sampled(Dataset rows) => SampleOf(rows, row => Array.BinarySearch(present, ((Target.Classes)rows.Target).Codes[row]));
    }

    // Of a lesser unit the inverse is more than a double holds.
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
        return new(train.Frame, Sampled(train), Weighs(train), held?.Frame, held is null ? null : Sampled(held), objective, default, default);

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
