using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Classes in order: differences of the probabilities of higher classes, made descending.</summary>
internal static class OrderedClasses
{
    public static Outcome<GraphPrediction> Write(OrdinalModel model, GraphFrame rows, Scope scope) =>
        scope.Models(model.Members, rows, "above").Map(predictions =>
        {
            var count = predictions.Count;
            var above = predictions.Select((one, at) => one
                .For([OrdinalModel.UpTo(model.Levels[model.Present[at]]), OrdinalModel.Above(model.Levels[model.Present[at]])])
                .Numbers.Columns([1]).Clip(0, 1)).ToArray();
            var pooled = Pooled(above);
            var (ones, zeros) = (rows.Zeros + 1.0, rows.Zeros);
            var shares = Enumerable.Range(0, count + 1).Select(at =>
                (at == 0 ? ones : pooled[at - 1]) - (at == count ? zeros : pooled[at])).ToArray();
            return new GraphPrediction(model.Levels, Arrays.Concat(1, shares).Spread(model.Present, model.Levels.Count));
        });

    // Descending regression as a minimum of maxima: of the means from a to b, over all b from i on, over all a up to i.
    private static Edge[] Pooled(Edge[] above)
    {
        if (above.Length == 1) return above;
        var means = new Dictionary<(int From, int To), Edge>();
        for (var from = 0; from < above.Length; from++)
        {
            var sum = above[from];
            means[(from, from)] = sum;
            for (var to = from + 1; to < above.Length; to++)
            {
                sum += above[to];
                means[(from, to)] = sum / (to - from + 1.0);
            }
        }

        return [.. Enumerable.Range(0, above.Length).Select(at => Of("Min", Enumerable.Range(0, at + 1).Select(from =>
            Of("Max", Enumerable.Range(at, above.Length - at).Select(to => means[(from, to)])))))];
    }

    private static Edge Of(string type, IEnumerable<Edge> all) =>
        all.ToArray() is { Length: > 1 } several ? new Operation(type, several)[0] : all.First();
}
