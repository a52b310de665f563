namespace FunctionalStack.Auditing;

/// <summary>Rows with equal features, beyond what the frequencies of the values lead one to expect.</summary>
internal static class Duplicates
{
    // Of the rows.
    private const double Least = 0.01;
    private const double Many = 0.1;

    // Coarse columns repeat by chance; dependent ones more often than independent ones.
    private const double MoreThanExpected = 10;

    public static AuditCheck Of(Dataset data)
    {
        if (data.Frame.Columns.Count == 0) return AuditCheck.None(FindingKind.DuplicateRows, "there are no columns but those of row ids");
        var numbers = EqualRows.Numbered(data.Frame.Columns.Select(column => column.Column), data.RowCount, Bits);
        var expected = Expected(data.Frame);
        var sets = Enumerable.Range(0, data.RowCount).GroupBy(row => numbers[row]).Where(set => set.Count() > 1)
            .Select(set => set.ToArray()).ToArray();
        // Rows that are known to belong together are never on both sides of a fold.
        if (data.Roles.Groups is { } groups) sets = [.. sets.Where(set => set.Select(row => groups[row]).Distinct().Count() > 1)];
        var rows = sets.Sum(set => set.Length);
        var pairs = sets.Sum(set => set.Length * (set.Length - 1.0) / 2);
        var share = (double)rows / data.RowCount;
        var measured = $"{rows} of {data.RowCount} rows equal another in every feature";
        if (share < Least || pairs <= MoreThanExpected * (expected + 1)) return new(FindingKind.DuplicateRows, measured, default);
        return new(FindingKind.DuplicateRows, measured,
        [
            new Finding(FindingKind.DuplicateRows, share >= Many ? Severity.High : Severity.Mid, default,
                $"{measured} ({AuditRun.Percent(share)}), {Agreeing(data.Target, sets)} of them with an equal target: a held-out row may "
                    + "have its equal in training, which makes scores optimistic.",
                "Remove the repeats, or put equal rows into one group.")
            {
                Rows = EquatableArray.From(sets.SelectMany(set => set).Order()),
            },
        ]);
    }

    private static int Agreeing(Target target, int[][] sets) => sets.Where(set => set.Select(row => target switch
    {
        Target.Classes classes => classes.Codes[row],
        Target.Numeric numbers => numbers.Values[row],
        _ => 0,
    }).Distinct().Count() == 1).Sum(set => set.Length);

    // The number of equal pairs if columns were independent.
    private static double Expected(Frame frame) => frame.Columns.Aggregate(frame.RowCount * (frame.RowCount - 1.0) / 2, (pairs, column) =>
        pairs * EqualRows.Numbered([column.Column], frame.RowCount, Bits).CountBy(number => number)
            .Sum(one => Math.Pow((double)one.Value / frame.RowCount, 2)));

    // All missing values are equal, and so are the two zeros.
    private static long Bits(double value) => double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value + 0.0);
}
