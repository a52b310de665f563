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

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Positive("width", Width, suchAs: 1));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Of(data, Name).Map<IModel>(rows =>
    {
        var classes = (Target.Classes)rows.Target;
        var centres = EquatableArray.From(rows.Present.Select(code => Centre(rows, classes, code)));
        return new NearestMeanModel(rows.Features.Names, classes.Levels, centres, Width);
    });

    private static NearestMeanModel.Centre Centre(TrainingRows rows, Target.Classes classes, int code)
    {
        var (sums, total) = (new double[rows.Features.ColumnCount], 0.0);
        for (var row = 0; row < rows.Count; row++)
        {
            if (classes.Codes[row] != code) continue;
            total += rows.Weights[row];
            for (var column = 0; column < sums.Length; column++) sums[column] += rows.Weights[row] * rows.Features.Row(row)[column];
        }

        return new(code, EquatableArray.From(sums.Select(sum => sum / total)));
    }
}

/// <summary>The means of the classes that training rows had.</summary>
public sealed record NearestMeanModel(
    EquatableArray<string> Columns, EquatableArray<string> Levels, EquatableArray<NearestMeanModel.Centre> Centres, double Width) : IModel
{
    /// <summary>A class's mean.</summary>
    /// <param name="Code">The class's place among the levels.</param>
    /// <param name="Mean">A number a column.</param>
    public sealed record Centre(int Code, EquatableArray<double> Mean);

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

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    });
}
