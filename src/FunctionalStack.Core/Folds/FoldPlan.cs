namespace FunctionalStack;

/// <summary>
/// How rows are split into folds: data, not behaviour with state, so every base of a stack shares the same folds.
/// A plan that shuffles holds the <see cref="Seed"/> it shuffles by.
/// </summary>
public abstract partial record FoldPlan
{
    private protected abstract void Seal();

    /// <summary>The folds of these rows. Fails where the rows cannot be split as asked.</summary>
    public abstract Outcome<Values<Fold>> Split(Roles roles);

    /// <summary>The same plan shuffling by <paramref name="seed"/>; a plan without randomness stays as it is.</summary>
    public virtual FoldPlan Shuffled(Seed seed) => this;

    /// <summary>The rows that some fold holds out, ascending; the others never get an out-of-fold prediction.</summary>
    public static Values<int> Covered(Values<Fold> folds)
    {
        var held = new bool[folds.Select(fold => fold.Holdout.Count == 0 ? 0 : fold.Holdout[fold.Holdout.Count - 1] + 1).DefaultIfEmpty().Max()];
        foreach (var fold in folds)
        {
            foreach (var row in fold.Holdout.AsSpan()) held[row] = true;
        }

        return Values.From(Enumerable.Range(0, held.Length).Where(row => held[row]));
    }

    /// <summary>The rows that this plan's folds cover, for <see cref="ITransform.Covered"/>: null for all of them.</summary>
    public Outcome<Values<int>?> Covered(Roles roles) => Split(roles).Map<Values<int>?>(folds =>
        Covered(folds) is var rows && rows.Count < roles.Count ? rows : null);

    /// <summary>
    /// The usual plan for these rows: stratified for classes, K-fold for values, shuffled by <paramref name="seed"/>; where
    /// rows come in groups, the plan of that kind that keeps groups whole.
    /// </summary>
    public static FoldPlan For(Roles roles, int k, Seed? seed) => roles switch
    {
        { Groups: not null, Target: Target.Classes } => new StratifiedGroup(k),
        { Groups: not null } => new Group(k),
        { Target: Target.Classes } => new Stratified(k, seed),
        _ => new KFold(k, seed),
    };

    private static Outcome<Values<Fold>> Refuse(string what, string mend) => Outcome.Fail<Values<Fold>>("folds", what, mend);

    private static Outcome<Values<Fold>>? RefuseUnless(int k, int available, string of) =>
        k < 2 ? Refuse($"{k} folds were asked for", "Ask for at least 2.")
        : k > available ? Refuse($"{k} folds were asked for, but there are only {available} {of}", $"Ask for at most {available} folds, or bring more data.")
        : null;

    private static int[] Rows(int count, Seed? shuffle)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        if (shuffle is { } seed)
        {
            var stream = seed.Stream();
            stream.Shuffle(rows.AsSpan());
        }

        return rows;
    }
}
