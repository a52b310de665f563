using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>Encodings of categories: rows of a table, one for each level, with rows for missing and unseen ones at the end.</summary>
internal static class Encodings
{
    public static Outcome<GraphFrame> OneHot(OneHotMap map, GraphFrame rows, Scope scope) => Replace(rows, map.Columns,
        known => known.Column, (known, words) =>
        {
            var (width, first) = (known.Levels.Count + (known.Rare ? 1 : 0), map.DropFirst ? 1 : 0);
            if (width <= first) return default;
            var table = new double[(width + 1) * (width - first)];
            for (var level = first; level < width; level++) table[level * (width - first) + level - first] = 1;
            var unseen = known.Rare ? known.Levels.Count : map.Unseen == Unseen.Ignore ? width : Lookup.Outside;
            var names = Enumerable.Range(first, width - first)
                .Select(level => OneHotMap.NameOf(known, level));
            return GraphFrame.ColumnsOf(
                Look(known.Column, table, width - first, words.PlaceIn(known.Levels, width, unseen)), EquatableArray.From(names));
        });

    public static Outcome<GraphFrame> Ordinal(OrdinalMap map, GraphFrame rows, Scope scope) => Replace(rows, map.Columns,
        known => known.Column, (known, words) =>
        {
            var count = known.Levels.Count;
            double[] table = [.. Enumerable.Range(0, count).Select(code => (double)code), -1];
            var places = words.PlaceIn(known.Levels, count, map.Unseen == Unseen.Ignore ? count : Lookup.Outside);
            return GraphFrame.ColumnsOf(Look(known.Column, table, 1, places), [known.Column]);
        });

    public static Outcome<GraphFrame> Target(TargetEncodeMap map, GraphFrame rows, Scope scope) => Replace(rows, map.Columns,
        encoding => encoding.Column, (encoding, words) =>
        {
            var (count, outputs) = (encoding.Levels.Count, encoding.Outputs);
            if (outputs.Count == 0) return default;
            var table = new double[(count + 2) * outputs.Count];
            for (var at = 0; at < table.Length; at++) table[at] = outputs[at % outputs.Count].Means[at / outputs.Count];
            return GraphFrame.ColumnsOf(
                Look(encoding.Column, table, outputs.Count, words.PlaceIn(encoding.Levels, count, count + 1)),
                EquatableArray.From(outputs.Select(output => output.Name)));
        });

    private static Outcome<GraphFrame> Replace<T>(GraphFrame rows, EquatableArray<T> columns, Func<T, string> name,
        Func<T, Edge, EquatableArray<GraphColumn>> make) =>
        Outcome.All(columns.Select(column => rows.Words(name(column)))).Map(words => rows.Replace(
            columns.Zip(words).ToDictionary(pair => name(pair.First), pair => make(pair.First, pair.Second))));

    private static Edge Look(string column, double[] table, int width, Edge places) =>
        new Operation("Gather", [Arrays.Matrix(table, width), places], NodeAttribute.Of("axis", 0))
        {
            Label = $"column '{column}' holds a level that no training row had",
        }[0];
}
