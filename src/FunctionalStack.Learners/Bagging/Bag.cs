namespace FunctionalStack.Learners;

/// <summary>The rows drawn for one member, ascending and with repeats, and the rows of positive weight that were not drawn and whose group
/// has no drawn row.</summary>
internal sealed record Bag(EquatableArray<int> InBag, EquatableArray<int> OutOfBag)
{
    public static Bag Draw(EquatableArray<int> rows, EquatableArray<int>? groups, int count, bool replacement, Seed seed)
    {
        var stream = seed.Stream();
        var times = new int[rows.Count];
        if (replacement)
        {
            for (var i = 0; i < count; i++) times[stream.Next(rows.Count)]++;
        }
        else
        {
            var order = Enumerable.Range(0, rows.Count).ToArray();
            if (count < order.Length) stream.Shuffle(order.AsSpan());
            foreach (var at in order.AsSpan(0, count)) times[at] = 1;
        }

        var seen = groups is { } known ? rows.Where((_, at) => times[at] > 0).Select(row => known[row]).ToHashSet() : [];
        return new(
            EquatableArray.From(rows.SelectMany((row, at) => Enumerable.Repeat(row, times[at]))),
            EquatableArray.From(rows.Where((row, at) => times[at] == 0 && !(groups is { } all && seen.Contains(all[row])))));
    }
}

/// <summary>A fitted member and its predictions of its out-of-bag rows; null if there are none.</summary>
internal sealed record BagMember(IModel Model, EquatableArray<int> OutOfBag, Prediction? Prediction);
