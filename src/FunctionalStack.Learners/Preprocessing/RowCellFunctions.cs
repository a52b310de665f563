namespace FunctionalStack.Preprocessing;

/// <summary>A function of one cell.</summary>
internal sealed class NumberCell(int place, Func<double, double> of) : RowFunction
{
    /// <summary>Of a column; null if it is absent or not numeric.</summary>
    public static NumberCell? Of(Frame columns, string name, Func<double, double> of) =>
        columns.NumericPlaces([name]) is [var place] ? new(place, of) : null;

    public override int Count => 1;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        results[0] = of(row[place]);
        return true;
    }
}

/// <summary>A categorical cell whose missing value is replaced by a level. If that is a new one, the codes of texts follow it.</summary>
internal sealed class FilledCategory(int place, int filled, int levels, int newLevels) : RowFunction
{
    public override int Count => 1;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var code = (int)row[place];
        results[0] = code < 0 ? filled : code < levels ? code : code + (newLevels - levels);
        return true;
    }
}

/// <summary>Matches a categorical cell with training levels, as <see cref="Levels.Match"/> does for columns.</summary>
internal sealed class LevelPlaces
{
    private readonly int column;
    private readonly Dictionary<string, int> places;
    private readonly int[] placeOf;
    private readonly int missing;
    private readonly int unseen;

    private LevelPlaces(int column, EquatableArray<string> levels, EquatableArray<string> known, int missing, int? unseen)
    {
        (this.column, this.missing, this.unseen) = (column, missing, unseen ?? -1);
        places = new Dictionary<string, int>(known.Count, StringComparer.Ordinal);
        for (var place = 0; place < known.Count; place++) places.TryAdd(known[place], place);
        placeOf = [.. levels.Select(level => places.GetValueOrDefault(level, this.unseen))];
    }

    /// <summary>Of the column called <paramref name="name"/>; null if it is absent or not categorical.</summary>
    public static LevelPlaces? Of(Frame columns, string name, EquatableArray<string> known, int missing, int? unseen) =>
        columns.PlaceOf(name) is { } column && columns.Columns[column].Column is Column.Categorical { Levels: var levels }
        ? new(column, levels, known, missing, unseen)
        : null;

    /// <summary>The place of the row's level; negative if it is refused.</summary>
    public int Of(RowCells row)
    {
        var code = (int)row[column];
        return code < 0 ? missing
            : code < placeOf.Length ? placeOf[code]
            : places.GetValueOrDefault(row.Texts[code - placeOf.Length]!, unseen);
    }
}

/// <summary>Numbers that depend only on a level: one table of numbers by place for each result.</summary>
internal sealed class LevelCells(LevelPlaces places, EquatableArray<double>[] tables) : RowFunction
{
    public override int Count => tables.Length;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        if (places.Of(row) is not (var place and >= 0)) return false;
        for (var i = 0; i < tables.Length; i++) results[i] = tables[i][place];
        return true;
    }
}

/// <summary>1 at the place of a level, 0 elsewhere, without the places before <paramref name="first"/>.</summary>
internal sealed class OneHotCells(LevelPlaces places, int first, int width) : RowFunction
{
    public override int Count { get; } = Math.Max(0, width - first);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        if (places.Of(row) is not (var place and >= 0)) return false;
        results.Clear();
        if (place >= first && place < width) results[place - first] = 1;
        return true;
    }
}
