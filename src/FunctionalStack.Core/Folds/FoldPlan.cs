namespace FunctionalStack;

/// <summary>
/// How rows are split into folds. An immutable record, so that all bases of a stack share the same folds.
/// A plan that shuffles contains its <see cref="Seed"/>.
/// </summary>
public abstract partial record FoldPlan
{
    private protected abstract void Seal();

    /// <summary>The folds of these rows. Fails if the rows cannot be split as requested.</summary>
    public abstract Outcome<EquatableArray<Fold>> Split(Roles roles);

    /// <summary>The same plan, shuffled with <paramref name="seed"/>. A plan without randomness is returned unchanged.</summary>
    public virtual FoldPlan Shuffled(Seed seed) => this;

    /// <summary>The same plan with the seed of a fit, if it waits for one (<see cref="Shuffle.ByFit"/>).</summary>
    public virtual FoldPlan Seeded(Seed seed) => this;

    /// <summary>The shuffling seed of a fit with <paramref name="seed"/>.</summary>
    internal static Seed SeedOf(Seed seed) => seed.Fork("folds");

    /// <summary>
    /// The inner folds of a learner for rows with groups or times: the default plan, with as many folds as requested or as the rows
    /// allow. Fails if not even two folds are possible.
    /// </summary>
    internal static Outcome<EquatableArray<Fold>> Inside(Roles roles, int folds, Seed seed)
    {
        Outcome<EquatableArray<Fold>> split;
        do split = new Usual(folds).Seeded(seed).Split(roles);
        while (split is Outcome<EquatableArray<Fold>>.Fail && --folds >= 2);
        return split;
    }

    /// <summary>The rows that some fold holds out, ascending. The others never get an out-of-fold prediction.</summary>
    public static EquatableArray<int> Covered(EquatableArray<Fold> folds)
    {
        var held =
            new bool[folds.Select(fold => fold.Holdout.Count == 0 ? 0 : fold.Holdout[fold.Holdout.Count - 1] + 1).DefaultIfEmpty().Max()];
        foreach (var fold in folds)
        {
            foreach (var row in fold.Holdout.AsSpan()) held[row] = true;
        }

        return EquatableArray.From(Enumerable.Range(0, held.Length).Where(row => held[row]));
    }

    private static Outcome<EquatableArray<Fold>> Refuse(string what, string remedy) =>
        Outcome.Fail<EquatableArray<Fold>>("folds", what, remedy);

    private static Outcome<EquatableArray<Fold>>? RefuseUnless(int k, int available, string of) =>
        k < 2 ? Refuse($"{k} folds were requested", "Give at least 2.")
        : k > available
        ? Refuse($"{k} folds were requested, but there are only {available} {of}",
            available < 2 ? "Add data." : $"Give at most {available}, or add data.")
        : null;

    private static Outcome<EquatableArray<Fold>>? Awaiting(Shuffle shuffle) => shuffle.IsByFit
        ? Refuse("the plan shuffles with the seed of a fit, but has none yet", "Call Shuffled or Seeded with a seed before splitting.")
        : null;

    private static int[] Rows(int count, Shuffle shuffle) =>
        shuffle.Seed is { } seed ? seed.Permutation(count) : [.. Enumerable.Range(0, count)];
}
