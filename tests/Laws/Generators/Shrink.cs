namespace FunctionalStack.Laws;

/// <summary>Smaller data of the same kind, for counterexamples that can be read.</summary>
public static class Shrink
{
    public static IEnumerable<Dataset> Data(Dataset data, int leastRows = 4)
    {
        foreach (var rows in Fewer(data.RowCount).Where(rows => rows.Count >= leastRows)) yield return data.Take(rows);
        if (data.Frame.Columns.Count > 1)
        {
            foreach (var name in data.Frame.Names) yield return data.WithFrame(data.Frame.Without(name));
        }

        if (data.Weights is not null) yield return data.WithFrequencies(null);
        if (data.Roles.Groups is not null) yield return data.WithGroups(null);
        if (data.Roles.Folds is not null) yield return data.WithFolds(null);
    }

    public static IEnumerable<Frame> Frames(Frame frame)
    {
        foreach (var rows in Fewer(frame.RowCount)) yield return frame.Take(rows);
        foreach (var name in frame.Names) yield return frame.Without(name);
    }

    /// <summary>The first half, the second half, and all but one row.</summary>
    private static IEnumerable<EquatableArray<int>> Fewer(int count)
    {
        if (count >= 2)
        {
            yield return EquatableArray.Range(count / 2);
            yield return EquatableArray.From(Enumerable.Range(count / 2, count - count / 2));
        }

        for (var left = 0; left < count; left++) yield return EquatableArray.From(Enumerable.Range(0, count).Where(row => row != left));
    }
}
