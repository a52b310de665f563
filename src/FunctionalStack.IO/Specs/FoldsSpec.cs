namespace FunctionalStack.IO;

/// <summary>The kinds of <see cref="FoldPlan"/> that a spec can name.</summary>
public enum FoldKind
{
    /// <summary>Stratified for classes, K-fold for values; where rows come in groups, the plan of that kind that keeps groups whole.</summary>
    Auto,
    Kfold,
    Stratified,
    Group,
    StratifiedGroup,
    TimeOrdered,
    Given,
    HoldOut,
}

/// <summary>A fold plan as a spec names it, before the target and the seed are known. Fields that the kind does not use are ignored.</summary>
/// <param name="Kind">How rows are dealt to folds.</param>
/// <param name="K">How many folds, at least 2; not for given folds and hold-out.</param>
/// <param name="Shuffle">Whether rows are dealt in random order, where <see cref="Shuffles"/> is true.</param>
/// <param name="Repeats">How many times over, shuffled anew each time; at least 1.</param>
/// <param name="Fraction">The share held out, above 0 and below 1; for hold-out only.</param>
public sealed record FoldsSpec(FoldKind Kind = FoldKind.Auto, int K = 5, bool Shuffle = true, int Repeats = 1, double Fraction = 0.2)
{
    /// <summary>Whether the kind deals rows in an order that could be random.</summary>
    public bool Shuffles => Kind is FoldKind.Auto or FoldKind.Kfold or FoldKind.Stratified or FoldKind.HoldOut;

    /// <summary>Whether the kind takes a number of folds.</summary>
    public bool Counts => Kind is not (FoldKind.Given or FoldKind.HoldOut);

    /// <summary>The plan; what it shuffles by comes from the fit.</summary>
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
