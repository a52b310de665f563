namespace FunctionalStack.Learners;

/// <summary>The weighted sum of the bases' predictions: of probabilities if the weights sum to 1, or of numeric predictions.</summary>
/// <param name="Bases">The bases, in column order.</param>
/// <param name="Weights">One weight per base, at least 0. The columns of a base of weight 0 are not read.</param>
/// <param name="Levels">The target's classes; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
public sealed record BlendModel(EquatableArray<BaseColumns> Bases, EquatableArray<double> Weights, EquatableArray<string> Levels,
    EquatableArray<int> Present) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Bases.Count > 0
            ? null : "no base", Consistency.Count("weights", Weights.Count, Bases.Count), Levels.Count == 0
            ? null : Consistency.Present(Present, Levels));

    /// <summary>The weight of a base.</summary>
    /// <exception cref="KeyNotFoundException">No base has that name.</exception>
    public double WeightOf(string name) =>
        Enumerable.Range(0, Bases.Count).Where(at => Bases[at].Base == name).Select(at => (double?)Weights[at]).FirstOrDefault()
        ?? throw new KeyNotFoundException($"no base is named '{name}'");

    /// <summary>Fails if a column holds what a base cannot predict, or if a predicted number overflows a double.</summary>
    public Outcome<Prediction> Predict(Frame rows)
    {
        var weighed = Enumerable.Range(0, Bases.Count).Where(b => Weights[b] != 0).ToArray();
        return Outcome.All(weighed.Select(b => Bases[b].Read(rows))).Bind(predictions => Sum(rows.RowCount, weighed, predictions));
    }

    private Outcome<Prediction> Sum(int count, int[] weighed, EquatableArray<Prediction> predictions)
    {
        var sums = new double[count * Math.Max(1, Levels.Count)];
        for (var at = 0; at < weighed.Length; at++)
        {
            var predicted = PresentClasses.Only(predictions[at], Present);
            var numbers = (predicted is Prediction.Probabilities p ? p.Matrix : ((Prediction.Numeric)predicted).Values).AsSpan();
            for (var i = 0; i < sums.Length; i++) sums[i] += Weights[weighed[at]] * numbers[i];
        }

        // Rounding may leave a sum of probabilities slightly above 1.
        if (Levels.Count > 0) for (var i = 0; i < sums.Length; i++) sums[i] = Math.Min(sums[i], 1);
        return Levels.Count > 0
            ? Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels, EquatableArray.Own(sums))) : FiniteNumbers.Predicted(sums);
    }
}
