using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>Replaces missing values, and adds indicators.</summary>
internal static class Imputing
{
    public static Outcome<GraphFrame> Write(ImputeMap map, GraphFrame rows, Scope scope) =>
        from numbers in map.Numbers.Count == 0 ? Outcome.Ok<Edge>(rows.Zeros)
            : rows.Numbers(EquatableArray.From(map.Numbers.Select(one => one.Column)))
        from words in Outcome.All(map.Categories.Select(one => rows.Words(one.Column)))
        select Filled(map, rows, numbers, words);

    private static GraphFrame Filled(ImputeMap map, GraphFrame rows, Edge numbers, EquatableArray<Edge> words)
    {
        var made = new Dictionary<string, EquatableArray<GraphColumn>>();
        var indicators = new List<GraphColumn>();
        if (map.Numbers.Count > 0)
        {
            var missing = numbers.IsNaN();
            var values = Arrays.Row([.. map.Numbers.Select(one => one.Value)]);
            var names = EquatableArray.From(map.Numbers.Select(one => one.Column));
            foreach (var column in GraphFrame.ColumnsOf(missing.Choose(values, numbers), names)) made[column.Name] = [column];
            var noted = Enumerable.Range(0, names.Count).Where(at => map.Numbers[at].Indicator).ToArray();
            if (noted.Length > 0)
            {
                indicators.AddRange(GraphFrame.ColumnsOf(
                    missing.AsNumber().Columns(noted), EquatableArray.From(noted.Select(at => ImputeMap.IndicatorOf(names[at])))));
            }
        }

        foreach (var ((name, level, indicator), own) in map.Categories.Zip(words))
        {
            var missing = own.IsEmpty();
            if (level.Count > 0) made[name] = [new GraphColumn.Words(name, missing.Choose(Tensor.Of(level, 1, 1), own))];
            if (indicator) indicators.AddRange(GraphFrame.ColumnsOf(missing.AsNumber(), [ImputeMap.IndicatorOf(name)]));
        }

        return rows.Replace(made, indicators);
    }
}
