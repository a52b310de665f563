namespace FunctionalStack;

/// <summary>A row with its prediction.</summary>
/// <param name="Row">The row.</param>
/// <param name="Prediction">The prediction of this row.</param>
public sealed record Predicted<T>(T Row, Prediction Prediction)
{
    /// <summary>The most probable class; ties go to the earlier level.</summary>
    /// <exception cref="InvalidOperationException">The model is a regressor.</exception>
    public string Class => Classes.Levels[Classes.Codes()[0]];

    /// <summary>The probability of each class. They sum to 1.</summary>
    /// <exception cref="InvalidOperationException">The model is a regressor.</exception>
    public IReadOnlyDictionary<string, double> Probabilities =>
        Classes.Levels.Zip(Classes.Matrix).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>The predicted number.</summary>
    /// <exception cref="InvalidOperationException">The model is a classifier.</exception>
    public double Value => Prediction is Prediction.Numeric numeric
        ? numeric.Values[0]
        : throw new InvalidOperationException("the model is a classifier; use Class or Probabilities");

    private Prediction.Probabilities Classes => Prediction as Prediction.Probabilities
        ?? throw new InvalidOperationException("the model is a regressor; use Value");
}
