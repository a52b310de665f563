namespace FunctionalStack.IO;

/// <summary>The fold plans of a spec.</summary>
public enum FoldKind
{
    /// <summary>Stratified for classification, K-fold for a numeric target; with groups, the plan of that kind that keeps groups whole
    /// (<see cref="FoldPlan.Usual"/>).</summary>
    Auto,

    /// <summary><see cref="FoldPlan.KFold"/>.</summary>
    Kfold,

    /// <summary><see cref="FoldPlan.Stratified"/>.</summary>
    Stratified,

    /// <summary><see cref="FoldPlan.Group"/>.</summary>
    Group,

    /// <summary><see cref="FoldPlan.StratifiedGroup"/>.</summary>
    StratifiedGroup,

    /// <summary><see cref="FoldPlan.TimeOrdered"/>.</summary>
    TimeOrdered,

    /// <summary><see cref="FoldPlan.Given"/>.</summary>
    Given,

    /// <summary><see cref="FoldPlan.HoldOut"/>.</summary>
    HoldOut,
}

/// <summary>A fold plan of a spec, before the target and the seed are known. Fields that the kind does not use are ignored.</summary>
/// <param name="Kind">The kind of plan.</param>
/// <param name="K">The number of folds, at least 2; not for given folds and hold-out.</param>
/// <param name="Shuffle">Whether rows are assigned in random order; only if <see cref="Shuffles"/> is true.</param>
/// <param name="Repeats">The number of repetitions, each shuffled anew; at least 1.</param>
/// <param name="Fraction">The share of rows held out, above 0 and below 1; for hold-out only.</param>
public sealed record FoldsSpec(FoldKind Kind = FoldKind.Auto, int K = 5, bool Shuffle = true, int Repeats = 1, double Fraction = 0.2)
{
    /// <summary>Whether the kind can be shuffled.</summary>
    public bool Shuffles => Kind is FoldKind.Auto or FoldKind.Kfold or FoldKind.Stratified or FoldKind.HoldOut;

    /// <summary>Whether the kind has a number of folds.</summary>
    public bool Counts => Kind is not (FoldKind.Given or FoldKind.HoldOut);

    /// <summary>The plan. The seed of its shuffles comes from the fit.</summary>
    public FoldPlan Plan()
    {
        var shuffle = Shuffle ? FunctionalStack.Shuffle.ByFit : FunctionalStack.Shuffle.None;
        FoldPlan once = Kind switch
        {
            FoldKind.Auto => new FoldPlan.Usual(K) { Shuffle = shuffle },
            FoldKind.Kfold => new FoldPlan.KFold(K, shuffle),
            FoldKind.Stratified => new FoldPlan.Stratified(K, shuffle),
            FoldKind.Group => new FoldPlan.Group(K),
            FoldKind.StratifiedGroup => new FoldPlan.StratifiedGroup(K),
            FoldKind.TimeOrdered => new FoldPlan.TimeOrdered(K),
            FoldKind.Given => new FoldPlan.Given(),
            FoldKind.HoldOut => new FoldPlan.HoldOut(Fraction, shuffle),
            _ => throw new InvalidOperationException(),
        };
        return Repeats == 1 ? once : new FoldPlan.Repeated(once, Repeats, shuffle);
    }
}
