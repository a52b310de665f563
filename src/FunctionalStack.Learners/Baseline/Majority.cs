namespace FunctionalStack.Learners;

/// <summary>
/// What is known before any column is looked at: each class's weighted share of the rows, or the weighted mean of the
/// values. Any learner worth having beats it.
/// </summary>
public sealed record Majority : ILeafLearner
{
    public string Name => "majority";

    // No column is looked at.
    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    /// <summary>Fails where no row has weight, and where a value to predict is not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Kept(data, Name).Map<IModel>(Fit);

    private static MajorityModel Fit(Dataset data)
    {
        var weights = data.Weights?.ToArray();
        switch (data.Target)
        {
            case Target.Classes classes:
                // Over the largest weight first: sums of weights near the ends of double's range stay inside it.
                var largest = weights?.Max() ?? 1;
                var mass = classes.Mass(weights is null ? null : EquatableArray.From(weights.Select(weight => weight / largest)));
                var total = mass.Sum();
                return new(classes.Levels, EquatableArray.From(mass.Select(share => share / total)));
            case Target.Numeric values:
                return new(default, EquatableArray.Of(Mean(values.Values, weights)));
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>Sums in units of the largest number's power of two: exact, and sums near double's end stay inside it.</summary>
    private static double Mean(EquatableArray<double> numbers, double[]? weights)
    {
        var exponent = numbers.Max(number => number == 0 ? int.MinValue : Math.ILogB(number));
        if (exponent == int.MinValue) return 0;
        var (sum, total, largest) = (0.0, 0.0, weights?.Max() ?? 1);
        for (var row = 0; row < numbers.Count; row++)
        {
            var weight = (weights?[row] ?? 1) / largest;
            total += weight;
            sum += weight * Math.ScaleB(numbers[row], -exponent);
        }

        return Math.ScaleB(sum / total, exponent);
    }
}

/// <summary>The same answer for every row.</summary>
/// <param name="Levels">The classes; empty where values are predicted.</param>
/// <param name="Answer">A probability a level, or the one estimate.</param>
public sealed record MajorityModel(EquatableArray<string> Levels, EquatableArray<double> Answer) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.Count("numbers", Answer.Count, Math.Max(1, Levels.Count));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => default;

    public Outcome<Prediction> Predict(Frame rows)
    {
        var numbers = new double[rows.RowCount * Answer.Count];
        for (var row = 0; row < rows.RowCount; row++) Answer.AsSpan().CopyTo(numbers.AsSpan(row * Answer.Count));
        return Outcome.Ok<Prediction>(Levels.Count == 0 ? new Prediction.Numeric(EquatableArray.Own(numbers)) : new Prediction.Probabilities(Levels, EquatableArray.Own(numbers)));
    }
}
