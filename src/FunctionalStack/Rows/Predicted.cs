namespace FunctionalStack;

/// <summary>A row of yours with what a model says of it.</summary>
/// <param name="Row">The row, as it was given.</param>
/// <param name="Prediction">The prediction of this one row.</param>
public sealed record Predicted<T>(T Row, Prediction Prediction)
{
    /// <summary>The most probable class; ties go to the earlier level.</summary>
    /// <exception cref="InvalidOperationException">The model estimates values.</exception>
    public string Class => Classes.Levels[Classes.Codes()[0]];

    /// <summary>The probability of each class; they sum to 1.</summary>
    /// <exception cref="InvalidOperationException">The model estimates values.</exception>
    public IReadOnlyDictionary<string, double> Probabilities =>
        Classes.Levels.Zip(Classes.Matrix).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>The estimated value.</summary>
    /// <exception cref="InvalidOperationException">The model tells classes.</exception>
    public double Value => Prediction is Prediction.Numeric estimates
        ? estimates.Values[0]
        : throw new InvalidOperationException("the model tells classes; ask for the Class or the Probabilities");

    private Prediction.Probabilities Classes => Prediction as Prediction.Probabilities
        ?? throw new InvalidOperationException("the model estimates values; ask for the Value");
}
