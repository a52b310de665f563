namespace FunctionalStack.Learners;

/// <summary>
/// Gradient boosted trees (Friedman 2001) with XGBoost's regularized objective (Chen &amp; Guestrin 2016) and histogram-based
/// splits. Each round fits a tree (one per class for more than two classes) to the first and second derivatives of the loss.
/// Missing values and categories are supported natively; each split learns a direction for missing values.
/// </summary>
/// <remarks>
/// The value of a leaf is -G / (H + lambda) times eta, where G and H are the sums of its rows' derivatives. The gain of a split is
/// G_l^2 / (H_l + lambda) + G_r^2 / (H_r + lambda) - G^2 / (H + lambda): equations 5 and 7 without the factor one half, as in XGBoost.
/// Rows and columns are drawn with the seed's forks <c>"rows"</c> and <c>"columns"</c>, validation rows with <c>"validation"</c>.
/// </remarks>
/// <param name="Rounds">The number of boosting rounds; at least 1. Null for the number found by early stopping, at most
/// <see cref="MostRounds"/>; or for <see cref="FixedRounds"/> if <paramref name="Patience"/> is 0 or there are fewer than
/// <see cref="LeastRowsToStop"/> rows.</param>
/// <param name="Eta">The learning rate, by which leaf values are multiplied; above 0, at most 1.</param>
/// <param name="MaxDepth">The maximum depth of a tree, at least 1; null for no limit.</param>
/// <param name="MaxLeaves">The maximum number of leaves, at least 2. If given, trees are grown leaf-wise (LightGBM): the leaf with the
/// largest gain is split next. Null to grow depth-wise.</param>
/// <param name="Lambda">L2 penalty on leaf values; at least 0.</param>
/// <param name="Alpha">L1 penalty on leaf values; at least 0.</param>
/// <param name="Gamma">The minimum gain of a split; at least 0.</param>
/// <param name="MinChildWeight">The minimum sum of second derivatives (for squared error: of weights) in each child of a split; at least
/// 0.</param>
/// <param name="Subsample">The fraction of rows drawn for each round, without replacement; above 0, at most 1.</param>
/// <param name="ColumnsByTree">The fraction of columns drawn for each tree; above 0, at most 1.</param>
/// <param name="ColumnsByLevel">The fraction of these drawn for each depth of a tree; above 0, at most 1.</param>
/// <param name="Bins">The number of bins per column, plus one for missing values; 2 to 255. Of a categorical column with more levels, the
/// lightest ones are treated as missing.</param>
/// <param name="CategorySmoothing">Shrinks light categories to the middle of the order in which categories are split, and adds to lambda
/// for splits on them; at least 0.</param>
/// <param name="Objective">The loss.</param>
/// <param name="Quantile">The quantile predicted by <see cref="BoostingObjective.Quantile"/>; above 0 and below 1.</param>
/// <param name="Increasing">Monotone constraints: numeric columns in which predictions may only increase. For two classes this refers to
/// the probability of the second.</param>
/// <param name="Decreasing">Monotone constraints: numeric columns in which predictions may only decrease.</param>
/// <param name="Patience">Early stopping: stops after this number of rounds without a lower validation loss, and keeps the trees up to the
/// lowest. 0 for no early stopping. Null for <see cref="UsualPatience"/> if <paramref name="Rounds"/> is null, and otherwise 0.</param>
/// <param name="ValidationShare">The fraction of training rows held out for early stopping; above 0 and below 1. Ignored without
/// early stopping.</param>
public sealed record GradientBoosting(
    int? Rounds = null,
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
    int? Patience = null,
    double ValidationShare = 0.1) : IParallelLearner, ITunable
{
    /// <summary>The maximum number of rounds if none is given and early stopping finds the number.</summary>
    public const int MostRounds = 1000;

    /// <summary>The number of rounds if none is given and there is no early stopping.</summary>
    public const int FixedRounds = 100;

    /// <summary>The patience of early stopping if neither it nor a number of rounds is given.</summary>
    public const int UsualPatience = 20;

    /// <summary>The least number of rows for early stopping that was not asked for. Fewer leave too few rows for validation.</summary>
    public const int LeastRowsToStop = 100;

    /// <summary>The patience with default values resolved: 0 for no early stopping, whatever the number of rows.</summary>
    internal int Waits => Patience ?? (Rounds is null ? UsualPatience : 0);

    /// <inheritdoc/>
    public string Name => "gradientBoosting";

    /// <inheritdoc/>
    // Classification has one objective.
    public Capabilities Capabilities => new(
        Objective == BoostingObjective.Usual ? TargetKinds.Any : TargetKinds.Numeric,
        MissingValues: true,
        Categories: true);

    Complexity ILearner.Complexity => Complexity.Ensemble;

    /// <inheritdoc/>
    public SearchSpace DefaultSpace => SearchSpace.Empty
        .Between("eta", 0.03, 0.2, Scale.Log)
        .Between("maxDepth", 3, 10)
        .Between("minChildWeight", 0.5, 10, Scale.Log)
        .Between("subsample", 0.7, 1)
        .Between("columnsByTree", 0.4, 1);

    /// <inheritdoc/>
    public EquatableArray<Failure> ValidateColumns(Frame columns) => MonotoneConstraints.Faults(this, columns);

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Rounds is { } rounds ? Ensure.Count("rounds", rounds) : null,
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
        Ensure.Between("validationShare", ValidationShare));

    /// <summary>
    /// Fails if no row has positive weight, if a constrained column is absent or not numeric, or if a value is infinite.
    /// </summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) =>
        from signs in MonotoneConstraints.Of(this, data)
        from rows in BoostingRows.Of(this, data, seed)
        select (IModel)BoostingRounds.Fit(this, signs, rows, seed, work);
}
