namespace FunctionalStack.Learners;

/// <summary>
/// A random forest of the absolute errors of a random forest: it predicts how large the error of a row is expected to be, not its target.
/// It is the scale of prediction intervals (<see cref="Conformal"/>). Columns must be numeric, without missing values; the target must be
/// numeric.
/// </summary>
/// <remarks>
/// The errors are those of held-out rows, in 3 inner folds that keep groups whole and respect time. A prediction is the forest's expected
/// error plus a tenth of the mean error, so that it is always positive and a few rows fitted exactly do not get intervals of width 0. If
/// there are too few rows for folds, with a note, or all errors are 0, each prediction is 1.
/// </remarks>
/// <param name="Trees">The number of trees of each of the four forests; at least 1.</param>
/// <param name="MinSamplesLeaf">The minimum number of rows in a leaf of the forest of errors; at least 1.</param>
public sealed record ErrorForest(int Trees = 50, int MinSamplesLeaf = 20) : IParallelLearner, IMemoryEstimate
{
    // Of the forest that predicts the target.
    private const int MinSamplesLeafOfTarget = 5;

    private const int Folds = 3;

    private const double ShareOfMean = 0.1;

    /// <inheritdoc/>
    public string Name => "errorForest";

    /// <inheritdoc/>
    public Capabilities Capabilities => new() { Targets = TargetKinds.Numeric };

    Complexity ILearner.Complexity => Complexity.Ensemble;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() =>
        Ensure.All(Name, [Ensure.Count("trees", Trees), Ensure.Count("minSamplesLeaf", MinSamplesLeaf)]);

    long IMemoryEstimate.Bytes(int rows, int columns, Target target) =>
        ((IMemoryEstimate)Forest(MinSamplesLeafOfTarget)).Bytes(rows, columns, target);

    /// <summary>Fails like <see cref="RandomForest.FitLeaf"/>.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) => TrainingRows.Kept(data, Name).Bind(kept =>
        FoldPlan.Inside(kept.Roles, Folds, seed.Fork("folds")).Match(
            folds => Errors(kept, folds, seed, work).Bind(errors => Fit(kept, errors, FoldPlan.Covered(folds), seed, work)),
            refused => Fit(kept, new double[kept.RowCount], EquatableArray.Range(kept.RowCount), seed, work)
                .Noting([new(Name, $"errors are not scaled, since no folds can be made: {refused.What}")])));

    private Outcome<IModel> Fit(Dataset data, double[] errors, EquatableArray<int> rows, Seed seed, WorkSharing work)
    {
        var weights = TrainingRows.WeightsOf(data).At(rows);
        var largest = errors.Max();
        var mean = largest > 0 ? Enumerable.Range(0, rows.Count).Sum(i => weights[i] * (errors[i] / largest)) / weights.Sum() * largest : 0;
        // Without a finite mean, all errors count alike.
        var known = mean > 0 && double.IsFinite(mean);
        var target = new Target.Numeric(EquatableArray.Own(known ? errors : new double[errors.Length]));
        return Forest(MinSamplesLeaf).FitLeaf(data.Take(rows).WithTarget(target), seed.Fork("errors"), work)
            .Map<IModel>(forest => new ErrorForestModel(forest, known ? ShareOfMean * mean : 1));
    }

    private Outcome<double[]> Errors(Dataset data, EquatableArray<Fold> folds, Seed seed, WorkSharing work) =>
        Outcome.All(folds.Select((fold, k) =>
            from model in Forest(MinSamplesLeafOfTarget).FitLeaf(data.Take(fold.Train), seed.Fork("fold").Fork(k), work)
            from predicted in model.Predict(data.Frame.Take(fold.Holdout))
            select (fold.Holdout, predicted))).Map(pieces =>
        {
            var rows = FoldPlan.Covered(folds);
            var predicted = ((Prediction.Numeric)Prediction.Assemble([.. pieces], rows)).Values;
            var actual = ((Target.Numeric)data.Target).Values;
            return Enumerable.Range(0, rows.Count).Select(i => Math.Abs(actual[rows[i]] - predicted[i])).ToArray();
        });

    private RandomForest Forest(int minSamplesLeaf) =>
        new(Trees, MinSamplesLeaf: minSamplesLeaf, MaxFeatures: MaxFeatures.Share(0.6));
}

/// <summary>A fitted forest of errors.</summary>
/// <param name="Forest">Predicts absolute errors.</param>
/// <param name="Least">Added to each prediction; positive.</param>
public sealed record ErrorForestModel(IModel Forest, double Least) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Least > 0 && double.IsFinite(Least) ? null : "a least error that is not positive";

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Forest.Predict(rows).Map(prediction => prediction is Prediction.Numeric errors
        ? new Prediction.Numeric(EquatableArray.From(errors.Values.Select(error => error + Least)))
        : prediction);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Forest.Needs(columns);
}
