using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>Reads columns of a view.</summary>
internal static class ViewReader
{
    // Hashes are keys of up to 2^31.
    private const ulong MostLevels = 10_000_000;
    private const string Remedy = "Convert the column with a transform of ML.NET, or leave it out.";

    /// <summary>The column called <paramref name="name"/>. Fails if there is none.</summary>
    public static Outcome<DataViewSchema.Column> Find(IDataView view, string name) =>
        view.Schema.GetColumnOrNull(name) is { } column ? Outcome.Ok(column) : Outcome.Fail<DataViewSchema.Column>(
            "the view", $"has no column '{name}'",
            $"The columns are {string.Join(", ", Visible(view).Select(one => one.Name))}.");

    /// <summary>The columns that are not hidden by others of the same name.</summary>
    public static IEnumerable<DataViewSchema.Column> Visible(IDataView view) => view.Schema.Where(column => !column.IsHidden);

    /// <summary>The columns of a frame for one column: itself, the elements of a vector, or the parts of a date. Fails if the type has no
    /// place in a frame.</summary>
    public static Outcome<EquatableArray<NamedColumn>> Read(
        IDataView view, DataViewSchema.Column column, DateReading dates) => column.Type switch
        {
            VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType item } vector => item.RawType == typeof(float)
                ? Outcome.Ok(Vectors<float>(view, column, vector.Size, number => number))
                : item.RawType == typeof(double) ? Outcome.Ok(Vectors<double>(view, column, vector.Size, number => number))
                : Refuse(column),
            KeyDataViewType => Levels(view, column).Map(levels => One(column, new Column.Categorical(levels, Codes(view, column)))),
            TextDataViewType => Outcome.Ok(One(column, FunctionalStack.Column.Categorical.Of(
                [.. Values<ReadOnlyMemory<char>, string?>(view, column, text => text.IsEmpty ? null : text.ToString())]))),
            DateTimeDataViewType => Outcome.Ok(dates.Of(column.Name, Values<DateTime, DateTime?>(view, column, date => date))),
            NumberDataViewType or BooleanDataViewType => Outcome.Ok(One(column, new Column.Numeric(Numbers(view, column)))),
            _ => Refuse(column),
        };

    /// <summary>The values of a column of numbers or booleans.</summary>
    public static EquatableArray<double> Numbers(IDataView view, DataViewSchema.Column column) => EquatableArray.Own(
        column.Type.RawType == typeof(float) ? Values<float, double>(view, column, number => number)
        : column.Type.RawType == typeof(double) ? Values<double, double>(view, column, number => number)
        : column.Type.RawType == typeof(bool) ? Values<bool, double>(view, column, value => value ? 1 : 0)
        : column.Type.RawType == typeof(sbyte) ? Values<sbyte, double>(view, column, number => number)
        : column.Type.RawType == typeof(byte) ? Values<byte, double>(view, column, number => number)
        : column.Type.RawType == typeof(short) ? Values<short, double>(view, column, number => number)
        : column.Type.RawType == typeof(ushort) ? Values<ushort, double>(view, column, number => number)
        : column.Type.RawType == typeof(int) ? Values<int, double>(view, column, number => number)
        : column.Type.RawType == typeof(uint) ? Values<uint, double>(view, column, number => number)
        : column.Type.RawType == typeof(long) ? Values<long, double>(view, column, number => number)
        : Values<ulong, double>(view, column, number => number));

    /// <summary>The codes of a column of keys, from 0; -1 where missing.</summary>
    public static EquatableArray<int> Codes(IDataView view, DataViewSchema.Column column) => EquatableArray.Own(
        column.Type.RawType == typeof(byte) ? Values<byte, int>(view, column, key => key - 1)
        : column.Type.RawType == typeof(ushort) ? Values<ushort, int>(view, column, key => key - 1)
        : column.Type.RawType == typeof(uint) ? Values<uint, int>(view, column, key => (int)key - 1)
        : Values<ulong, int>(view, column, key => (int)key - 1));

    /// <summary>The levels of a column of keys: its key values, or 1, 2, ... without them. Fails if two are alike.</summary>
    public static Outcome<EquatableArray<string>> Levels(IDataView view, DataViewSchema.Column column)
    {
        var count = ((KeyDataViewType)column.Type).Count;
        if (count > MostLevels) return Outcome.Fail<EquatableArray<string>>(
            $"column '{column.Name}'", $"has {count} keys, more than {MostLevels}", Remedy);
        var values = column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType type ? null
            : type.ItemType.RawType == typeof(ReadOnlyMemory<char>) ? Annotation<ReadOnlyMemory<char>>(column, "KeyValues")
            : type.ItemType.RawType == typeof(float) ? Annotation<float>(column, "KeyValues")
            : type.ItemType.RawType == typeof(double) ? Annotation<double>(column, "KeyValues")
            : type.ItemType.RawType == typeof(int) ? Annotation<int>(column, "KeyValues")
            : type.ItemType.RawType == typeof(uint) ? Annotation<uint>(column, "KeyValues")
            : type.ItemType.RawType == typeof(long) ? Annotation<long>(column, "KeyValues")
            : type.ItemType.RawType == typeof(bool) ? Annotation<bool>(column, "KeyValues")
            : null;
        var levels = values is not null ? EquatableArray.From(values)
            : EquatableArray.From(Enumerable.Range(1, (int)count).Select(key => key.ToString(CultureInfo.InvariantCulture)));
        return levels.Distinct().Count() == levels.Count
            ? Outcome.Ok(levels)
            : Outcome.Fail<EquatableArray<string>>($"column '{column.Name}'", "two of its key values are alike", "Map it to keys again.");
    }

    /// <summary>One value per row.</summary>
    public static TTo[] Values<T, TTo>(IDataView view, DataViewSchema.Column column, Func<T, TTo> convert)
    {
        var values = new List<TTo>((int)Math.Min(view.GetRowCount() ?? 0, Array.MaxLength));
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(convert(value));
        }

        return [.. values];
    }

    private static EquatableArray<NamedColumn> Vectors<T>(IDataView view, DataViewSchema.Column column, int size, Func<T, double> number)
    {
        var rows = Values<VBuffer<T>, double[]>(view, column,
            vector => Array.ConvertAll(vector.DenseValues().ToArray(), value => number(value)));
        var slots = Slots(column, size);
        return EquatableArray.From(Enumerable.Range(0, size).Select(slot =>
            new NamedColumn(slots[slot], new Column.Numeric(EquatableArray.From(rows.Select(row => row[slot]))))));
    }

    private static string[] Slots(DataViewSchema.Column column, int size) =>
        column.Annotations.Schema.GetColumnOrNull("SlotNames")?.Type is VectorDataViewType { ItemType: TextDataViewType }
            && Annotation<ReadOnlyMemory<char>>(column, "SlotNames") is var names && names.Length == size
            && names.Distinct().Count() == size && !names.Contains("")
            ? names : [.. Enumerable.Range(0, size).Select(slot => $"{column.Name}.{slot}")];

    private static string[] Annotation<T>(DataViewSchema.Column column, string kind)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(kind, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }

    private static EquatableArray<NamedColumn> One(DataViewSchema.Column column, Column read) => [new(column.Name, read)];

    private static Outcome<EquatableArray<NamedColumn>> Refuse(DataViewSchema.Column column) =>
        Outcome.Fail<EquatableArray<NamedColumn>>($"column '{column.Name}'", $"is of type {column.Type}, which has no place in a frame",
            Remedy);
}
