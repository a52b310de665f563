namespace FunctionalStack.IO;

/// <summary>Creates columns and targets from a <see cref="Reading{T}"/>.</summary>
internal static class ReadColumn
{
    /// <summary>A feature; null if the values are neither numbers nor categories.</summary>
    public static Column? Feature<T>(Reading<T>? reading, ReadOnlySpan<T> rows) => reading switch
    {
        Reading<T>.Numbers numbers => Numeric(rows, numbers.Of),
        Reading<T>.Booleans booleans => Numeric(rows, booleans.Of),
        Reading<T>.Strings strings => Categorical(strings.Declared, Read(rows, strings.Of)),
        Reading<T>.Objects objects => LooseColumn.Of(Read(rows, objects.Of)),
        _ => null,
    };

    /// <summary>The features of a field: a column, or the parts of a date that vary; null if the values are neither numbers, categories
    /// nor dates.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="reading">How the field is read.</param>
    /// <param name="rows">The records.</param>
    public static EquatableArray<NamedColumn>? Features<T>(string name, Reading<T>? reading, ReadOnlySpan<T> rows) =>
        reading is Reading<T>.Moments moments ? DateColumns.Of(name, EquatableArray.Own(Read(rows, moments.Of)))
        : Feature(reading, rows) is { } column ? [new NamedColumn(name, column)]
        : null;

    /// <summary>The same with every part of a date, for prediction.</summary>
    public static EquatableArray<NamedColumn>? EveryFeature<T>(string name, Reading<T>? reading, ReadOnlySpan<T> rows) =>
        reading is Reading<T>.Moments moments ? DateColumns.EveryPart(name, EquatableArray.Own(Read(rows, moments.Of)))
        : Feature(reading, rows) is { } column ? [new NamedColumn(name, column)]
        : null;

    /// <summary>
    /// Classes for strings and booleans, numbers for numeric types, and null for other types. Levels are those found, in declared order,
    /// then the others in ordinal order. Fails for a value that is missing or not finite.
    /// </summary>
    public static Outcome<Target>? Target<T>(Reading<T>? reading, ReadOnlySpan<T> rows)
    {
        switch (reading)
        {
            case Reading<T>.Numbers numbers:
                var values = Read(rows, numbers.Of);
                return Array.FindIndex(values, value => !double.IsFinite(value)) is var hole and >= 0
                    ? Missing(hole)
                    : Outcome.Ok<Target>(new Target.Numeric(EquatableArray.Own(values)));
            case Reading<T>.Booleans booleans:
                return Classes(default,
                    Read(rows, row => booleans.Of(row) switch { 1 => bool.TrueString, 0 => bool.FalseString, _ => null }));
            case Reading<T>.Strings strings:
                return Classes(strings.Declared, Read(rows, strings.Of));
            default:
                return null;
        }
    }

    /// <summary>Declared levels in their order, then the others in ordinal order, so that the order of rows has no effect.</summary>
    public static Column.Categorical Categorical(EquatableArray<string> declared, string?[] strings)
    {
        // A service predicts one row per call.
        if (strings.Length == 1 && declared.Count == 0)
        {
            return strings[0] is { Length: > 0 } text
                ? Column.Categorical.Known(EquatableArray.Own([text]), EquatableArray.Own([0]))
                : Column.Categorical.Known(default, EquatableArray.Own([-1]));
        }

        var codeOf = new Dictionary<string, int>(declared.Count, StringComparer.Ordinal);
        foreach (var level in declared.AsSpan()) codeOf[level] = codeOf.Count;
        var others = new List<string>();
        foreach (var text in strings)
        {
            if (!string.IsNullOrEmpty(text) && codeOf.TryAdd(text, -1)) others.Add(text);
        }

        others.Sort(StringComparer.Ordinal);
        for (var i = 0; i < others.Count; i++) codeOf[others[i]] = declared.Count + i;
        return Column.Categorical.Known(
            others.Count == 0 ? declared : [.. declared, .. others],
            EquatableArray.Own(Array.ConvertAll(strings, text => string.IsNullOrEmpty(text) ? -1 : codeOf[text])));
    }

    /// <summary>The value of each row.</summary>
    public static TValue[] Read<T, TValue>(ReadOnlySpan<T> rows, Func<T, TValue> of)
    {
        var values = new TValue[rows.Length];
        for (var row = 0; row < values.Length; row++) values[row] = of(rows[row]);
        return values;
    }

    private static Column.Numeric Numeric<T>(ReadOnlySpan<T> rows, Func<T, double> of) => new(EquatableArray.Own(Read(rows, of)));

    private static Outcome<Target> Classes(EquatableArray<string> declared, string?[] strings)
    {
        if (Array.FindIndex(strings, string.IsNullOrEmpty) is var hole and >= 0) return Missing(hole);
        var all = Categorical(declared, strings);
        var codes = all.ToArray();
        var found = codes.Distinct().Order().ToArray();
        return Outcome.Ok<Target>(new Target.Classes(
            EquatableArray.From(found.Select(code => all.Levels[code])),
            EquatableArray.From(codes.Select(code => Array.BinarySearch(found, code)))));
    }

    private static Outcome<Target> Missing(int row) => Outcome.Fail<Target>(
        $"row {row + 1}", "the target is missing or not finite", "Remove the rows whose target is unknown.");
}
