namespace FunctionalStack.Learners;

/// <summary>How probabilities are brought to what happens.</summary>
public enum CalibrationMethod
{
    /// <summary>A sigmoid of the log-odds (Platt 1999); of more than two classes one a class, against the rest.</summary>
    Platt,

    /// <summary>A rising curve of any shape (Zadrozny &amp; Elkan 2002); of more than two classes one a class, against the rest.</summary>
    Isotonic,

    /// <summary>One exponent on all probabilities (Guo, Pleiss, Sun &amp; Weinberger 2017), which keeps every most probable class.</summary>
    Temperature,
}

/// <summary>
/// Above one base: its probabilities, mapped to how often the classes were right. What it is fitted to are out-of-fold
/// predictions, so a calibrated learner is a stack of that learner under this: no row is calibrated by its own target.
/// </summary>
/// <remarks>
/// All three keep order: of two classes, Platt and temperature strictly up to rounding (slopes are held from 0.01 to 100), isotonic
/// without turning any pair. Platt and temperature see p as (n p + 1/K) / (n + 1), n the training rows and K the classes
/// present, since n rows can't tell a smaller chance from 0. Platt's targets are 1 - 1 / (N + 2) and 1 / (N + 2), N the
/// summed weight of the class and of the others. Isotonic runs straight between the ends of its steps, as scikit-learn's
/// does; it wants many rows. More than two classes are divided by their sum. Fails above more than one base.
/// </remarks>
/// <param name="Method">How.</param>
public sealed record Calibration(CalibrationMethod Method = CalibrationMethod.Platt) : ILeafLearner
{
    public string Name => "calibration";

    // A base may hand up labels.
    public Capabilities Capabilities => new(TargetKinds.Classes, Categories: true, PredictionsOnly: true, MaxBases: 1);

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Defined("method", Method));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Bind(rows => Capabilities.Above(Name, rows.Bases.Count) is { } failure
        ? new Outcome<IModel>.Fail(failure)
        : Outcome.Ok<IModel>(new CalibrationModel(rows.Bases[0], rows.Levels, rows.Present, Curves(rows))));

    private EquatableArray<CalibrationCurve> Curves(LevelRows rows)
    {
        var (predicted, codes, present) = ((Prediction.Probabilities)rows.Predictions[0], ((Target.Classes)rows.Target).Codes, rows.Present);
        if (present.Count == 1) return default;
        if (Method == CalibrationMethod.Temperature)
        {
            var columns = present.Select(code => Array.ConvertAll(Of(code), p => Math.Log(CalibrationCurve.Seen(p, rows.Count, present.Count)))).ToArray();
            var exponent = TemperatureFit.Exponent(columns, [.. codes.Select(code => present.ToList().IndexOf(code))], rows.Weights);
            return present.Count == 2
                ? [new CalibrationCurve.Sigmoid(exponent, 0, rows.Count)]
                : EquatableArray.From(present.Select(_ => (CalibrationCurve)new CalibrationCurve.Power(exponent, rows.Count, present.Count)));
        }

        // Of two classes the second's curve is that of both.
        return EquatableArray.From(present.Skip(present.Count == 2 ? 1 : 0).Select(code => Curve(Of(code), [.. codes.Select(one => one == code)])));

        CalibrationCurve Curve(double[] p, bool[] truth) => Method == CalibrationMethod.Isotonic
            ? IsotonicFit.Curve(p, truth, rows.Weights)
            : PlattFit.Curve(p, truth, rows.Weights, rows.Greatest);

        double[] Of(int code)
        {
            var column = new double[rows.Count];
            for (var row = 0; row < column.Length; row++) column[row] = predicted.Matrix[row * predicted.Levels.Count + code];
            return column;
        }
    }
}
