namespace FunctionalStack.Learners;

/// <summary>
/// A baseline that ignores all features, like scikit-learn's DummyClassifier and DummyRegressor. It predicts the weighted class
/// frequencies, or the weighted mean of a numeric target.
/// </summary>
public sealed record Majority : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "majority";

    /// <inheritdoc/>
    // Features are ignored.
    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    Complexity ILearner.Complexity => Complexity.Constant;

    /// <summary>Fails if no row has positive weight, or if a numeric target is not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Kept(data, Name).Map<IModel>(Fit);

    private static MajorityModel Fit(Dataset data)
    {
        var weights = data.Weights?.ToArray();
        switch (data.Target)
        {
            case Target.Classes classes:
                // Divided by the largest weight first, so that sums of weights near the ends of double's range do not overflow.
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

    /// <summary>Sums in units of the largest number's power of two: exact, and without overflow near the end of double's range.</summary>
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

/// <summary>Predicts the same for every row.</summary>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Answer">One probability per level, or the predicted value.</param>
public sealed record MajorityModel(EquatableArray<string> Levels, EquatableArray<double> Answer) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.Count("numbers", Answer.Count, Math.Max(1, Levels.Count));

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => default;

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows)
    {
        var numbers = new double[rows.RowCount * Answer.Count];
        for (var row = 0; row < rows.RowCount; row++) Answer.AsSpan().CopyTo(numbers.AsSpan(row * Answer.Count));
        return Outcome.Ok<Prediction>(Levels.Count == 0
            ? new Prediction.Numeric(EquatableArray.Own(numbers)) : new Prediction.Probabilities(Levels, EquatableArray.Own(numbers)));
    }
}
