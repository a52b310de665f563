namespace FunctionalStack.Onnx;

/// <summary>Maps that consist of others, and those that choose columns.</summary>
internal static class ComposedMaps
{
    public static Outcome<GraphFrame> Chain(ChainMap map, GraphFrame rows, Scope scope) =>
        scope.Map(map.First, rows).Bind(made => scope.Map(map.Second, made));

    public static Outcome<GraphFrame> Union(UnionMap map, GraphFrame rows, Scope scope) =>
        Outcome.All(map.Maps.Select(part => scope.Map(part, rows)))
            .Map(made => rows with { Columns = EquatableArray.From(made.SelectMany(frame => frame.Columns)) });

    public static Outcome<GraphFrame> Select(SelectColumns map, GraphFrame rows, Scope scope) => rows.Select(map.Columns);

    public static Outcome<GraphFrame> Drop(Preprocessing.DropColumns map, GraphFrame rows, Scope scope)
    {
        var dropped = map.Columns.ToHashSet(StringComparer.Ordinal);
        return Outcome.Ok(rows with { Columns = EquatableArray.From(rows.Columns.Where(column => !dropped.Contains(column.Name))) });
    }

    public static Outcome<GraphFrame> Same(Identity map, GraphFrame rows, Scope scope) => Outcome.Ok(rows);
}
