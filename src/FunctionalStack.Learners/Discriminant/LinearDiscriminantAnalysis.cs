namespace FunctionalStack.Learners;

/// <summary>
/// Linear discriminant analysis (Fisher 1936; Hastie, Tibshirani &amp; Friedman 2009, section 4.3): each class is normally distributed with
/// its own mean and a shared covariance matrix. Probabilities are a softmax of linear scores. The covariance is the
/// maximum-likelihood estimate (divided by the weight), like that of scikit-learn's "lsqr" solver.
/// </summary>
/// <remarks>
/// Columns are standardized internally, so their units do not matter, even with shrinkage. Use shrinkage if there are about as many columns
/// as
/// rows. Without shrinkage, a column that is a linear combination of earlier ones, to 10 digits, is ignored. Fails if a
/// column is not numeric and finite.
/// </remarks>
/// <param name="Shrinkage">
/// The shrinkage of the covariance towards the mean variance times the identity matrix, from 0 to 1 (Friedman 1989).
/// </param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record LinearDiscriminantAnalysis(double Shrinkage = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "lda";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() =>
        Ensure.All(Name, Ensure.FromZeroToOne("shrinkage", Shrinkage), Ensure.Defined("priors", Priors));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from rows in TrainingRows.Of(data, Name)
        from moments in Shrinkage == 0 ? ClassMoments.OfIndependent(Name, rows) : ClassMoments.Of(Name, rows)
        select (IModel)Fit(rows, moments);

    private LinearScoresModel Fit(TrainingRows rows, ClassMoments moments)
    {
        var factor = moments.Factor(moments.Pooled(), moments.Mass.Sum(), Shrinkage);
        var priors = Priors.Of(moments.Mass);
        var scores = new List<(double[] Coefficients, double Intercept)>();
        for (var p = 0; p < moments.Present.Count; p++)
        {
            var mean = moments.Means[p];
            var vector = mean.ToArray();
            Cholesky.Solve(factor, moments.Columns, vector);
            var intercept = Math.Log(priors[p]) - 0.5 * Vectors.Dot(mean, vector);
            for (var c = 0; c < vector.Length; c++) vector[c] *= moments.Scales[c];
            scores.Add((vector, intercept));
        }

        return LinearScoresModel.Of(rows.Features.Names, ((Target.Classes)rows.Target).Levels, moments.Present, moments.Centres, scores);
    }
}
