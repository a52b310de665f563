namespace FunctionalStack.Onnx;

/// <summary>A prediction in the graph.</summary>
/// <param name="Levels">The classes; empty for numeric predictions.</param>
/// <param name="Numbers">Probabilities, [N, classes], or numbers, [N, 1].</param>
/// <param name="Threshold">The threshold on the probability of <paramref name="Positive"/>, as of
/// <see cref="Prediction.Probabilities.Threshold"/>.</param>
/// <param name="Positive">The code of the positive class.</param>
internal sealed record GraphPrediction(EquatableArray<string> Levels, Edge Numbers, double? Threshold = null, int Positive = 1)
{
    /// <summary>The number of columns of numeric predictions.</summary>
    public int Width { get; init; } = 1;

    /// <summary>As <see cref="Prediction.Probabilities.For"/>.</summary>
    public GraphPrediction For(EquatableArray<string> levels)
    {
        if (levels == Levels || Levels.Count == 0) return this;
        var known = Levels.ToArray();
        var from = levels.Select(level => Array.IndexOf(known, level)).ToArray();
        var numbers = from.Contains(-1)
            ? Numbers.Padded(1).Columns(from.Select(place => place < 0 ? known.Length : place)) : Numbers.Columns(from);
        var positive = Threshold is null ? -1 : Array.IndexOf(from, Positive);
        return positive < 0 ? new(levels, numbers) : new(levels, numbers, Threshold, positive);
    }

    /// <summary>The codes of the predicted classes, [N], as of <see cref="Prediction.Probabilities.Codes"/>.</summary>
    public Edge Codes()
    {
        if (Threshold is not { } threshold || Levels.Count == 1) return Numbers.ArgMax();
        var above = Numbers.Columns([Positive]).IsAbove(threshold).Reshape(-1);
        var others = Enumerable.Range(0, Levels.Count).Where(code => code != Positive).ToArray();
        var best = others.Length == 1 ? (Edge)(long)others[0]
            : Arrays.Indices([.. others.Select(code => (long)code)]).Gather(Numbers.Columns(others).ArgMax());
        return above.Choose((long)Positive, best);
    }

    /// <summary>The mean of several, as <see cref="Prediction.Mean"/>.</summary>
    public static GraphPrediction Mean(EquatableArray<GraphPrediction> all)
    {
        if (all.Count == 1) return all[0];
        var alike = all.Select(one => one.For(all[0].Levels)).ToArray();
        var mean = Arithmetic.Sum([.. alike.Select(one => one.Numbers)]) / (double)all.Count;
        return alike.All(one => one.Threshold == all[0].Threshold && one.Positive == all[0].Positive)
            ? all[0] with { Numbers = mean } : new(all[0].Levels, mean);
    }
}
