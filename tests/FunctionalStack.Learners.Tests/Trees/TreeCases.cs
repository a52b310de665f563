using FsCheck;
using FsCheck.Fluent;

using FunctionalStack.Laws;
namespace FunctionalStack.Learners.Tests.Trees;

/// <summary>A dataset over 2 to 4 classes, of 1 to 30 rows and 1 to 4 columns; columns have ties, and may be constant.</summary>
public sealed record ClassesCase(Dataset Data)
{
    public override string ToString() => TreeCases.Show(Data);
}

/// <summary>As <see cref="ClassesCase"/>, with whole numbers to predict.</summary>
public sealed record ValuesCase(Dataset Data)
{
    public override string ToString() => TreeCases.Show(Data);
}

/// <summary>Data for the tests of trees: generated, made by a formula, and read from the shared folder.</summary>
public static class TreeCases
{
    public static Arbitrary<ClassesCase> Classes() => Arb.From(
        from columns in Columns()
        from levels in Gen.Choose(2, 4)
        from codes in Gen.ArrayOf(Gen.Choose(0, levels - 1), columns[0].Length)
        select new ClassesCase(new(FrameOf(columns),
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, levels).Select(level => $"level {level}")),
            EquatableArray.Own(codes)))));

    public static Arbitrary<ValuesCase> Numbers() => Arb.From(
        from columns in Columns()
        from numbers in Gen.ArrayOf(Gen.Choose(-20, 20), columns[0].Length)
        select new ValuesCase(new(FrameOf(columns), new Target.Numeric(EquatableArray.From(numbers.Select(number => (double)number))))));

    /// <summary>90 rows of 4 columns from an integer formula; the tests contain the results of scikit-learn.</summary>
    public static (Frame Frame, double[] Score, int[] Classes) Formula()
    {
        long[] rows = [.. Enumerable.Range(0, 90).Select(i => (long)i)];
        (long P, long Q)[] factors = [(37, 11), (101, 5), (53, 29), (211, 3)];
        double[][] columns = [.. factors.Select(f => rows.Select(i => (double)(((i + 1) * (i + 7) * f.P + i * f.Q) % 1009)).ToArray())];
        double[] score = [.. rows.Select(i => 3 * columns[0][i] + 2 * columns[1][i] - columns[2][i] + (i * i * 31 + i * 17) % 500)];
        return (FrameOf(columns), score, [.. score.Select(s => s < 1500 ? 0 : s < 2800 ? 1 : 2)]);
    }

    public static Frame FrameOf(params double[][] columns) =>
        new(columns[0].Length,
            EquatableArray.From(columns.Select((column, c) =>
            new NamedColumn($"x{c}", new Column.Numeric(EquatableArray.Copy<double>(column))))));

    public static Target.Classes ClassesOf(IEnumerable<int> codes, int levels) =>
        new(EquatableArray.From(Enumerable.Range(0, levels).Select(level => $"level {level}")), EquatableArray.From(codes));

    public static double[] Column(this Frame frame, int column) => ((Column.Numeric)frame.Columns[column].Column).ToArray();

    public static EquatableArray<double> Numbers(this Prediction prediction) => prediction switch
    {
        Prediction.Probabilities p => p.Matrix,
        Prediction.Numeric e => e.Values,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A file of numbers with a header and the target last, from the folder of shared data.</summary>
    public static (Frame Frame, string[] Target) Shared(string path)
    {
        var rows = File.ReadLines(Repository.Shared(path)).Skip(1).Select(line => line.Split(',')).ToArray();
        return (
            FrameOf([.. Enumerable.Range(0, rows[0].Length - 1)
                .Select(c => rows.Select(row => double.Parse(row[c], System.Globalization.CultureInfo.InvariantCulture)).ToArray())]),
            [.. rows.Select(row => row[^1])]);
    }

    internal static string Show(Dataset data) =>
        string.Join("\n",
            Enumerable.Range(0, data.RowCount)
            .Select(row =>
                string.Join(" ", data.Frame.Columns.Select(c => ((Column.Numeric)c.Column)[row])) + " -> "
                    + (data.Target is Target.Classes classes ? classes.Codes[row] : ((Target.Numeric)data.Target).Values[row])));

    private static Gen<double[][]> Columns() =>
        from rows in Gen.Choose(1, 30)
        from columns in Gen.Choose(1, 4)
        from distinct in Gen.ArrayOf(Gen.Elements(1, 2, 5, 1000), columns)
        from drawn in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 999), rows), columns)
        select drawn.Select((column, c) => column.Select(number => (number % distinct[c]) / 4.0).ToArray()).ToArray();
}
