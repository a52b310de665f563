namespace FunctionalStack.Learners;

/// <summary>
/// Gradient boosted trees (Friedman 2001) by XGBoost's regularized objective (Chen &amp; Guestrin 2016): each round fits a tree, for
/// more than two classes one a class, to first and second derivatives of the loss, on binned columns. Numbers may be
/// missing, and categories are taken as they are; each split learns where missing values go.
/// </summary>
/// <remarks>
/// A leaf's value is -G / (H + lambda) times eta, for sums G and H of its rows' derivatives; what a split gains is
/// G_l^2 / (H_l + lambda) + G_r^2 / (H_r + lambda) - G^2 / (H + lambda): equations 5 and 7, without the half and as XGBoost counts it.
/// Rows and columns are drawn by the seed's forks <c>"rows"</c> and <c>"columns"</c>, those held out by <c>"validation"</c>.
/// </remarks>
/// <param name="Rounds">At least 1.</param>
/// <param name="Eta">The learning rate: what each leaf's value is multiplied by; above 0, at most 1.</param>
/// <param name="MaxDepth">Splits on the longest way down, at least 1; null for no limit.</param>
/// <param name="MaxLeaves">With it, at least 2, trees are grown leaf by leaf (LightGBM): of all leaves the one that gains most is split, until there are so many.</param>
/// <param name="Lambda">Penalty on leaves' squared values; at least 0.</param>
/// <param name="Alpha">Penalty on leaves' absolute values; at least 0.</param>
/// <param name="Gamma">What a split must gain at least; at least 0.</param>
/// <param name="MinChildWeight">The least sum of second derivatives (for squared error: of weights) on each side of a split; at least 0.</param>
/// <param name="Subsample">The share of rows that each round draws, without replacement; above 0, at most 1.</param>
/// <param name="ColumnsByTree">The share of columns that each tree draws; above 0, at most 1.</param>
/// <param name="ColumnsByLevel">The share of these that each depth of a tree draws; above 0, at most 1.</param>
/// <param name="Bins">Bins a column, besides one for missing values; 2 to 255. Of a categorical column's levels, the lightest beyond so many count as missing.</param>
/// <param name="CategorySmoothing">What draws categories of little weight to the middle of the order they are split in, and penalizes splits on them as lambda does; at least 0.</param>
/// <param name="Objective">What is made small.</param>
/// <param name="Quantile">The quantile that <see cref="BoostingObjective.Quantile"/> estimates; above 0 and below 1.</param>
/// <param name="Increasing">Numeric columns with which estimates may only rise; for two classes the probability of the second.</param>
/// <param name="Decreasing">Numeric columns with which they may only fall.</param>
/// <param name="Patience">Stops after so many rounds without a lower loss on validation rows, and keeps the trees up to the lowest; 0 for all rounds.</param>
/// <param name="ValidationShare">The share of training rows that stopping goes by, which no tree sees; above 0 and below 1. Not used where <paramref name="Patience"/> is 0.</param>
public sealed record GradientBoosting(
    int Rounds = 100,
    double Eta = 0.1,
    int? MaxDepth = 6,
    int? MaxLeaves = null,
    double Lambda = 1,
    double Alpha = 0,
    double Gamma = 0,
    double MinChildWeight = 1,
    double Subsample = 1,
    double ColumnsByTree = 1,
    double ColumnsByLevel = 1,
    int Bins = 255,
    double CategorySmoothing = 10,
    BoostingObjective Objective = BoostingObjective.Usual,
    double Quantile = 0.5,
    EquatableArray<string> Increasing = default,
    EquatableArray<string> Decreasing = default,
    int Patience = 0,
    double ValidationShare = 0.1) : IParallelLearner
{
    public string Name => "gradientBoosting";

    // Classes have one objective.
    public Capabilities Capabilities => new(
        Objective == BoostingObjective.Usual ? TargetKinds.Any : TargetKinds.Numeric,
        MissingValues: true,
        Categories: true);

    public EquatableArray<Failure> ValidateColumns(Frame columns) => MonotoneConstraints.Faults(this, columns);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("rounds", Rounds),
        Ensure.Share("eta", Eta),
        Ensure.AtLeast("maxDepth", MaxDepth, 1),
        Ensure.AtLeast("maxLeaves", MaxLeaves, 2),
        Ensure.NotNegative("lambda", Lambda),
        Ensure.NotNegative("alpha", Alpha),
        Ensure.NotNegative("gamma", Gamma),
        Ensure.That(MinChildWeight >= 0, "minChildWeight", MinChildWeight, "a number of at least 0"),
        Ensure.Share("subsample", Subsample),
        Ensure.Share("columnsByTree", ColumnsByTree),
        Ensure.Share("columnsByLevel", ColumnsByLevel),
        Ensure.InRange("bins", Bins, 2, 255),
        Ensure.NotNegative("categorySmoothing", CategorySmoothing),
        Ensure.Defined("objective", Objective),
        Ensure.Between("quantile", Quantile),
        Increasing.FirstOrDefault(name => Decreasing.Contains(name)) is { } both
            ? new Failure("", $"'{both}' is both increasing and decreasing", "Name it once.")
            : null,
        Ensure.AtLeast("patience", Patience, 0),
        Patience > 0 ? Ensure.Between("validationShare", ValidationShare) : null);

    /// <summary>
    /// Fails where no row has weight, on constraints of columns that are absent or not numeric, and on numbers that are infinite.
    /// </summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) =>
        from signs in MonotoneConstraints.Of(this, data)
        from rows in BoostingRows.Of(this, data, seed)
        select (IModel)BoostingRounds.Fit(this, signs, rows, seed, work);
}
