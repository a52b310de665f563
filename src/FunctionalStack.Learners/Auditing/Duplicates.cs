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
        var (numbers, expected) = Numbered(data.Frame);
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

    // One number for each distinct row, and the number of equal pairs if columns were independent.
    private static (int[] Numbers, double Expected) Numbered(Frame frame)
    {
        var numbers = new int[frame.RowCount];
        var equal = frame.RowCount * (frame.RowCount - 1.0) / 2;
        foreach (var (_, column) in frame.Columns)
        {
            var own = Codes(column);
            equal *= own.CountBy(code => code).Sum(one => Math.Pow((double)one.Value / own.Length, 2));
            var known = new Dictionary<(int, long), int>();
            for (var row = 0; row < own.Length; row++)
            {
                var key = (numbers[row], own[row]);
                if (!known.TryGetValue(key, out var number)) known[key] = number = known.Count;
                numbers[row] = number;
            }
        }

        return (numbers, equal);
    }

    private static long[] Codes(Column column) => column switch
    {
        Column.Numeric numbers => Array.ConvertAll(numbers.ToArray(), value =>
            double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value + 0.0)),
        Column.Categorical categories => Array.ConvertAll(categories.ToArray(), code => (long)code),
        _ => throw new InvalidOperationException(),
    };
}
