namespace FunctionalStack.Laws;

/// <summary>Random small tables: coarse numbers, so that ties and repeated rows are common.</summary>
internal static class Tables
{
    private static readonly string[] levels = ["b", "a", "d", "c"];

    /// <summary>A table that capabilities allow.</summary>
    public static Dataset Of(Capabilities capabilities, Seed seed)
    {
        var stream = seed.Fork("table").Stream();
        var rows = 4 + stream.Next(25);
        var classes = capabilities.Targets.HasFlag(TargetKinds.Classes)
            && (!capabilities.Targets.HasFlag(TargetKinds.Numeric) || stream.Next(3) > 0);
        var columns = new List<(string, Column)>();
        for (int at = 0, count = 1 + stream.Next(3); at < count; at++)
            columns.Add(($"x{at}", Numbers(rows, capabilities.MissingValues && stream.Next(2) == 0, ref stream)));
        for (int at = 0, count = capabilities.Categories ? stream.Next(3) : 0; at < count; at++)
            columns.Add(($"c{at}", Words(rows, capabilities.MissingValues && stream.Next(2) == 0, ref stream)));
        Target target = classes ? Classes(rows, ref stream) : Numeric(rows, ref stream);
        var data = new Dataset(Frame.Of([.. columns]), target);
        if (capabilities.PredictionsOnly) data = Bases.Over(target, StackMethod.Probabilities, seed, 2);
        return !capabilities.Weights || stream.Next(2) == 0 ? data
            : data.WithFrequencies(EquatableArray.Own(Drawn(rows, ref stream,
                (ref RandomStream s) => s.Next(9) == 0 ? 0.0 : (1 + s.Next(6)) / 2.0)));
    }

    /// <summary>A description for counterexamples.</summary>
    public static string Text(Dataset data) =>
        $"{data.RowCount} rows, columns {string.Join(", ", data.Frame.Columns.Select(column => $"{column.Name} {Kind(column.Column)}"))}, "
            + $"{(data.Target is Target.Classes classes ? $"classes {string.Join(", ", classes.Levels)}" : "a numeric target")}"
            + $"{(data.Weights is null ? "" : ", weights")}";

    private static string Kind(Column column) => column is Column.Numeric ? "(numbers)" : "(categories)";

    private delegate T Draw<T>(ref RandomStream stream);

    private static T[] Drawn<T>(int rows, ref RandomStream stream, Draw<T> draw)
    {
        var drawn = new T[rows];
        for (var row = 0; row < rows; row++) drawn[row] = draw(ref stream);
        return drawn;
    }

    private static Column.Numeric Numbers(int rows, bool missing, ref RandomStream stream) => new(EquatableArray.Own(Drawn(rows, ref stream,
        (ref RandomStream s) => s.Next(8) switch
        {
            0 when missing => double.NaN,
            1 => (s.Next(1999) - 999) * 1.1,
            _ => (s.Next(17) - 8) / 2.0,
        })));

    private static Column.Categorical Words(int rows, bool missing, ref RandomStream stream)
    {
        var count = 1 + stream.Next(3);
        return new(EquatableArray.From(levels.Take(count)), EquatableArray.Own(Drawn(rows, ref stream,
            (ref RandomStream s) => missing && s.Next(6) == 0 ? -1 : s.Next(count))));
    }

    private static Target.Numeric Numeric(int rows, ref RandomStream stream) =>
        new(EquatableArray.Own(Drawn(rows, ref stream, (ref RandomStream s) => (s.Next(17) - 8) / 2.0)));

    // Classes of very different frequency.
    private static Target.Classes Classes(int rows, ref RandomStream stream)
    {
        var count = 2 + stream.Next(2);
        return new(EquatableArray.From(levels.Take(count)), EquatableArray.Own(Drawn(rows, ref stream,
            (ref RandomStream s) => s.Next(3) == 0 ? s.Next(count) : 0)));
    }
}
