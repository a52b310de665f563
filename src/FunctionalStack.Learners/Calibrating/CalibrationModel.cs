namespace FunctionalStack.Learners;

/// <summary>A base's calibrated probabilities.</summary>
/// <param name="Base">The base's columns.</param>
/// <param name="Levels">The target's classes.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
/// <param name="Curves">One curve per class present. For two classes only that of the second; for one class none.</param>
public sealed record CalibrationModel(BaseColumns Base, EquatableArray<string> Levels, EquatableArray<int> Present,
    EquatableArray<CalibrationCurve> Curves) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Present(Present, Levels),
            Consistency.Count("curves", Curves.Count, Present.Count <= 2 ? Present.Count - 1 : Present.Count));

    /// <summary>Fails if a column holds what a base cannot predict.</summary>
    public Outcome<Prediction> Predict(Frame rows) => Base.Read(rows).Map(Calibrated);

    private Prediction Calibrated(Prediction prediction)
    {
        var predicted = (Prediction.Probabilities)PresentClasses.Only(prediction, Present);
        var matrix = new double[predicted.Matrix.Count];
        for (var i = 0; i < predicted.Count; i++)
        {
            var from = i * Levels.Count;
            var to = matrix.AsSpan(from, Levels.Count);
            switch (Present.Count)
            {
                case 1:
                    to[Present[0]] = 1;
                    break;
                case 2:
                    to[Present[1]] = Curves[0].At(predicted.Matrix[from + Present[1]]);
                    to[Present[0]] = 1 - to[Present[1]];
                    break;
                default:
                    for (var c = 0; c < Present.Count; c++) to[Present[c]] = Curves[c].At(predicted.Matrix[from + Present[c]]);
                    PresentClasses.Normalize(to, Present);
                    break;
            }
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(matrix));
    }
}
