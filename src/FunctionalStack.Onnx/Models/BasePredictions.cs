using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Reads the predictions of bases from the columns of a level, as <see cref="BaseColumns.Read"/>.</summary>
internal static class BasePredictions
{
    /// <summary>Numbers, [N, bases].</summary>
    public static Outcome<Edge> Numbers(IReadOnlyList<BaseColumns> bases, GraphFrame rows) =>
        rows.Complete(EquatableArray.From(bases.SelectMany(one => one.Columns)));

    /// <summary>Probabilities of the classes present, [N, bases, present]. The others are left out, and rows that had some of them sum to 1
    /// again.</summary>
    public static Outcome<Edge> Probabilities(IReadOnlyList<BaseColumns> bases, EquatableArray<string> levels, EquatableArray<int> present,
        GraphFrame rows)
    {
        var plain = bases.All(one => one.StackMethod == StackMethod.Probabilities && one.Columns.Count == levels.Count);
        var matrix = plain ? Numbers(bases, rows).Map(all => all.Clip(0, 1))
            : Outcome.All(bases.Select(one => Read(one, rows))).Map(all => Arrays.Concat(1, all));
        return matrix.Map(all => Only(all.Reshape(-1, bases.Count, levels.Count), levels.Count, present));
    }

    /// <summary>Divides by the sum along an axis; equal shares where it is 0.</summary>
    public static Edge Normalized(Edge x, int axis, int count)
    {
        var sum = x.SumOver(axis);
        return sum.IsAbove(0.0).Choose(x / sum, 1.0 / count);
    }

    private static Edge Only(Edge all, int levels, EquatableArray<int> present)
    {
        if (present.Count == levels) return all;
        var own = all.Gather(Indices(present), 2);
        var others = all.Gather(Indices(Enumerable.Range(0, levels).Except(present)), 2).SumOver(2);
        return others.IsAbove(0.0).Choose(Normalized(own, 2, present.Count), own);
    }

    private static Outcome<Edge> Read(BaseColumns one, GraphFrame rows) => one.StackMethod switch
    {
        StackMethod.Labels => rows.Words(one.Columns[0]).Map(words =>
            Arrays.Unit(one.Levels.Count).Gather(words.PlaceIn(one.Levels, Lookup.Outside, Lookup.Outside))),
        StackMethod.LogProbabilities => rows.Complete(one.Columns).Map(logs =>
            WithFirst(one, logs.Clip(double.NegativeInfinity, 0).Exp()) is var all ? all / all.SumOver(1) : all),
        _ => rows.Complete(one.Columns).Map(own => WithFirst(one, own.Clip(0, 1))),
    };

    // The first class may have been dropped. The others determine it.
    private static Edge WithFirst(BaseColumns one, Edge own) => one.Columns.Count == one.Levels.Count ? own
        : Arrays.Concat(1, [(1.0 - own.SumOver(1)).AtLeast(0.0), own]);

    private static Edge Indices(IEnumerable<int> places) => Arrays.Indices([.. places.Select(place => (long)place)]);
}
