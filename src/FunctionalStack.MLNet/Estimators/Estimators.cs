namespace FunctionalStack.MLNet;

/// <summary>Turns learners to estimators of ML.NET.</summary>
public static class Estimators
{
    /// <summary>
    /// The learner, such as a stack, as an estimator of ML.NET, for its pipelines and evaluations:
    /// <c>pipeline.Append(stack.AsEstimator(Seed.Of(42)))</c>.
    /// </summary>
    /// <param name="learner">The learner.</param>
    /// <param name="seed">The seed of each fit.</param>
    /// <param name="label">
    /// The column of the target: classes for keys, texts and booleans, otherwise numbers. Key values are the classes, in their order.
    /// </param>
    /// <param name="features">
    /// The columns of the features, as <see cref="DataViews"/> reads them; empty for the column <c>Features</c>.
    /// </param>
    /// <param name="weights">The column of sample weights, of which only ratios matter; null for none.</param>
    /// <param name="threads">The number of threads of a fit, at least 1.</param>
    public static LearnerEstimator AsEstimator(this ILearner learner, Seed seed, string label = "Label",
        EquatableArray<string> features = default, string? weights = null, int threads = 1) =>
        new(learner, seed, label, features.Count > 0 ? features : [SingleRows.Features], weights, threads);
}
