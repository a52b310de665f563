namespace FunctionalStack.Plugin.Sample;

/// <summary>
/// Each class's mean; probabilities fall with the squared distance to it. Fails without rows of positive weight, and on
/// columns that are not numeric and finite.
/// </summary>
/// <param name="Width">How far from a mean probabilities fall; above 0.</param>
public sealed record NearestMean(double Width = 1) : ILeafLearner
{
    public string Name => "nearestMean";

    public Capabilities Capabilities => new(TargetKinds.Classes);

    public Values<Failure> Validate() => Width > 0 ? default : [new(Name, $"Width is {Width}", "Give a Width above 0.")];

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        var classes = (Target.Classes)data.Target;
        var present = Enumerable.Range(0, classes.Levels.Count).Where(code => Rows(data, classes, code).Any()).ToArray();
        if (present.Length == 0) return Outcome.Fail<IModel>(Name, "there are no training rows of positive weight", "Give at least one.");
        return FeatureMatrix.Of(data.Frame).Map<IModel>(matrix =>
        {
            var centres = present.Select(code => Centre(matrix, code, Rows(data, classes, code)));
            return new NearestMeanModel(matrix.Names, classes.Levels, Values.From(centres), Width);
        });
    }

    private static IEnumerable<(int Row, double Weight)> Rows(Dataset data, Target.Classes classes, int code) =>
        Enumerable.Range(0, data.RowCount).Select(row => (Row: row, Weight: data.Weights?[row] ?? 1))
            .Where(pair => pair.Weight > 0 && classes.Codes[pair.Row] == code);

    private static NearestMeanModel.Centre Centre(FeatureMatrix matrix, int code, IEnumerable<(int Row, double Weight)> rows)
    {
        var (sums, total) = (new double[matrix.ColumnCount], 0.0);
        foreach (var (row, weight) in rows)
        {
            total += weight;
            for (var column = 0; column < sums.Length; column++) sums[column] += weight * matrix.Row(row)[column];
        }

        return new(code, Values.From(sums.Select(sum => sum / total)));
    }
}

/// <summary>The means of the classes that training rows had.</summary>
public sealed record NearestMeanModel(
    Values<string> Columns, Values<string> Levels, Values<NearestMeanModel.Centre> Centres, double Width) : IModel
{
    /// <summary>A class's mean.</summary>
    /// <param name="Code">The class's place among the levels.</param>
    /// <param name="Mean">A number a column.</param>
    public sealed record Centre(int Code, Values<double> Mean);

    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map<Prediction>(matrix =>
    {
        var probabilities = new double[matrix.RowCount * Levels.Count];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var cells = matrix.Row(row).ToArray();
            var distances = Centres.Select(centre => cells.Zip(centre.Mean, (x, mean) => (x - mean) * (x - mean)).Sum()).ToArray();
            var near = distances.Select(distance => Math.Exp((distances.Min() - distance) / (2 * Width * Width))).ToArray();
            for (var c = 0; c < near.Length; c++) probabilities[row * Levels.Count + Centres[c].Code] = near[c] / near.Sum();
        }

        return new Prediction.Probabilities(Levels, Values.Own(probabilities));
    });
}
