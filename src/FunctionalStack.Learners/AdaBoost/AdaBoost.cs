namespace FunctionalStack.Learners;

/// <summary>The boosting algorithm for classification (Zhu, Zou, Rosset &amp; Hastie, Statistics and Its Interface 2, 2009). For two
/// classes both are AdaBoost.</summary>
public enum AdaBoostRule
{
    /// <summary>SAMME.R: weights by the log-probabilities of each round. Faster, for learners with good probabilities. Algorithm
    /// 4.</summary>
    SammeR,

    /// <summary>SAMME: weights by the predicted classes and the error of each round. Algorithm 2.</summary>
    Samme,
}

/// <summary>How the absolute error of a row, relative to the largest, becomes its loss, for regression (Drucker 1997, step 5).</summary>
public enum AdaBoostLoss
{
    /// <summary>The relative error.</summary>
    Linear,
    /// <summary>The squared relative error.</summary>
    Square,

    /// <summary>1 - exp(-error).</summary>
    Exponential,
}

/// <summary>
/// AdaBoost: fits a learner repeatedly and increases the weights of rows that earlier rounds predicted wrongly. Classification
/// by SAMME.R or SAMME (Zhu et al. 2009), regression by AdaBoost.R2 (Drucker, Improving regressors using boosting techniques, 1997).
/// </summary>
/// <remarks>
/// The seed of round <c>r</c> is <c>seed.Fork("round").Fork(r)</c>. For classification the learner gets the row weights and must
/// support weights. For regression it gets a bootstrap sample of the same size, drawn by the weights with that seed's fork
/// <c>"rows"</c>, so any learner works. Boosting stops after a round without error. It also stops at a round no better than
/// chance (SAMME: an error of at least 1 - 1/classes; regression: a mean loss of at least one half), which is discarded unless it is the
/// first.
/// </remarks>
/// <param name="Learner">The learner to boost; null for a decision tree of depth 1 (classification) or 3 (regression).</param>
/// <param name="Rounds">The maximum number of rounds; at least 1.</param>
/// <param name="Rate">The learning rate, which shrinks the weight updates of each round; above 0.</param>
/// <param name="Rule">The algorithm for classification.</param>
/// <param name="Loss">The loss for regression.</param>
public sealed record AdaBoost(
    ILearner? Learner = null,
    int Rounds = 50,
    double Rate = 1,
    AdaBoostRule Rule = AdaBoostRule.SammeR,
    AdaBoostLoss Loss = AdaBoostLoss.Linear) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "adaBoost";

    /// <inheritdoc/>
    // Regression resamples rows, so the learner need not support weights. Classification needs that.
    public Capabilities Capabilities
    {
        get
        {
            var own = (Learner ?? new DecisionTree()).Capabilities;
            return own with { Targets = own.Weights ? own.Targets : own.Targets & TargetKinds.Numeric, Weights = true };
        }
    }

    IEnumerable<Component> ISpec.Components => Learner is null ? [] : [new("", Learner)];

    Complexity ILearner.Complexity => Complexity.Ensemble;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("rounds", Rounds),
        Ensure.Positive("rate", Rate, suchAs: 1),
        Ensure.Defined("rule", Rule),
        Ensure.Defined("loss", Loss));

    /// <summary>
    /// Fits an <see cref="AdaBoostModel"/>. Fails if no row has positive weight, if a numeric target is not finite, or if a round fails.
    /// </summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Kept(data, Name).Bind(kept => kept.Target switch
    {
        Target.Classes classes => Samme.Fit(this, kept, classes, seed.Fork("round")),
        Target.Numeric values => AdaBoostR2.Fit(this, kept, values, seed.Fork("round")),
        _ => throw new InvalidOperationException(),
    });

    /// <summary>Each row's weight divided by the sum of weights.</summary>
    internal static double[] Shares(Dataset data)
    {
        var weights = data.Weights?.ToArray() ?? [.. Enumerable.Repeat(1.0, data.RowCount)];
        var most = weights.Max();
        var sum = weights.Sum(weight => weight / most);
        return Array.ConvertAll(weights, weight => weight / most / sum);
    }

    internal string RoundName(int round) => $"{Name}, round {round + 1} of {Rounds}";
}

/// <summary>A fitted AdaBoost ensemble.</summary>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows. Other classes get probability 0.</param>
/// <param name="Members">The models, in the order of the rounds.</param>
/// <param name="Weights">The weight of each round.</param>
/// <param name="Rule">The algorithm for classification. Regression predicts the weighted median of the members (Drucker 1997, step
/// 10).</param>
public sealed record AdaBoostModel(EquatableArray<string> Levels, EquatableArray<int> Present, EquatableArray<IModel> Members,
    EquatableArray<double> Weights, AdaBoostRule Rule) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Members.Count > 0
            ? null : "no member", Consistency.Count("weights", Weights.Count, Members.Count), Levels.Count == 0
            ? null : Consistency.Present(Present, Levels));

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Levels.Count == 0 ? AdaBoostR2.Median(this, rows) : Samme.Probabilities(this, rows);
}
