using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.IO.Tests.Models;

/// <summary>A model with every shape of a model file, some of them absent.</summary>
public sealed record Everything(
    bool Truth,
    byte Byte,
    int Int,
    long Long,
    float Float,
    double Double,
    string Text,
    StackMethod Word,
    int? MaybeInt,
    float? MaybeFloat,
    double? MaybeDouble,
    Combine? MaybeWord,
    string? MaybeText,
    EquatableArray<bool> Truths,
    EquatableArray<byte> Bytes,
    EquatableArray<int> Ints,
    EquatableArray<long> Longs,
    EquatableArray<float> Floats,
    EquatableArray<double> Doubles,
    EquatableArray<string> Texts,
    EquatableArray<string?> MaybeTexts,
    EquatableArray<StackMethod> Words,
    EquatableArray<int?> MaybeIntList,
    EquatableArray<float?> MaybeFloatList,
    EquatableArray<int>? MaybeInts,
    EquatableArray<EquatableArray<double>> Table,
    StackColumns Record,
    IMap? MaybeMap,
    EquatableArray<IMap> Maps,
    EquatableArray<Point> Points) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(Total.Of(rows, Double));
}

public readonly record struct Point(int X, double Y);

/// <summary>The parts of a net.</summary>
public sealed record Weighted(float Scale, EquatableArray<float> Weights, EquatableArray<byte> Codes) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(Total.Of(rows, Scale));
}

/// <summary>The weighted sum of a row's values.</summary>
public sealed record Total(double Weight, string Name) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(Of(rows, Weight));

    public static Prediction Of(Frame rows, double weight)
    {
        var sums = new double[rows.RowCount];
        foreach (var numbers in rows.Columns.Select(column => column.Column).OfType<Column.Numeric>())
        {
            for (var i = 0; i < sums.Length; i++) sums[i] += weight * numbers[i];
        }

        return new Prediction.Numeric(EquatableArray.Own(sums));
    }
}

/// <summary>The same probabilities for every row.</summary>
public sealed record Constant(EquatableArray<string> Levels, EquatableArray<double> Chances) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) =>
        Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels,
            EquatableArray.From(Enumerable.Range(0, rows.RowCount).SelectMany(_ => Chances))));
}

/// <summary>Arbitrary model trees of Core's records and the records above.</summary>
public static class ModelGenerators
{
    public static Catalogue Catalogue { get; } = Library.Catalogue
        .With(RecordTag.Of<Everything>("everything")).With(RecordTag.Of<Point>("point")).With(RecordTag.Of<Total>("total"))
        .With(RecordTag.Of<Constant>("constant")).With(RecordTag.Of<Weighted>("weighted"));

    public static Arbitrary<IModel> Models() => Gen.Sized(size => Model(Math.Min(size, 12))).ToArbitrary();

    public static Gen<double> Doubles { get; } = Gen.OneOf(
        ArbMap.Default.GeneratorFor<double>(),
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low),
        Gen.Elements(-0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
            BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0123), BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0001)));

    public static Gen<float> Floats { get; } = Gen.OneOf(
        Doubles.Select(number => (float)number),
        Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle),
        Gen.Elements(-0f, float.Epsilon, float.NaN, BitConverter.Int32BitsToSingle(0x7FC0_0123),
            BitConverter.Int32BitsToSingle(0x7F80_0001)));

    public static Gen<string> Texts { get; } = Gen.OneOf(
        from chars in ListOf(ArbMap.Default.GeneratorFor<char>()) select new string(chars.ToArray()),
        Gen.Elements("", "Überraschung", "数据", "👩‍🔬", "e\u0301", "\ud800", "a\0b", "C(\"yes\")"));

    private static Gen<EquatableArray<T>> ListOf<T>(Gen<T> item) =>
        from count in Gen.Choose(0, 4)
        from items in item.ArrayOf(count)
        select EquatableArray.Own(items);

    private static Gen<T?> Maybe<T>(Gen<T> value) where T : struct => Gen.OneOf(Gen.Constant((T?)null), value.Select(v => (T?)v));

    private static Gen<IModel> Model(int size) => size <= 0 ? Leaf : Gen.OneOf(
        Leaf,
        from map in Map(size / 2) from model in Model(size / 2) select (IModel)new PipelineModel(map, model),
        EverythingOf(size / 2));

    private static Gen<IModel> Leaf { get; } = Gen.OneOf(
        from weight in Doubles from name in Texts select (IModel)new Total(weight, name),
        from name in Texts
        from chance in Doubles
        select (IModel)new Constant(EquatableArray.Of(name + "0", name + "1"), EquatableArray.Of(chance, 1 - chance)));

    private static Gen<IMap> Map(int size) => Gen.OneOf(
        Gen.Constant<IMap>(new Identity()),
        Gen.Elements<IMap>(SelectColumns.Of("a", "b"), SelectColumns.Of("b"), SelectColumns.Of()),
        size <= 0 ? Gen.Constant<IMap>(new Identity()) : Gen.OneOf(
            from first in Map(size / 2) from second in Map(size / 2) select (IMap)new ChainMap(first, second),
            from name in Texts
            from model in Model(size / 2)
            from times in Gen.Choose(1, 3)
            from up in Gen.Elements(Enum.GetValues<StackMethod>())
            from drop in ArbMap.Default.GeneratorFor<bool>()
            select (IMap)new CrossFitMap(name, EquatableArray.From(Enumerable.Repeat(model, times)), new(up, drop)),
            ListOf(Map(size / 3)).Select(maps => (IMap)new UnionMap(maps))));

    private static Gen<IModel> EverythingOf(int size) =>
        from truth in ArbMap.Default.GeneratorFor<bool>()
        from number in Gen.Choose(int.MinValue, int.MaxValue)
        from real in Doubles
        from single in Floats
        from text in Texts
        from word in Gen.Elements(Enum.GetValues<StackMethod>())
        from maybeInt in Maybe(Gen.Choose(-3, 3))
        from maybeReal in Maybe(Doubles)
        from maybeSingle in Maybe(Floats)
        from maybeText in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(t => (string?)t))
        from ints in ListOf(Gen.Choose(int.MinValue, int.MaxValue))
        from bytes in ListOf(ArbMap.Default.GeneratorFor<byte>())
        from singles in ListOf(Floats)
        from reals in ListOf(Doubles)
        from texts in ListOf(Texts)
        from table in ListOf(ListOf(Doubles))
        from maybeInts in Maybe(ListOf(Gen.Choose(0, 9)))
        from maps in ListOf(Map(size / 3))
        from points in ListOf(from x in Gen.Choose(0, 9) from y in Doubles select new Point(x, y))
        select (IModel)new Everything(
            truth, (byte)number, number, (long)number << 31, single, real, text, word, maybeInt, maybeSingle, maybeReal, truth
                ? Combine.Refit : null, maybeText,
            EquatableArray.Of(truth, !truth), bytes, ints, EquatableArray.From(ints.Select(i => (long)i * i)), singles, reals, texts,
            EquatableArray.Of<string?>(maybeText, text), EquatableArray.Of(word, word),
            EquatableArray.Of(maybeInt, number), EquatableArray.Of(maybeSingle, single), maybeInts, table, new(word, truth), maps.Count > 0
                ? maps[0] : null, maps, points);
}
