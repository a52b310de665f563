using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Laws;

/// <summary>Random small data: coarse numbers, so that ties and repeated rows are common.</summary>
public static class Generate
{
    private static readonly string[] Names = ["b", "a", "d", "c"];

    public static Gen<Seed> Seeds { get; } = Gen.Choose(0, 1_000_000).Select(number => Seed.Of(number));

    /// <summary>Halves from -4 to 4.</summary>
    public static Gen<double> Coarse { get; } = Gen.Choose(-8, 8).Select(x => x / 2.0);

    public static Gen<Column> Numeric(int rows) =>
        Gen.Frequency((6, Coarse), (1, Gen.Constant(double.NaN)), (1, Gen.Choose(-999, 999).Select(x => x * 1.1)))
            .ArrayOf(rows).Select(numbers => (Column)new Column.Numeric(EquatableArray.Own(numbers)));

    public static Gen<Column> Categorical(int rows) =>
        from levels in Levels(1, 3)
        from codes in Gen.Choose(-1, levels.Count - 1).ArrayOf(rows)
        select (Column)new Column.Categorical(levels, EquatableArray.Own(codes));

    /// <summary>Up to 3 columns of each kind; at least <paramref name="least"/> numeric ones.</summary>
    public static Gen<Frame> Frames(int rows, int least = 1) =>
        from numeric in Gen.Choose(least, 3).SelectMany(count => Numeric(rows).ArrayOf(count))
        from categories in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 2))).SelectMany(count => Categorical(rows).ArrayOf(count))
        select new Frame(rows,
            EquatableArray.From(numeric.Select((column, i) => new NamedColumn($"x{i}", column))
            .Concat(categories.Select((column, i) => new NamedColumn($"w{i}", column)))));

    /// <summary>Frames of any size, the empty ones included.</summary>
    public static Gen<Frame> AnyFrame { get; } = Gen.Choose(0, 9).SelectMany(rows => Frames(rows, least: 0));

    /// <summary>Distinct level names in random order.</summary>
    public static Gen<EquatableArray<string>> Levels(int least, int most) =>
        from count in Gen.Choose(least, most)
        from categories in Gen.Shuffle(Names)
        select EquatableArray.From(categories.Take(count));

    /// <summary>Classes of very different frequency; some levels may have no row at all.</summary>
    public static Gen<Target> Classes(int rows) =>
        from levels in Levels(1, 4)
        from frequencies in Gen.Elements(0, 1, 4, 12).ArrayOf(levels.Count)
        let some = frequencies.Sum() > 0 ? frequencies : [1, .. frequencies.Skip(1)]
        from codes in Gen.Frequency(some.Select((frequency, code) => (frequency, Gen.Constant(code))).Where(pair => pair.frequency > 0)
            .ToArray()).ArrayOf(rows)
        select (Target)new Target.Classes(levels, EquatableArray.Own(codes));

    public static Gen<Target> Numbers(int rows) =>
        Coarse.ArrayOf(rows).Select(numbers => (Target)new Target.Numeric(EquatableArray.Own(numbers)));

    /// <summary>Mostly positive weights, some of them 0.</summary>
    public static Gen<EquatableArray<double>> Weights(int rows) =>
        Gen.Frequency((1, Gen.Constant(0.0)), (8, Gen.Choose(1, 6).Select(x => x / 2.0))).ArrayOf(rows).Select(EquatableArray.Own);

    public static Gen<EquatableArray<int>> Labels(int rows) => Gen.Choose(-2, 4).ArrayOf(rows).Select(EquatableArray.Own);

    public static Gen<Dataset> Data(int rows, Func<int, Gen<Target>> targets) =>
        from frame in Frames(rows)
        from target in targets(rows)
        from weights in Perhaps(Weights(rows))
        from groups in Perhaps(Labels(rows))
        from folds in Perhaps(Labels(rows))
        select new Dataset(frame, new Roles(target, weights, groups, folds));

    public static Gen<Dataset> Data(Func<int, Gen<Target>> targets) => Gen.Choose(4, 24).SelectMany(rows => Data(rows, targets));

    public static Gen<Target> AnyTarget(int rows) => Gen.Frequency((2, Classes(rows)), (1, Numbers(rows)));

    /// <summary>A list of row indices into <paramref name="rows"/> rows, in any order and with repeats; empty where there is no
    /// row.</summary>
    public static Gen<EquatableArray<int>> Picks(int rows) =>
        rows == 0
            ? Gen.Constant(default(EquatableArray<int>))
            : Gen.Choose(0, 12).SelectMany(count => Gen.Choose(0, rows - 1).ArrayOf(count)).Select(EquatableArray.Own);

    internal static Gen<T?> Perhaps<T>(Gen<T> gen) where T : struct => Gen.OneOf(gen.Select(value => (T?)value), Gen.Constant((T?)null));
}
