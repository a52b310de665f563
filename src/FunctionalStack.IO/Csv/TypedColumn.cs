using System.Globalization;
using System.Text.Unicode;

namespace FunctionalStack.IO;

/// <summary>
/// A column of a table whose type is known, such as that of a Parquet or Arrow file or of a database. <see cref="Table.Of"/> makes a
/// table of such columns.
/// </summary>
public abstract record TypedColumn
{
    private protected TypedColumn()
    {
    }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell as it would be in a CSV file, without quotes; empty where missing. It is written to
    /// <paramref name="buffer"/>, which may be replaced by a larger one.</summary>
    internal abstract ReadOnlySpan<byte> Cell(int row, ref byte[] buffer);

    /// <summary>Numbers.</summary>
    /// <param name="Values">The values; NaN where missing.</param>
    public sealed record Numbers(EquatableArray<double> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer) =>
            double.IsNaN(Values[row]) ? default : Written(Values[row], "R", buffer);
    }

    /// <summary>Whole numbers.</summary>
    /// <param name="Values">The values; null where missing.</param>
    public sealed record Integers(EquatableArray<long?> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer) =>
            Values[row] is { } number ? Written(number, "D", buffer) : default;
    }

    /// <summary>True and false. They are categories, as in CSV files.</summary>
    /// <param name="Values">The values; null where missing.</param>
    public sealed record Booleans(EquatableArray<bool?> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer) =>
            Values[row] switch { true => "True"u8, false => "False"u8, null => default };
    }

    /// <summary>
    /// Strings or categories. They stay categories or texts even if all look like numbers or dates, unless the column has a role that
    /// needs numbers, such as weights and time. White space around them is removed, and spellings of missing values
    /// (<see cref="MissingText"/>) are missing, as in CSV files.
    /// </summary>
    /// <param name="Values">The strings; null where missing.</param>
    public sealed record Strings(EquatableArray<string?> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer)
        {
            if (Values[row] is not { Length: > 0 } text) return default;
            if (text.Length * 3 > buffer.Length) buffer = new byte[text.Length * 3];
            Utf8.FromUtf16(text, buffer, out _, out var length);
            return buffer.AsSpan(0, length);
        }
    }

    /// <summary>Dates, with or without a time of day.</summary>
    /// <param name="Values">The dates, in universal time if they have an offset; null where missing.</param>
    public sealed record Dates(EquatableArray<DateTime?> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer) => Values[row] is { } date
            ? Written(date, date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", buffer)
            : default;
    }

    /// <summary>Times of day, without a date.</summary>
    /// <param name="Values">The times; null where missing.</param>
    public sealed record Times(EquatableArray<TimeOnly?> Values) : TypedColumn
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        internal override ReadOnlySpan<byte> Cell(int row, ref byte[] buffer) =>
            Values[row] is { } time ? Written(time, "HH:mm:ss.FFFFFFF", buffer) : default;
    }

    private static ReadOnlySpan<byte> Written<T>(T value, string format, byte[] buffer) where T : IUtf8SpanFormattable
    {
        value.TryFormat(buffer, out var length, format, CultureInfo.InvariantCulture);
        return buffer.AsSpan(0, length);
    }
}

/// <summary>A column with its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Column">The column.</param>
public sealed record NamedTypedColumn(string Name, TypedColumn Column);
