using System.Globalization;
using FunctionalStack.IO;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace FunctionalStack.Columnar;

/// <summary>Reads a column of a Parquet file.</summary>
/// <param name="file">The name of the file, for messages.</param>
/// <param name="reader">The file.</param>
/// <param name="field">The column; not repeated.</param>
/// <param name="rowCount">The number of rows of the file.</param>
internal sealed class ParquetColumn(string file, ParquetReader reader, DataField field, int rowCount)
{
    /// <summary>The column. Fails if its type has no place in a table.</summary>
    public Outcome<TypedColumn> Read() => field switch
    {
        TimeDataField time when field.ClrType == typeof(int) => Times<int>(number => number, time.Precision),
        TimeDataField time => Times<long>(number => number, time.Precision),
        _ => Of(field.ClrType),
    };

    private Outcome<TypedColumn> Of(Type type) => type == typeof(double) ? Numbers<double>(number => number)
        : type == typeof(float) ? Numbers<float>(TypedValues.Double)
        : type == typeof(Half) ? Numbers<Half>(number => TypedValues.Double((float)number))
        : type == typeof(decimal) ? Numbers<decimal>(number => TypedValues.Double(number.ToString(CultureInfo.InvariantCulture)))
        : type == typeof(BigDecimal) ? Numbers<BigDecimal>(number => TypedValues.Double(number.ToString()))
        : type == typeof(sbyte) ? Integers<sbyte>(number => number)
        : type == typeof(byte) ? Integers<byte>(number => number)
        : type == typeof(short) ? Integers<short>(number => number)
        : type == typeof(ushort) ? Integers<ushort>(number => number)
        : type == typeof(int) ? Integers<int>(number => number)
        : type == typeof(uint) ? Integers<uint>(number => number)
        : type == typeof(long) ? Integers<long>(number => number)
        : type == typeof(ulong) ? Outcome.Ok(TypedValues.Unsigned(Values<ulong>()))
        : type == typeof(bool) ? Ok(new TypedColumn.Booleans(EquatableArray.Own(Values<bool>())))
        : type == typeof(ReadOnlyMemory<char>) ? Ok(new TypedColumn.Strings(EquatableArray.Own(Strings())))
        : type == typeof(Guid) ? Ok(new TypedColumn.Strings(Converted<Guid, string?>(value => value.ToString(), null)))
        : type == typeof(DateTime) ? Ok(new TypedColumn.Dates(EquatableArray.Own(Values<DateTime>())))
        : type == typeof(DateOnly) ? Ok(new TypedColumn.Dates(Converted<DateOnly, DateTime?>(day => day.ToDateTime(default), null)))
        : ColumnarFile.Unsupported<TypedColumn>(file, field.Name,
            type == typeof(ReadOnlyMemory<byte>) ? "binary values" : $"values of type {type.Name}");

    private static Outcome<TypedColumn> Ok(TypedColumn column) => Outcome.Ok(column);

    private Outcome<TypedColumn> Numbers<T>(Func<T, double> number) where T : struct =>
        Ok(new TypedColumn.Numbers(Converted(number, double.NaN)));

    private Outcome<TypedColumn> Integers<T>(Func<T, long?> number) where T : struct =>
        Ok(new TypedColumn.Integers(Converted(number, null)));

    private Outcome<TypedColumn> Times<T>(Func<T, long> number, TimeUnitPrecision unit) where T : struct =>
        Ok(new TypedColumn.Times(Converted<T, TimeOnly?>(value => new TimeOnly(unit switch
        {
            TimeUnitPrecision.Millis => number(value) * TimeSpan.TicksPerMillisecond,
            TimeUnitPrecision.Micros => number(value) * TimeSpan.TicksPerMicrosecond,
            _ => number(value) / TimeSpan.NanosecondsPerTick,
        }), null)));

    private EquatableArray<TTo> Converted<T, TTo>(Func<T, TTo> convert, TTo missing) where T : struct =>
        EquatableArray.Own(Array.ConvertAll(Values<T>(), value => value is { } given ? convert(given) : missing));

    private T?[] Values<T>() where T : struct
    {
        var values = new T?[rowCount];
        if (field.IsNullable)
        {
            Each((group, at, count) => group.ReadAsync<T>(field, values.AsMemory(at, count)));
            return values;
        }

        var plain = new T[rowCount];
        Each((group, at, count) => group.ReadAsync<T>(field, plain.AsMemory(at, count)));
        return Array.ConvertAll(plain, value => (T?)value);
    }

    private string?[] Strings()
    {
        var values = new string?[rowCount];
        Each((group, at, count) => group.ReadAsync(field, values.AsMemory(at, count)!));
        return values;
    }

    private void Each(Func<ParquetRowGroupReader, int, int, ValueTask> read)
    {
        var at = 0;
        foreach (var group in reader.RowGroups)
        {
            read(group, at, (int)group.RowCount).AsTask().GetAwaiter().GetResult();
            at += (int)group.RowCount;
        }
    }
}
