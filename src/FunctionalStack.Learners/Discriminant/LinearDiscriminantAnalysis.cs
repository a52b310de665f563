namespace FunctionalStack.Learners;

/// <summary>
/// Each class is a normal distribution about its own mean, all with one covariance matrix (Fisher 1936; Hastie, Tibshirani
/// &amp; Friedman 2009, section 4.3): the probabilities are a softmax of linear scores. The covariance is the
/// maximum-likelihood one, divided by the weight and not by less, as of scikit-learn's solver "lsqr".
/// </summary>
/// <remarks>
/// Columns are standardized inside, so their units matter to nothing, not even to shrinking. With about as many columns as
/// rows the covariance is hardly known: shrink it. Unless it is shrunk, a column that is, to 10 digits, a combination of earlier
/// ones is left out. Fails on columns that are not numeric and finite.
/// </remarks>
/// <param name="Shrinkage">
/// From 0 to 1: the part of the covariance that is replaced by the mean variance of all columns, uncorrelated (Friedman 1989).
/// </param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record LinearDiscriminantAnalysis(double Shrinkage = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    public string Name => "lda";

    public Capabilities Capabilities => new(TargetKinds.Classes);

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.FromZeroToOne("shrinkage", Shrinkage), Ensure.Defined("priors", Priors));

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
