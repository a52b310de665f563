using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Preprocessing.Tests;

/// <summary>A dataset of random size with columns of all kinds, some values missing, and what to fit it by.</summary>
public sealed record Table(Dataset Data, Seed Seed)
{
    public override string ToString() =>
        $"{Data.RowCount} rows: {string.Join("; ", Data.Frame.Columns.Select(c => $"{c.Name} = {Cells(c.Column)}"))}";

    private static EquatableArray<double> Cells(Column column) => column is Column.Numeric numeric
        ? EquatableArray.Own(numeric.ToArray())
        : EquatableArray.From(((Column.Categorical)column).ToArray().Select(code => (double)code));
}

/// <summary>Generators for the tests of this folder.</summary>
public static class Tables
{
    public static Arbitrary<Table> Any() => Gen.Choose(0, int.MaxValue).Select(number => Make(number, missing: true)).ToArbitrary();

    /// <summary>The table of a number: the same for the same number.</summary>
    public static Table Make(int number, bool missing)
    {
        var seed = Seed.Of(number);
        var stream = seed.Fork("table").Stream();
        var rows = 4 + stream.Next(30);
        var columns = new List<NamedColumn>();
        for (var c = 0; c < 3; c++) columns.Add(new($"n{c}", Numbers(ref stream, rows, missing && c > 0, c == 2 ? 1e100 : 3)));
        for (var c = 0; c < 3; c++) columns.Add(new($"c{c}", Categories(ref stream, rows, missing && c > 0, 2 + 3 * c)));
        Target target = number % 3 == 0
            ? new Target.Numeric(EquatableArray.Own(((Column.Numeric)Numbers(ref stream, rows, false, 3)).ToArray()))
            : new Target.Classes(number % 3 == 1 ? ["no", "yes"] : ["a", "b", "c"],
                EquatableArray.Own(Codes(ref stream, rows, number % 3 == 1 ? 2 : 3)));
        return new(new Dataset(new Frame(rows, EquatableArray.From(columns)), target), seed.Fork("fit"));
    }

    public static Outcome<Fitted> Fit(this ITransform transform, Table table) => transform.Fit(table.Data, table.Seed);

    public static Table With(this Table table, Dataset data) => table with { Data = data };

    /// <summary>Small whole weights, some 0 but not all.</summary>
    public static int[] Weights(this Table table)
    {
        var stream = table.Seed.Fork("weights").Stream();
        var weights = new int[table.Data.RowCount];
        for (var i = 0; i < weights.Length; i++) weights[i] = stream.Next(4);
        weights[stream.Next(weights.Length)] = 2;
        return weights;
    }

    /// <summary>All rows in a random order.</summary>
    public static EquatableArray<int> Shuffled(this Table table)
    {
        var rows = Enumerable.Range(0, table.Data.RowCount).ToArray();
        var stream = table.Seed.Fork("order").Stream();
        stream.Shuffle(rows.AsSpan());
        return EquatableArray.Own(rows);
    }

    /// <summary>Equal up to rounding: numbers agree to a share of the larger magnitude in their column.</summary>
    public static void AssertNear(Frame expected, Frame actual, double tolerance = 1e-9)
    {
        Xunit.Assert.Equal(expected.Names, actual.Names);
        foreach (var name in expected.Names)
        {
            if (expected[name] is not Column.Numeric numbers)
            {
                Xunit.Assert.Equal(Words(expected[name]), Words(actual[name]));
                continue;
            }

            var (left, right) = (numbers.ToArray(), ((Column.Numeric)actual[name]).ToArray());
            Xunit.Assert.Equal(left.Length, right.Length);
            var magnitude = left.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
            for (var i = 0; i < left.Length; i++)
            {
                Xunit.Assert.True(
                    left[i].Equals(right[i]) || Math.Abs(left[i] - right[i]) <= tolerance * Math.Max(1, magnitude),
                    $"column {name}, row {i}: {left[i]:R} and {right[i]:R}");
            }
        }
    }

    public static string?[] Words(Column column) =>
        [.. Enumerable.Range(0, column.Count).Select(row => ((Column.Categorical)column).LevelOf(row))];

    public static double[] Of(Frame frame, string name) => ((Column.Numeric)frame[name]).ToArray();

    public static Dataset Data(params (string, Column)[] columns)
    {
        var frame = Frame.Of(columns);
        return new(frame, new Target.Numeric(EquatableArray.Own(new double[frame.RowCount])));
    }

    public static Failure FailureOf<T>(Outcome<T> outcome) => Xunit.Assert.IsType<Outcome<T>.Fail>(outcome).Failure;

    private static Column Numbers(ref RandomStream stream, int rows, bool missing, double magnitude)
    {
        var numbers = new double[rows];
        var constant = stream.Next(8) == 0;
        for (var i = 0; i < rows; i++)
        {
            var number = constant ? 0.1 : Math.Round(stream.NextNormal(), stream.Next(3)) * magnitude;
            numbers[i] = missing && stream.Next(4) == 0 ? double.NaN : number;
        }

        return new Column.Numeric(EquatableArray.Own(numbers));
    }

    private static Column Categories(ref RandomStream stream, int rows, bool missing, int levels)
    {
        var codes = Codes(ref stream, rows, levels);
        for (var i = 0; i < rows; i++)
        {
            if (missing && stream.Next(4) == 0) codes[i] = -1;
        }

        return new Column.Categorical(EquatableArray.From(Enumerable.Range(0, levels).Select(level => $"l{levels - level}")),
            EquatableArray.Own(codes));
    }

    private static int[] Codes(ref RandomStream stream, int rows, int levels)
    {
        var codes = new int[rows];
        for (var i = 0; i < rows; i++) codes[i] = stream.Next(levels);
        return codes;
    }
}
