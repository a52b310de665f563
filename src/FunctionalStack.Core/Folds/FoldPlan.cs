namespace FunctionalStack;

/// <summary>
/// How rows are split into folds: data, not behaviour with state, so every base of a stack shares the same folds.
/// A plan that shuffles holds the <see cref="Seed"/> it shuffles by.
/// </summary>
public abstract partial record FoldPlan
{
    private protected abstract void Seal();

    /// <summary>The folds of these rows. Fails where the rows cannot be split as asked.</summary>
    public abstract Outcome<EquatableArray<Fold>> Split(Roles roles);

    /// <summary>The same plan shuffling by <paramref name="seed"/>; a plan without randomness stays as it is.</summary>
    public virtual FoldPlan Shuffled(Seed seed) => this;

    /// <summary>The same plan with the seed of a fit, where it awaits that (<see cref="Shuffle.ByFit"/>).</summary>
    public virtual FoldPlan Seeded(Seed seed) => this;

    /// <summary>What a fit by <paramref name="seed"/> shuffles by, where the plan awaits that.</summary>
    internal static Seed SeedOf(Seed seed) => seed.Fork("folds");

    /// <summary>
    /// The folds that a learner deals its own rows to, where these have groups or times: the usual ones, as many as asked or as
    /// the rows allow. Fails where not even two are possible.
    /// </summary>
    internal static Outcome<EquatableArray<Fold>> Inside(Roles roles, int folds, Seed seed)
    {
        Outcome<EquatableArray<Fold>> split;
        do split = new Usual(folds).Seeded(seed).Split(roles);
        while (split is Outcome<EquatableArray<Fold>>.Fail && --folds >= 2);
        return split;
    }

    /// <summary>The rows that some fold holds out, ascending; the others never get an out-of-fold prediction.</summary>
    public static EquatableArray<int> Covered(EquatableArray<Fold> folds)
    {
        var held = new bool[folds.Select(fold => fold.Holdout.Count == 0 ? 0 : fold.Holdout[fold.Holdout.Count - 1] + 1).DefaultIfEmpty().Max()];
        foreach (var fold in folds)
        {
            foreach (var row in fold.Holdout.AsSpan()) held[row] = true;
        }

        return EquatableArray.From(Enumerable.Range(0, held.Length).Where(row => held[row]));
    }

    private static Outcome<EquatableArray<Fold>> Refuse(string what, string remedy) => Outcome.Fail<EquatableArray<Fold>>("folds", what, remedy);

    private static Outcome<EquatableArray<Fold>>? RefuseUnless(int k, int available, string of) =>
        k < 2 ? Refuse($"{k} folds were asked for", "Ask for at least 2.")
        : k > available ? Refuse($"{k} folds were asked for, but there are only {available} {of}", $"Ask for at most {available} folds, or bring more data.")
        : null;

    private static Outcome<EquatableArray<Fold>>? Awaiting(Shuffle shuffle) => shuffle.IsByFit
        ? Refuse("the plan shuffles by the seed of a fit, which it has not been given", "Call Shuffled or Seeded with a seed before splitting.")
        : null;

    private static int[] Rows(int count, Shuffle shuffle)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        if (shuffle.Seed is { } seed)
        {
            var stream = seed.Stream();
            stream.Shuffle(rows.AsSpan());
        }

        return rows;
    }
}
