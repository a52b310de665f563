namespace FunctionalStack.Preprocessing;

/// <summary>
/// One-hot encoding: a categorical column X becomes a 0/1 column <c>X=level</c> for each training level, in
/// place. A missing value is 0 in all of them. New rows are matched by level name, not by code.
/// </summary>
/// <param name="MinCount">
/// Levels with a smaller summed weight (count) in training share one column <c>X=(rare)</c>. If it exists, unseen
/// levels go there too. At least 1, which pools nothing.
/// </param>
/// <param name="Unseen">How unseen levels are encoded if there is no <c>X=(rare)</c>: as zeros, or as a failure.</param>
/// <param name="DropFirst">Drop each column's first level, which the others determine in complete rows. An unseen or missing value is then
/// encoded like it.</param>
public sealed record OneHot(int MinCount = 1, Unseen Unseen = Unseen.Ignore, bool DropFirst = false) : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "oneHot";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() =>
        Ensure.All(Name, Ensure.AtLeast("minCount", MinCount, 1), Ensure.Defined("unseen", Unseen));

    /// <summary>Fails if no training row has positive weight, or if <c>X=level</c> already exists.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Gathered.Weights(Name, data).Bind(weights =>
    {
        var map = new OneHotMap(
            EquatableArray.From(data.Frame.Columns
                .Where(column => column.Column is Column.Categorical)
                .Select(column => Known(column.Name, (Column.Categorical)column.Column, weights))),
            Unseen,
            DropFirst);
        return Replacement.Agreeing(map, map.Make(data.Frame));
    });

    private OneHotMap.Known Known(string name, Column.Categorical column, double[]? weights)
    {
        var mass = Gathered.Mass(column, weights);
        var levels = new List<string>();
        var rare = false;
        for (var level = 0; level < column.Levels.Count; level++)
        {
            if (mass[level] == 0) continue;
            if (MinCount == 1 || mass[level] >= MinCount) levels.Add(column.Levels[level]);
            else rare = true;
        }

        return new(name, EquatableArray.From(levels), rare);
    }
}

/// <summary>Replaces columns by one 0/1 column per level.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Unseen">How unseen levels are encoded.</param>
/// <param name="DropFirst">Whether the first level of each column is dropped.</param>
public sealed record OneHotMap(EquatableArray<OneHotMap.Known> Columns, Unseen Unseen, bool DropFirst) : IRowwiseMap
{
    /// <summary>The levels of a column.</summary>
    /// <param name="Column">The replaced column.</param>
    /// <param name="Levels">The levels with a separate column.</param>
    /// <param name="Rare">Whether all other levels share <c>X=(rare)</c>.</param>
    public sealed record Known(string Column, EquatableArray<string> Levels, bool Rare);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns) => Replacement.ForRow(this, columns, Columns.Select(known =>
    {
        var (width, unseen) = Places(known);
        return (known.Column, LevelPlaces.Of(columns, known.Column, known.Levels, missing: width, unseen) is { } places
            ? (RowFunction)new OneHotCells(places, DropFirst ? 1 : 0, width) : null);
    }));

    // The number of places, and that of unseen levels; null to refuse them. Missing values have the place after the last.
    private (int Width, int? Unseen) Places(Known known)
    {
        var width = known.Levels.Count + (known.Rare ? 1 : 0);
        return (width, known.Rare ? known.Levels.Count : Unseen == Unseen.Ignore ? width : null);
    }

    internal Outcome<Frame> Make(Frame rows)
    {
        var made = new Dictionary<string, NamedColumn[]>(Columns.Count);
        foreach (var known in Columns)
        {
            var (width, unseen) = Places(known);
            switch (Levels.Match("oneHot", known.Column, Gathered.LaterCategories(known.Column, rows), known.Levels, missing: width,
                unseen))
            {
                case Outcome<int[]>.Fail fail:
                    return new Outcome<Frame>.Fail(fail.Failure);
                case Outcome<int[]>.Ok places:
                    made[known.Column] = places.Value.Length <= Levels.FewRows
                        ? Cells(known, width, places.Value) : Levels.Look(Table(known, width), width + 1, places.Value);
                    break;
            }
        }

        return Replacement.Replace("oneHot", rows, made);
    }

    // The same as a look at the table, which has more cells than a few rows need.
    private NamedColumn[] Cells(Known known, int width, int[] places)
    {
        var first = DropFirst ? 1 : 0;
        var columns = new NamedColumn[Math.Max(0, width - first)];
        for (var level = first; level < width; level++)
        {
            var cells = new double[places.Length];
            for (var row = 0; row < cells.Length; row++) cells[row] = places[row] == level ? 1 : 0;
            columns[level - first] = new(NameOf(known, level), new Column.Numeric(EquatableArray.Own(cells)));
        }

        return columns;
    }

    /// <summary>The name of the column of a level, or of the rare ones.</summary>
    internal static string NameOf(Known known, int level) =>
        $"{known.Column}={(level < known.Levels.Count ? known.Levels[level] : "(rare)")}";

    // The identity matrix, and a last row of zeros for missing or unseen levels.
    private NamedColumn[] Table(Known known, int width)
    {
        var first = DropFirst ? 1 : 0;
        var table = new NamedColumn[Math.Max(0, width - first)];
        for (var level = first; level < width; level++)
        {
            var unit = new double[width + 1];
            unit[level] = 1;
            table[level - first] = new(NameOf(known, level), new Column.Numeric(EquatableArray.Own(unit)));
        }

        return table;
    }
}
