namespace FunctionalStack.Learners;

/// <summary>The calibration method.</summary>
public enum CalibrationMethod
{
    /// <summary>Platt scaling: a sigmoid of the log-odds (Platt 1999). One-vs-rest for more than two classes.</summary>
    Platt,

    /// <summary>Isotonic regression: a non-decreasing curve (Zadrozny &amp; Elkan 2002). One-vs-rest for more than two classes.</summary>
    Isotonic,

    /// <summary>Temperature scaling: one exponent for all probabilities (Guo, Pleiss, Sun &amp; Weinberger 2017). The most probable class
    /// does not change.</summary>
    Temperature,
}

/// <summary>
/// A meta-learner of one base that calibrates its probabilities. It is fitted to out-of-fold predictions: a calibrated learner is
/// a stack of that learner with this meta-learner, so no row is calibrated by its own target.
/// </summary>
/// <remarks>
/// All three methods keep the order of probabilities. For two classes, Platt and temperature scaling keep it strictly, up to rounding
/// (slopes are clipped to 0.01 to 100);
/// isotonic regression may create ties. Platt and temperature scaling shrink p to (n p + 1/K) / (n + 1), for n training rows and K classes
/// present, since n rows cannot distinguish a smaller probability from 0. Platt's targets are 1 - 1 / (N + 2) and 1 / (N + 2), where N is
/// the
/// summed weight of the class and of the others, respectively. Isotonic regression interpolates linearly between the ends of its steps,
/// like scikit-learn;
/// it needs many rows. For more than two classes, probabilities are divided by their sum. Fails for more than one base.
/// </remarks>
/// <param name="Method">The calibration method.</param>
public sealed record Calibration(CalibrationMethod Method = CalibrationMethod.Platt) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "calibration";

    /// <inheritdoc/>
    // A base may pass labels.
    public Capabilities Capabilities => new(TargetKinds.Classes, Categories: true, PredictionsOnly: true, MaxBases: 1);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Defined("method", Method));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        LevelRows.Of(data, Name).Bind(rows => Capabilities.Above(Name, rows.Bases.Count) is { } failure
        ? new Outcome<IModel>.Fail(failure)
        : Outcome.Ok<IModel>(new CalibrationModel(rows.Bases[0], rows.Levels, rows.Present, Curves(rows))));

    private EquatableArray<CalibrationCurve> Curves(LevelRows rows)
    {
        var (predicted, codes, present) =
            ((Prediction.Probabilities)rows.Predictions[0], ((Target.Classes)rows.Target).Codes, rows.Present);
        if (present.Count == 1) return default;
        if (Method == CalibrationMethod.Temperature)
        {
            var columns =
                present.Select(code => Array.ConvertAll(Of(code), p => Math.Log(CalibrationCurve.Seen(p, rows.Count, present.Count))))
                    .ToArray();
            var exponent = TemperatureFit.Exponent(columns, [.. codes.Select(code => present.ToList().IndexOf(code))], rows.Weights);
            return present.Count == 2
                ? [new CalibrationCurve.Sigmoid(exponent, 0, rows.Count)]
                : EquatableArray.From(present.Select(_ =>
                    (CalibrationCurve)new CalibrationCurve.Power(exponent, rows.Count, present.Count)));
        }

        // For two classes, the second's curve determines both.
        return EquatableArray.From(present.Skip(present.Count == 2 ? 1 : 0)
            .Select(code => Curve(Of(code), [.. codes.Select(one => one == code)])));

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
