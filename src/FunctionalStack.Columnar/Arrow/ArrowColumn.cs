using Apache.Arrow;
using Apache.Arrow.Types;
using FunctionalStack.IO;

namespace FunctionalStack.Columnar;

/// <summary>Converts arrays of Arrow.</summary>
internal static class ArrowColumn
{
    /// <summary>What the values of a type without place in a table are; null if it has one.</summary>
    public static string? Refused(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null or ArrowTypeId.Boolean
            or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
            or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
            or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double
            or ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256
            or ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView
            or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp or ArrowTypeId.Time32 or ArrowTypeId.Time64 => null,
        ArrowTypeId.Dictionary => Refused(((DictionaryType)type).ValueType),
        ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.FixedSizeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView =>
            "lists",
        ArrowTypeId.Struct => "structs",
        ArrowTypeId.Map => "maps",
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizedBinary => "binary values",
        _ => $"values of type {type.Name}",
    };

    /// <summary>The values of an array whose type is not <see cref="Refused"/>.</summary>
    public static TypedColumn Of(IArrowArray array) => array switch
    {
        BooleanArray booleans => new TypedColumn.Booleans(Values(array, booleans.GetValue)),
        DoubleArray numbers => Numbers(array, row => numbers.GetValue(row)),
        FloatArray numbers => Numbers(array, row => numbers.GetValue(row) is { } number ? TypedValues.Double(number) : null),
        HalfFloatArray numbers => Numbers(array, row => numbers.GetValue(row) is { } number ? TypedValues.Double((float)number) : null),
        Decimal32Array numbers => Numbers(array, row => numbers.GetString(row) is { } text ? TypedValues.Double(text) : null),
        Decimal64Array numbers => Numbers(array, row => numbers.GetString(row) is { } text ? TypedValues.Double(text) : null),
        Decimal128Array numbers => Numbers(array, row => numbers.GetString(row) is { } text ? TypedValues.Double(text) : null),
        Decimal256Array numbers => Numbers(array, row => numbers.GetString(row) is { } text ? TypedValues.Double(text) : null),
        Int8Array numbers => Integers(array, row => numbers.GetValue(row)),
        Int16Array numbers => Integers(array, row => numbers.GetValue(row)),
        Int32Array numbers => Integers(array, row => numbers.GetValue(row)),
        Int64Array numbers => Integers(array, row => numbers.GetValue(row)),
        UInt8Array numbers => Integers(array, row => numbers.GetValue(row)),
        UInt16Array numbers => Integers(array, row => numbers.GetValue(row)),
        UInt32Array numbers => Integers(array, row => numbers.GetValue(row)),
        UInt64Array numbers => TypedValues.Unsigned(Values(array, row => numbers.GetValue(row)).ToArray()),
        StringArray strings => Strings(array, ArrowText.Of(strings)),
        LargeStringArray strings => Strings(array, ArrowText.Of(strings)),
        StringViewArray strings => Strings(array, ArrowText.Of(strings)),
        Date32Array dates => new TypedColumn.Dates(Values(array, dates.GetDateTime)),
        Date64Array dates => new TypedColumn.Dates(Values(array, dates.GetDateTime)),
        TimestampArray times => Moments(times, ((TimestampType)times.Data.DataType).Unit),
        Time32Array times => new TypedColumn.Times(Values(array, times.GetTime)),
        Time64Array times => new TypedColumn.Times(Values(array, times.GetTime)),
        DictionaryArray codes => TypedValues.Gather(Of(codes.Dictionary), Places(Of(codes.Indices))),
        _ => new TypedColumn.Numbers(EquatableArray.From(Enumerable.Repeat(double.NaN, array.Length))),
    };

    private static int?[] Places(TypedColumn indices) => [.. ((TypedColumn.Integers)indices).Values.Select(index => (int?)index)];

    // Apache.Arrow's own conversion overflows without an error.
    private static TypedColumn.Dates Moments(TimestampArray times, TimeUnit unit) => new(Values<DateTime?>(times, row =>
    {
        if (times.GetValue(row) is not { } time) return null;
        var ticks = unit switch
        {
            TimeUnit.Second => (Int128)time * TimeSpan.TicksPerSecond,
            TimeUnit.Millisecond => (Int128)time * TimeSpan.TicksPerMillisecond,
            TimeUnit.Microsecond => (Int128)time * TimeSpan.TicksPerMicrosecond,
            _ => time / TimeSpan.NanosecondsPerTick,
        } + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks, DateTimeKind.Utc)
            : throw new InvalidDataException($"the timestamp of row {row + 1} is not in the years 1 to 9999");
    }));

    private static TypedColumn Numbers(IArrowArray array, Func<int, double?> value) =>
        new TypedColumn.Numbers(Values(array, row => value(row) ?? double.NaN));

    private static TypedColumn Integers(IArrowArray array, Func<int, long?> value) => new TypedColumn.Integers(Values(array, value));

    private static TypedColumn Strings(IArrowArray array, Func<int, string?> value) => new TypedColumn.Strings(Values(array, value));

    private static EquatableArray<T> Values<T>(IArrowArray array, Func<int, T> value)
    {
        var values = new T[array.Length];
        for (var row = 0; row < values.Length; row++) values[row] = value(row);
        return EquatableArray.Own(values);
    }
}
