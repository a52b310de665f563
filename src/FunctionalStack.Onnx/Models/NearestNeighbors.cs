using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>
/// Nearest neighbours: all distances, the one where k neighbours by weight are reached, and the votes of all rows up to it. Rows that tie
/// there share what is left, as in the library.
/// </summary>
internal static class NearestNeighbors
{
    public static Outcome<GraphPrediction> Write(KNearestNeighborsModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            var distances = Distances.Of(model, x);
            var votes = Votes(model, distances);
            var total = votes.SumOver(1);
            return model.Target switch
            {
                Target.Classes classes => new GraphPrediction(classes.Levels, votes.MatMul(Shares(classes)) / total),
                Target.Numeric numeric =>
                    new GraphPrediction(default, votes.MatMul(Arrays.Matrix(numeric.Values.AsSpan(), 1)) / total),
                _ => throw new InvalidOperationException(),
            };
        });

    private static Edge Votes(KNearestNeighborsModel model, Edge distances)
    {
        var weights = Arrays.Row(model.Weights.AsSpan());
        var reached = Reached(model, distances);
        var below = distances.IsBelow(reached / NeighborVotes.Tie);
        var tied = distances.IsAtMost(reached * NeighborVotes.Tie).And(below.Not());
        var (inside, mass) = ((below.AsNumber() * weights).SumOver(1), (tied.AsNumber() * weights).SumOver(1));
        var fits = (inside + mass).IsAtMost(model.K * (1 + NeighborVotes.Rounding));
        var share = fits.Choose(1.0, ((double)model.K - inside) / mass);
        var votes = (below.AsNumber() + tied.AsNumber() * share) * weights;
        if (model.NeighborWeights == NeighborWeights.Uniform) return votes;

        // Divided by the nearest distance first. Rows at distance 0 vote alone.
        var least = distances.MinOver(1);
        return votes * least.Is(0.0).Choose(distances.Is(0.0).AsNumber(), least / distances);
    }

    // The distance of the neighbour with which the weights reach k.
    private static Edge Reached(KNearestNeighborsModel model, Edge distances)
    {
        var (sum, most, wanted) = (0.0, 0, model.K * (1 - NeighborVotes.Rounding));
        foreach (var weight in model.Weights.Order())
        {
            if (sum >= wanted) break;
            (sum, most) = (sum + weight, most + 1);
        }

        var (nearest, order) = distances.Smallest(most);
        if (model.Weights.All(weight => weight == 1)) return nearest.Columns([most - 1]);
        var last = new double[most];
        last[^1] = double.PositiveInfinity;
        var reached = Arrays.Vector(model.Weights.AsSpan()).Gather(order).CumulativeSum() + Arrays.Row(last);
        return nearest.OfEachRow(reached.IsAtLeast(wanted).AsNumber().ArgMax(keep: true));
    }

    private static Edge Shares(Target.Classes classes)
    {
        var table = new double[classes.Count * classes.Levels.Count];
        for (var row = 0; row < classes.Count; row++) table[row * classes.Levels.Count + classes.Codes[row]] = 1;
        return Arrays.Matrix(table, classes.Levels.Count);
    }
}
