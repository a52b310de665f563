namespace FunctionalStack;

/// <summary>Rows of a frame that is not computed yet. Their folds and subsets are computed once.</summary>
internal sealed class RowSet(FitGraph graph, Deferred<Frame> allRows, EquatableArray<int>? rows, Roles roles)
{
    private readonly Dictionary<FoldPlan, Outcome<EquatableArray<Fold>>> splits = [];
    private readonly Dictionary<EquatableArray<int>, RowSet> parts = [];
    private readonly Dictionary<EquatableArray<double>, RowSet> weighted = [];
    private readonly Dictionary<Target, RowSet> relabeled = [];
    private readonly RowsDigest digest = new();
    private Deferred<Frame>? frame;

    public Roles Roles => roles;

    public Deferred<Frame> AllRows => allRows;

    public EquatableArray<int>? Rows => rows;

    /// <summary>The columns of these rows.</summary>
    public Deferred<Frame> Frame => rows is { } taken
        ? frame ??= graph.Join("rows", [allRows], new(), () => allRows.Outcome.Map(all => all.Take(taken)))
        : allRows;

    /// <summary>These rows as data, once the columns are computed.</summary>
    public Outcome<LeafRows> Data => allRows.Outcome.Map(all => new LeafRows(all, rows, roles) { Digest = digest });

    public Outcome<EquatableArray<Fold>> Split(FoldPlan plan)
    {
        if (splits.TryGetValue(plan, out var known)) return known;
        var split = plan.Split(roles);
        splits[plan] = split.WithoutNotes();
        return split;
    }

    public RowSet Weighted(EquatableArray<double> weights)
    {
        if (!weighted.TryGetValue(weights, out var known))
            weighted[weights] = known = new(graph, allRows, rows, roles with { Weights = weights });
        return known;
    }

    public RowSet Relabeled(Target target)
    {
        if (!relabeled.TryGetValue(target, out var known))
            relabeled[target] = known = new(graph, allRows, rows, roles with { Target = target });
        return known;
    }

    public RowSet Take(EquatableArray<int> part)
    {
        if (!parts.TryGetValue(part, out var known))
            parts[part] = known = new(graph, allRows, rows is { } already ? already.At(part) : part, roles.Take(part));
        return known;
    }
}
