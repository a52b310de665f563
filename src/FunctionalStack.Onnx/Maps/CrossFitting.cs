namespace FunctionalStack.Onnx;

/// <summary>The columns of a base: the mean of its fold models, or the refitted model.</summary>
internal static class CrossFitting
{
    public static Outcome<GraphFrame> Write(CrossFitMap map, GraphFrame rows, Scope scope) => scope.At(map.Name)
        .Models(map.Models, rows, "fold").Map(predictions =>
        {
            var named = scope.At(map.Name);
            var mean = GraphPrediction.Mean(predictions);
            return rows with { Columns = Columns(map, mean with { Numbers = mean.Numbers.Within(named.Path) }) };
        });

    // As StackColumns.Columns, which gives the names.
    private static EquatableArray<GraphColumn> Columns(CrossFitMap map, GraphPrediction mean)
    {
        var (method, first) = (map.StackColumns.StackMethod, map.StackColumns.DropFirstClass ? 1 : 0);
        if (mean.Levels.Count == 0) return GraphFrame.ColumnsOf(mean.Numbers, [map.Name]);
        var names = map.StackColumns.Columns(map.Name, new Prediction.Probabilities(mean.Levels, default)).Names;
        if (method == StackMethod.Labels)
        {
            var labels = ((Edge)Tensor.Of(mean.Levels, mean.Levels.Count)).Gather(mean.Codes()).Reshape(-1, 1);
            return [new GraphColumn.Words(names[0], labels)];
        }

        if (names.Count == 0) return default;
        var kept = first == 0 ? mean.Numbers : mean.Numbers.Columns(Enumerable.Range(first, names.Count));
        return GraphFrame.ColumnsOf(
            method == StackMethod.LogProbabilities ? kept.AtLeast(map.StackColumns.Floor).Log() : kept, names);
    }
}
