using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Calibration of the probabilities of one base.</summary>
internal static class Calibrating
{
    public static Outcome<GraphPrediction> Write(CalibrationModel model, GraphFrame rows, Scope scope) =>
        BasePredictions.Probabilities([model.Base], model.Levels, model.Present, rows).Map(all =>
        {
            var count = model.Present.Count;
            var own = all.Reshape(-1, count);
            var calibrated = count switch
            {
                1 => own * 0.0 + 1.0,
                2 when At(model.Curves[0], own.Columns([1])) is var second => Arrays.Concat(1, [1.0 - second, second]),
                _ => BasePredictions.Normalized(
                    Arrays.Concat(1, [.. model.Curves.Select((curve, at) => At(curve, own.Columns([at])))]), 1, count),
            };
            return new GraphPrediction(model.Levels, calibrated.Spread(model.Present, model.Levels.Count));
        });

    private static Edge At(CalibrationCurve curve, Edge p) => curve switch
    {
        CalibrationCurve.Sigmoid sigmoid =>
            ((Seen(p, sigmoid.Rows, 2) / Seen(1.0 - p, sigmoid.Rows, 2)).Log() * sigmoid.Slope + sigmoid.Intercept).Logistic(),
        CalibrationCurve.Power power => Seen(p, power.Rows, power.Classes).Pow(power.Exponent),
        CalibrationCurve.Isotonic isotonic => Isotonic(isotonic, p),
        _ => throw new InvalidOperationException(),
    };

    // As CalibrationCurve.Seen.
    private static Edge Seen(Edge p, int rows, int classes) => (p * (double)rows + 1.0 / classes) / (rows + 1.0);

    // The number of points at or below p is the row of a table of lines: value, rise, start, width.
    private static Edge Isotonic(CalibrationCurve.Isotonic curve, Edge p)
    {
        var (from, to) = (curve.From, curve.To);
        var lines = new double[4 * (from.Count + 1)];
        for (var line = 0; line <= from.Count; line++)
        {
            var inside = line > 0 && line < from.Count;
            double[] own = inside ? [to[line - 1], to[line] - to[line - 1], from[line - 1], from[line] - from[line - 1]]
                : [to[line == 0 ? 0 : from.Count - 1], 0, 0, 1];
            own.CopyTo(lines, 4 * line);
        }

        var at = Arrays.Matrix(lines, 4)
            .Gather(p.IsAtLeast(Arrays.Row(from.AsSpan())).AsNumber().SumOver(1).Cast(ElementType.Int64).Reshape(-1));
        return at.Columns([0]) + at.Columns([1]) * ((p - at.Columns([2])) / at.Columns([3]));
    }
}
