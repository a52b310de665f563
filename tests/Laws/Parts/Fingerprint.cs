namespace FunctionalStack.Laws;

/// <summary>
/// Numbers that change whenever their inputs change: what the test learners and transforms are built on, so
/// that a single row, weight or seed reaching a fit that it should not reach changes every prediction of that fit.
/// </summary>
public static class Fingerprint
{
    /// <summary>One number a row, of the column names and the values in them.</summary>
    public static ulong[] Rows(Frame frame)
    {
        var prints = new ulong[frame.RowCount];
        foreach (var (name, column) in frame.Columns)
        {
            var start = Of(name);
            for (var row = 0; row < prints.Length; row++)
            {
                prints[row] = Mix(prints[row], Mix(start, column switch
                {
                    Column.Numeric numeric => (ulong)BitConverter.DoubleToInt64Bits(numeric[row]),
                    Column.Categorical categorical => Of(categorical.LevelOf(row) ?? ""),
                    _ => throw new InvalidOperationException(),
                }));
            }
        }

        return prints;
    }

    /// <summary>One number for all rows of some weight: their features, targets and weights (1 where there are none), in row
    /// order.</summary>
    public static ulong Of(Dataset data)
    {
        var rows = Rows(data.Frame);
        var all = Of("data");
        for (var row = 0; row < rows.Length; row++)
        {
            var weight = data.Weights is { } weights ? weights[row] : 1;
            if (weight == 0) continue;
            var target = data.Target switch
            {
                Target.Classes classes => Of(classes.Levels[classes.Codes[row]]),
                Target.Numeric values => (ulong)BitConverter.DoubleToInt64Bits(values.Values[row]),
                _ => throw new InvalidOperationException(),
            };
            all = Mix(all, Mix(rows[row], Mix(target, (ulong)BitConverter.DoubleToInt64Bits(weight))));
        }

        return all;
    }

    public static ulong Of(string text) => new Seed(0).Fork(text).State;

    public static ulong Mix(ulong first, ulong second) => new Seed(new Seed(first).Fork(1).State ^ second).Fork(2).State;

    /// <summary>Uniform in [0, 1), a function of the print alone.</summary>
    public static double Uniform(ulong print) => new Seed(print).Stream().NextDouble();
}
