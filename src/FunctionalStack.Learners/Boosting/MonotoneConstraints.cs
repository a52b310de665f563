namespace FunctionalStack.Learners;

/// <summary>The columns with which the estimates of <see cref="GradientBoosting"/> may only rise or fall, found in the data.</summary>
internal static class MonotoneConstraints
{
    /// <summary>1, -1 or 0 a column. Fails on a name that is no numeric column.</summary>
    public static Outcome<int[]> Of(GradientBoosting spec, Dataset data)
    {
        var signs = new int[data.Frame.Columns.Count];
        var names = data.Frame.Names.ToArray();
        foreach (var (list, what, sign) in new[] { (spec.Increasing, "increasing", 1), (spec.Decreasing, "decreasing", -1) })
        {
            foreach (var name in list)
            {
                var at = Array.IndexOf(names, name);
                if (at < 0)
                {
                    return Outcome.Fail<int[]>(spec.Name, $"{what} names '{name}', which is not a column", "Name columns of the data.");
                }

                if (data.Frame.Columns[at].Column is not Column.Numeric)
                {
                    return Outcome.Fail<int[]>(spec.Name, $"{what} names '{name}', which holds categories", "Name numeric columns.");
                }

                signs[at] = sign;
            }
        }

        return Outcome.Ok(signs);
    }
}
