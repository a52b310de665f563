namespace FunctionalStack.Learners;

/// <summary>Converts grown nodes to the arrays of a tree, in the units of the target.</summary>
internal static class FlatTree
{
    public static BoostedTree Of(GrowthNode root, GrowthData data, PackedGradients units, Objective objective)
    {
        var (feature, code, right, sets) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        var missing = new List<byte>();
        var (value, gain, cover) = (new List<double>(), new List<double>(), new List<double>());
        var waiting = new Stack<(GrowthNode Node, int Parent)>();
        waiting.Push((root, -1));
        while (waiting.TryPop(out var next))
        {
            var (node, at) = (next.Node, feature.Count);
            if (next.Parent >= 0) right[next.Parent] = at;
            var split = node.Split;
            feature.Add(node.Left is null ? -1 : split.Column);
            code.Add(node.Left is null ? 0 : split.Levels is null ? split.Code : sets.Count / BoostedTree.WordsASet);
            missing.Add(node.Left is not null && split.MissingLeft ? (byte)1 : (byte)0);
            right.Add(0);
            value.Add(node.Left is null ? Math.ScaleB(node.Value, objective.Exponent) : 0);
            gain.Add(node.Left is null
                ? 0 : Math.Min(Math.ScaleB(split.Gain, objective.GradientsScale ? 2 * objective.Exponent : 0), double.MaxValue));
            cover.Add(units.SecondOf(node.Sum));
            if (node.Left is null) continue;
            foreach (var word in split.Levels ?? []) sets.AddRange([(int)word, (int)(word >> 32)]);
            waiting.Push((node.Right!, at));
            waiting.Push((node.Left, -1));
        }

        return new(Own(feature), Own(code), Own(missing), Own(right), Own(value), Own(gain), Own(cover), Own(sets));
    }

    private static EquatableArray<T> Own<T>(List<T> list) => EquatableArray.Own(list.ToArray());
}
