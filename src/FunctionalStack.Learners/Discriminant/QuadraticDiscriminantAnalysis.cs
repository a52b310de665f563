namespace FunctionalStack.Learners;

/// <summary>
/// Each class is a normal distribution with a mean and a covariance matrix of its own (Hastie, Tibshirani &amp; Friedman 2009,
/// section 4.3), regularized as in Friedman's regularized discriminant analysis (1989): Pooling moves the covariances towards
/// the one of <see cref="LinearDiscriminantAnalysis"/>, the more so the fewer rows a class has; Shrinkage moves what comes of
/// it towards uncorrelated columns of one variance. Covariances are the maximum-likelihood ones, divided by the weight.
/// </summary>
/// <remarks>
/// Columns are standardized inside, so their units matter to nothing. A class of no more rows than there are columns has a
/// singular covariance, and unless it is regularized, which the outcome notes, probabilities near 0 and 1. Unless Shrinkage is
/// above 0, a column that is, to 10 digits, a combination of earlier ones is left out. Fails on columns that are not numeric
/// and finite.
/// </remarks>
/// <param name="Shrinkage">From 0 to 1: the part of each covariance that is replaced by its mean variance, uncorrelated.</param>
/// <param name="Pooling">From 0 to 1: 0 for covariances of the classes' own, 1 for one covariance.</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record QuadraticDiscriminantAnalysis(double Shrinkage = 0, double Pooling = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    public string Name => "qda";

    public Capabilities Capabilities => new(TargetKinds.Classes);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.FromZeroToOne("shrinkage", Shrinkage),
        Ensure.FromZeroToOne("pooling", Pooling),
        Ensure.Defined("priors", Priors));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from rows in TrainingRows.Of(data, Name)
        from moments in Shrinkage == 0 ? ClassMoments.OfIndependent(Name, rows) : ClassMoments.Of(Name, rows)
        from model in Fit(rows, moments)
        select model;

    private Outcome<IModel> Fit(TrainingRows rows, ClassMoments moments)
    {
        var (target, columns, classes) = ((Target.Classes)rows.Target, moments.Columns, moments.Present.Count);
        var (pooled, total) = (moments.Pooled(), moments.Mass.Sum());
        var priors = Priors.Of(moments.Mass);
        var (means, whitenings, logs) = (new double[classes * columns], new double[classes * columns * columns], new double[classes]);
        var notes = new List<Note>();
        var rowsOf = target.Mass();
        for (var p = 0; p < classes; p++)
        {
            // Friedman's equations 16 to 18: scatters and weights are blended, and then divided.
            var scatter = Array.ConvertAll(moments.Scatters[p], cell => (1 - Pooling) * cell);
            Vectors.Add(scatter, Pooling, pooled);
            var factor = moments.Factor(scatter, (1 - Pooling) * moments.Mass[p] + Pooling * total, Shrinkage);
            for (var c = 0; c < columns; c++) means[p * columns + c] = moments.Means[p][c];
            Invert(factor, columns, whitenings.AsSpan(p * columns * columns, columns * columns));
            logs[p] = Math.Log(priors[p]);
            for (var c = 0; c < columns; c++) logs[p] -= double.IsFinite(factor[c * columns + c]) ? Math.Log(factor[c * columns + c]) : 0;
            var count = rowsOf[moments.Present[p]];
            if (Shrinkage == 0 && Pooling == 0 && count <= columns) notes.Add($"{Name}: class '{target.Levels[moments.Present[p]]}' has {count} rows for {columns} columns, so its covariance is singular; raise pooling or shrinkage");
        }

        return Outcome.Ok<IModel>(new QuadraticDiscriminantAnalysisModel(
            rows.Features.Names, target.Levels, moments.Present, EquatableArray.Own(moments.Centres), EquatableArray.Own(moments.Scales),
            EquatableArray.Own(means), EquatableArray.Own(whitenings), EquatableArray.Own(logs), EquatableArray.Own(priors))).Noting(EquatableArray.From(notes));
    }

    /// <summary>The inverse of a lower triangle, row by row. A column that was taken out of the factor gets a row of zeros.</summary>
    private static void Invert(double[] factor, int size, Span<double> inverse)
    {
        for (var i = 0; i < size; i++)
        {
            var pivot = factor[i * size + i];
            if (double.IsPositiveInfinity(pivot)) continue;
            var row = inverse.Slice(i * size, size);
            for (var j = 0; j < i; j++)
            {
                var above = inverse.Slice(j * size, j + 1);
                for (var c = 0; c <= j; c++) row[c] -= factor[i * size + j] * above[c];
            }

            for (var c = 0; c < i; c++) row[c] /= pivot;
            row[i] = 1 / pivot;
        }
    }
}
