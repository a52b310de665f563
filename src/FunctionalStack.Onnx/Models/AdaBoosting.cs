using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>AdaBoost: votes or log-probabilities of members, or their weighted median.</summary>
internal static class AdaBoosting
{
    public static Outcome<GraphPrediction> Write(AdaBoostModel model, GraphFrame rows, Scope scope) =>
        scope.Models(model.Members, rows, "member").Map(members =>
            model.Levels.Count == 0 ? Median(model, members) : Classes(model, members));

    private static GraphPrediction Classes(AdaBoostModel model, EquatableArray<GraphPrediction> members)
    {
        var count = model.Present.Count;
        var scores = Arithmetic.Sum([.. members.Select((member, at) =>
            Score(model, member.For(model.Levels), model.Weights[at]))]) / (model.Weights.Sum() * Math.Max(count - 1, 1));
        return new(model.Levels, scores.Softmax().Spread(model.Present, model.Levels.Count));
    }

    private static Edge Score(AdaBoostModel model, GraphPrediction member, double weight)
    {
        var (levels, present) = (model.Levels.Count, model.Present);
        if (model.Rule == AdaBoostRule.Samme)
        {
            // A class without a place counts for the first.
            var table = new double[levels * present.Count];
            for (var code = 0; code < levels; code++)
                table[code * present.Count + Math.Max(0, present.AsSpan().IndexOf(code))] = weight;
            return Arrays.Matrix(table, present.Count).Gather(member.Codes());
        }

        var own = present.Count == levels ? member.Numbers : member.Numbers.Columns(present);
        var logs = own.AtLeast(ClassMetrics.LeastProbability).Log();
        return (logs - logs.SumOver(1) / (double)present.Count) * (present.Count - 1.0);
    }

    // Sorted, the first whose cumulative weight reaches half of all, or the last.
    private static GraphPrediction Median(AdaBoostModel model, EquatableArray<GraphPrediction> members)
    {
        var all = Arrays.Concat(1, [.. members.Select(member => member.Numbers)]);
        if (members.Count == 1) return new(default, all);
        var (values, order) = all.Smallest(members.Count);
        var last = new double[members.Count];
        last[^1] = double.PositiveInfinity;
        var reached = Arrays.Vector(model.Weights.AsSpan()).Gather(order).CumulativeSum() + Arrays.Row(last);
        var at = reached.IsAtLeast(0.5 * model.Weights.Sum()).AsNumber().ArgMax(keep: true);
        return new(default, values.OfEachRow(at));
    }
}
