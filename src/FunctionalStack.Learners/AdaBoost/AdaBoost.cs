namespace FunctionalStack.Learners;

/// <summary>How rounds of boosting count, for classes (Zhu, Zou, Rosset &amp; Hastie, Statistics and Its Interface 2, 2009). Both are AdaBoost where there are two.</summary>
public enum AdaBoostRule
{
    /// <summary>By the logarithms of each round's probabilities: faster, for learners whose probabilities are good. Algorithm 4.</summary>
    SammeR,

    /// <summary>By each round's classes and its error. Algorithm 2.</summary>
    Samme,
}

/// <summary>How a row's absolute error, as a share of the largest, becomes its loss, for values (Drucker 1997, step 5).</summary>
public enum AdaBoostLoss
{
    Linear,
    Square,

    /// <summary>1 - exp(-error).</summary>
    Exponential,
}

/// <summary>
/// AdaBoost: one learner again and again, each round minding the rows that the rounds before got wrong. Classes by SAMME.R
/// or SAMME (Zhu et al. 2009), values by AdaBoost.R2 (Drucker, Improving regressors using boosting techniques, 1997).
/// </summary>
/// <remarks>
/// Round <c>r</c> fits by <c>seed.Fork("round").Fork(r)</c>. For classes the learner gets the rows' weights, and must take
/// them. For values it gets as many rows as there are, drawn with replacement by the weights from that seed's fork
/// <c>"rows"</c>, and any learner will do. A round without an error is the last. A round no better than chance (by SAMME
/// an error of 1 - 1/classes, for values a mean loss of one half) is left out and ends it, unless it is the first.
/// </remarks>
/// <param name="Learner">What is fitted; null for a decision tree, of depth 1 for classes and 3 for values.</param>
/// <param name="Rounds">At most so many; at least 1.</param>
/// <param name="Rate">Shrinks what each round does to the weights; above 0.</param>
/// <param name="Rule">For classes.</param>
/// <param name="Loss">For values.</param>
public sealed record AdaBoost(
    ILearner? Learner = null,
    int Rounds = 50,
    double Rate = 1,
    AdaBoostRule Rule = AdaBoostRule.SammeR,
    AdaBoostLoss Loss = AdaBoostLoss.Linear) : ILeafLearner
{
    public string Name => "adaBoost";

    // Values are boosted by drawing rows, whatever the learner makes of weights; classes only where it takes weights.
    public Capabilities Capabilities
    {
        get
        {
            var own = (Learner ?? new DecisionTree()).Capabilities;
            return own with { Targets = own.Weights ? own.Targets : own.Targets & TargetKinds.Numeric, Weights = true };
        }
    }

    IEnumerable<Component> ISpec.Components => Learner is null ? [] : [new("", Learner)];

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("rounds", Rounds),
        Ensure.Positive("rate", Rate, suchAs: 1),
        Ensure.Defined("rule", Rule),
        Ensure.Defined("loss", Loss));

    /// <summary>
    /// An <see cref="AdaBoostModel"/>. Fails where no row has weight, on values that are not finite, and where a round fails.
    /// </summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Kept(data, Name).Bind(kept => kept.Target switch
    {
        Target.Classes classes => Samme.Fit(this, kept, classes, seed.Fork("round")),
        Target.Numeric values => AdaBoostR2.Fit(this, kept, values, seed.Fork("round")),
        _ => throw new InvalidOperationException(),
    });

    /// <summary>Each row's weight over the sum of all.</summary>
    internal static double[] Shares(Dataset data)
    {
        var weights = data.Weights?.ToArray() ?? [.. Enumerable.Repeat(1.0, data.RowCount)];
        var most = weights.Max();
        var sum = weights.Sum(weight => weight / most);
        return Array.ConvertAll(weights, weight => weight / most / sum);
    }

    internal string RoundName(int round) => $"{Name}, round {round + 1} of {Rounds}";
}

/// <summary>Boosted rounds.</summary>
/// <param name="Levels">The classes; empty where values are predicted.</param>
/// <param name="Present">The codes of the classes that training rows had; the others get probability 0.</param>
/// <param name="Members">In the order of the rounds.</param>
/// <param name="Weights">What each round counts.</param>
/// <param name="Rule">How, for classes. Values are the median of the members', by weight (Drucker 1997, step 10).</param>
public sealed record AdaBoostModel(EquatableArray<string> Levels, EquatableArray<int> Present, EquatableArray<IModel> Members, EquatableArray<double> Weights, AdaBoostRule Rule) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Members.Count > 0 ? null : "no member", Consistency.Count("weights", Weights.Count, Members.Count), Levels.Count == 0 ? null : Consistency.Present(Present, Levels));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    public Outcome<Prediction> Predict(Frame rows) => Levels.Count == 0 ? AdaBoostR2.Median(this, rows) : Samme.Probabilities(this, rows);
}
