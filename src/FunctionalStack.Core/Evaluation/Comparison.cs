namespace FunctionalStack;

/// <summary>
/// Two models compared over the same folds by the corrected resampled t-test (Nadeau &amp; Bengio, Machine Learning 52, 2003). The
/// training rows of the folds overlap, so the scores of the folds are not independent. The test therefore uses the variance factor
/// 1/J + n_test/n_train over the J differences, and Student's t distribution with J - 1 degrees of freedom.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Other">The model that it is compared with.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Difference">The mean over the folds of the model's score minus that of the other.</param>
/// <param name="StandardError">The corrected standard error of the difference; NaN for a single fold.</param>
/// <param name="Lower">The lower end of the 95% interval of the difference; NaN for a single fold.</param>
/// <param name="Upper">The upper end of the 95% interval of the difference; NaN for a single fold.</param>
/// <param name="P">The two-sided p-value of no difference; NaN for a single fold.</param>
/// <param name="Folds">The number of folds in which both scores are defined.</param>
public sealed record Comparison(string Model, string Other, string Metric, double Difference, double StandardError, double Lower,
    double Upper, double P, int Folds)
{
    private const double Level = 0.05;

    /// <summary>Whether higher scores are better.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Whether the model is better at the 5% level.</summary>
    public bool IsBetter => P < Level && (HigherIsBetter ? Difference > 0 : Difference < 0);

    /// <summary>Whether the model is worse at the 5% level.</summary>
    public bool IsWorse => P < Level && (HigherIsBetter ? Difference < 0 : Difference > 0);

    /// <summary>Compares two models that were scored on the same folds.</summary>
    /// <param name="model">The model.</param>
    /// <param name="other">The model that it is compared with.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="folds">The folds, in the order of the scores.</param>
    public static Comparison Of(ScoredModel model, ScoredModel other, Metric metric, EquatableArray<Fold> folds)
    {
        var (own, others) = (model[metric.Name].PerFold, other[metric.Name].PerFold);
        var used = Enumerable.Range(0, folds.Count).Where(fold => !double.IsNaN(own[fold] - others[fold])).ToArray();
        var (count, differences) = (used.Length, Array.ConvertAll(used, fold => own[fold] - others[fold]));
        var mean = differences.DefaultIfEmpty(double.NaN).Average();
        var (error, wide, p) = (double.NaN, double.NaN, double.NaN);
        if (count > 1)
        {
            var ratio = (double)used.Sum(fold => folds[fold].Holdout.Count) / used.Sum(fold => folds[fold].Train.Count);
            error = MeanSquare.Deviation(differences, mean).Root * Math.Sqrt(1.0 / count + ratio);
            wide = error * StudentT.Quantile(1 - Level, count - 1);
            p = mean == 0 ? 1 : StudentT.Outside(Math.Abs(mean) / error, count - 1);
        }

        return new(model.Name, other.Name, metric.Name, mean, error, mean - wide, mean + wide, p, count)
        {
            HigherIsBetter = metric.HigherIsBetter,
        };
    }
}
