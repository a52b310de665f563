namespace FunctionalStack.Learners;

/// <summary>
/// Quadratic discriminant analysis (Hastie, Tibshirani &amp; Friedman 2009, section 4.3): each class is normally distributed with its own
/// mean and covariance matrix. Regularized like Friedman's regularized discriminant analysis (1989): Pooling moves the covariances towards
/// that of <see cref="LinearDiscriminantAnalysis"/>, more so for classes with fewer rows. Shrinkage moves the result
/// towards a multiple of the identity matrix. Covariances are maximum-likelihood estimates (divided by the weight).
/// </summary>
/// <remarks>
/// Columns are standardized internally, so their units do not matter. A class with at most as many rows as there are columns has a
/// singular covariance. Without regularization its probabilities are near 0 and 1, and a note reports it. If Shrinkage is
/// 0, a column that is a linear combination of earlier ones, to 10 digits, is ignored. Fails if a column is not numeric
/// and finite.
/// </remarks>
/// <param name="Shrinkage">The shrinkage of each covariance towards its mean variance times the identity matrix, from 0 to 1.</param>
/// <param name="Pooling">From 0 (separate covariances) to 1 (one shared covariance).</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record QuadraticDiscriminantAnalysis(double Shrinkage = 0, double Pooling = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "qda";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.FromZeroToOne("shrinkage", Shrinkage),
        Ensure.FromZeroToOne("pooling", Pooling),
        Ensure.Defined("priors", Priors));

    /// <inheritdoc/>
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
            // Friedman's equations 16 to 18: scatter matrices and weights are blended before the division.
            var scatter = Array.ConvertAll(moments.Scatters[p], cell => (1 - Pooling) * cell);
            Vectors.Add(scatter, Pooling, pooled);
            var factor = moments.Factor(scatter, (1 - Pooling) * moments.Mass[p] + Pooling * total, Shrinkage);
            for (var c = 0; c < columns; c++) means[p * columns + c] = moments.Means[p][c];
            Invert(factor, columns, whitenings.AsSpan(p * columns * columns, columns * columns));
            logs[p] = Math.Log(priors[p]);
            for (var c = 0; c < columns; c++) logs[p] -= double.IsFinite(factor[c * columns + c]) ? Math.Log(factor[c * columns + c]) : 0;
            var count = rowsOf[moments.Present[p]];
            if (Shrinkage == 0 && Pooling == 0 && count <= columns)
                notes.Add(
                    $"{Name}: class '{target.Levels[moments.Present[p]]}' has {count} rows for {columns} columns, so its covariance is "
                        + "singular; raise pooling or shrinkage");
        }

        return Outcome.Ok<IModel>(new QuadraticDiscriminantAnalysisModel(
            rows.Features.Names, target.Levels, moments.Present, EquatableArray.Own(moments.Centres), EquatableArray.Own(moments.Scales),
            EquatableArray.Own(means), EquatableArray.Own(whitenings), EquatableArray.Own(logs), EquatableArray.Own(priors)))
                .Noting(EquatableArray.From(notes));
    }

    /// <summary>The inverse of a lower triangular matrix, row-major. A column removed from the factor gets a row of zeros.</summary>
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
