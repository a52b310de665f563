using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>Small made-up datasets, each the same for the same seed.</summary>
internal static class Sample
{
    /// <summary>Normal columns; each class has its own centre. Every class has a row when there are enough rows.</summary>
    public static Dataset Classes(int seed, int rows, int columns, int classes, double apart = 1)
    {
        var stream = Seed.Of(seed).Stream();
        var centres = Enumerable.Range(0, classes * columns).Select(_ => apart * stream.NextNormal()).ToArray();
        var codes = Enumerable.Range(0, rows).Select(i => i < classes ? i : stream.Next(classes)).ToArray();
        var cells = Enumerable.Range(0, columns).Select(_ => new double[rows]).ToArray();
        for (var i = 0; i < rows; i++)
        {
            for (var c = 0; c < columns; c++) cells[c][i] = centres[codes[i] * columns + c] + stream.NextNormal();
        }

        return new(Columns(cells),
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, classes).Select(k => $"c{k}")), EquatableArray.Own(codes)));
    }

    /// <summary>Normal columns; the values are a linear score and noise.</summary>
    public static Dataset Numbers(int seed, int rows, int columns)
    {
        var stream = Seed.Of(seed).Stream();
        var slopes = Enumerable.Range(0, columns).Select(_ => stream.NextNormal()).ToArray();
        var cells = Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => stream.NextNormal()).ToArray())
            .ToArray();
        var values = Enumerable.Range(0, rows)
            .Select(i => 3 + slopes.Select((slope, c) => slope * cells[c][i]).Sum() + 0.5 * stream.NextNormal());
        return new(Columns(cells), new Target.Numeric(EquatableArray.From(values)));
    }

    /// <summary>Columns of few whole numbers: many equal distances.</summary>
    public static Dataset Grid(int seed, int rows, int columns, int classes)
    {
        var stream = Seed.Of(seed).Stream();
        var cells = Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => (double)stream.Next(4)).ToArray())
            .ToArray();
        return new(Columns(cells),
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, classes).Select(k => $"c{k}")),
            EquatableArray.From(Enumerable.Range(0, rows).Select(_ => stream.Next(classes)))));
    }

    /// <summary>Groups of equal size: one column, nearly constant in a group, and a coin's label for the whole group.</summary>
    public static Dataset CoinsByGroup(int groups, int size)
    {
        var stream = Seed.Of(groups).Stream();
        var coins = Enumerable.Range(0, groups).Select(_ => stream.Next(2)).ToArray();
        var of = EquatableArray.From(Enumerable.Range(0, groups * size).Select(row => row / size));
        return new Dataset(
            Columns([.. of.Select(group => group + stream.NextDouble() / 2)]),
            new Target.Classes(EquatableArray.Of("heads", "tails"), EquatableArray.From(of.Select(group => coins[group])))).WithGroups(of);
    }

    public static EquatableArray<double> Ones(int rows) => EquatableArray.From(Enumerable.Repeat(1.0, rows));

    /// <summary>Weights of 1 and 2, and the equivalent rows with every weight 1.</summary>
    public static (EquatableArray<double> Weights, EquatableArray<int> Repeated) OnceOrTwice(int seed, int rows)
    {
        var stream = Seed.Of(seed).Fork("weights").Stream();
        var weights = Enumerable.Range(0, rows).Select(_ => 1.0 + stream.Next(2)).ToArray();
        return (EquatableArray.Own(weights),
            EquatableArray.From(Enumerable.Range(0, rows).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))));
    }

    public static Frame Columns(params double[][] cells) =>
        Frame.Of([.. cells.Select((column, c) => ($"x{c}", (Column)Column.Numeric.Of(column)))]);

    /// <summary>Each cell changed by its column's function.</summary>
    public static Frame Mapped(Frame frame, Func<int, double, double> change) =>
        Columns([.. frame.Columns.Select((named, c) =>
            ((Column.Numeric)named.Column).ToArray().Select(cell => change(c, cell)).ToArray())]);

    /// <summary>The same columns in the opposite order.</summary>
    public static Frame Reversed(Frame frame) => frame.Select([.. frame.Names.Reverse()]);

    public static IModel Model(this ILearner learner, Dataset data) => learner.FitModel(data, Seed.Of(1)).OrThrow();

    public static double[] Numbers(Prediction prediction) => prediction switch
    {
        Prediction.Probabilities p => p.Matrix.ToArray(),
        Prediction.Numeric e => e.Values.ToArray(),
        _ => throw new InvalidOperationException(),
    };

    public static void Close(Prediction expected, Prediction found, double tolerance)
    {
        var (a, b) = (Numbers(expected), Numbers(found));
        Assert.Equal(a.Length, b.Length);
        for (var i = 0; i < a.Length; i++)
            Assert.True(Math.Abs(a[i] - b[i]) <= tolerance * Math.Max(1, Math.Abs(a[i])), $"number {i}: {a[i]} against {b[i]}");
    }

    public static void RowsSumToOne(Prediction prediction)
    {
        var p = (Prediction.Probabilities)prediction;
        for (var i = 0; i < p.Count; i++)
        {
            Assert.InRange(p.Row(i).ToArray().Sum(), 1 - 1e-12, 1 + 1e-12);
            Assert.All(p.Row(i).ToArray(), one => Assert.InRange(one, 0, 1));
        }
    }

    public static Failure Failure(ILearner learner, Dataset data) =>
        learner.Fit(data, Seed.Of(1)).Match(_ => throw new InvalidOperationException("fitted, but should have failed"), failure => failure);
}
