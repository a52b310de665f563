namespace FunctionalStack.Learners;

/// <summary>Resolves the monotone constraints of <see cref="GradientBoosting"/> against the columns of the data.</summary>
internal static class MonotoneConstraints
{
    /// <summary>A failure for each name that is not a numeric column.</summary>
    public static EquatableArray<Failure> Faults(GradientBoosting spec, Frame columns) =>
    [
        .. from list in Lists(spec)
           from name in list.Names
           let what = columns.Find(name) switch
           {
               null => "which is not a column",
               Column.Numeric => null,
               _ => "which holds categories",
           }
           where what is not null
           select new Failure(spec.Name, $"{list.Parameter} names '{name}', {what}", "Name numeric columns of the data."),
    ];

    /// <summary>1, -1 or 0 per column. Fails like <see cref="Faults"/>.</summary>
    public static Outcome<int[]> Of(GradientBoosting spec, Dataset data)
    {
        if (Faults(spec, data.Frame) is [var first, ..]) return new Outcome<int[]>.Fail(first);
        return Outcome.Ok<int[]>([.. data.Frame.Names.Select(name => Lists(spec).FirstOrDefault(list => list.Names.Contains(name)).Sign)]);
    }

    private static (string Parameter, EquatableArray<string> Names, int Sign)[] Lists(GradientBoosting spec) =>
        [("increasing", spec.Increasing, 1), ("decreasing", spec.Decreasing, -1)];
}
