namespace FunctionalStack;

/// <summary>
/// Predicts copies of rows in which some columns have the values of other rows. A call of a model has a cost of its own, so that copies
/// are predicted together, and rows that are equal in several copies are predicted once. The prediction of a row does not depend on the
/// other rows, so the results are those of a call for each copy, bit for bit.
/// </summary>
/// <param name="executor">Divides many rows among threads.</param>
/// <param name="model">The model.</param>
/// <param name="rows">The rows.</param>
internal sealed class ChangedRows(IExecutor executor, IModel model, Frame rows)
{
    // Bounds the memory of a call. A single copy may have more.
    private const int RowsOfCall = 16_384;

    private readonly Dictionary<Group, int[]> values = [];

    /// <summary>Columns that change together.</summary>
    public sealed class Group(IEnumerable<string> names)
    {
        /// <summary>The names of the columns.</summary>
        public HashSet<string> Names { get; } = names.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A copy of the rows.</summary>
    /// <param name="Columns">The changed columns.</param>
    /// <param name="From">For each row, the row whose values it gets.</param>
    public sealed record Copy(Group Columns, int[] From);

    /// <summary>The largest number of copies of a call.</summary>
    public int Together { get; } = Math.Max(1, RowsOfCall / Math.Max(1, rows.RowCount));

    /// <summary>The predictions of each copy, without notes. Fails like the prediction.</summary>
    public Outcome<EquatableArray<Prediction>> Predict(IReadOnlyList<Copy> copies)
    {
        var known = new Dictionary<(Group? Columns, int Row, int Value), int>();
        var distinct = new List<(Group? Columns, int Row, int From)>();
        var places = copies.Select(copy => EquatableArray.From(copy.From.Select((from, row) => PlaceOf(copy.Columns, row, from))))
            .ToArray();
        var frame = new Frame(distinct.Count, EquatableArray.From(rows.Columns.Select(column => column with
        {
            Column = column.Column.Take(EquatableArray.From(distinct.Select(one =>
                one.Columns?.Names.Contains(column.Name) == true ? one.From : one.Row))),
        })));
        return executor.Predict(model, frame).WithoutNotes().Map(all => EquatableArray.From(places.Select(all.Take)));

        int PlaceOf(Group columns, int row, int from)
        {
            var own = ValuesOf(columns);
            var key = own[from] == own[row] ? (null, row, 0) : ((Group?)columns, row, own[from]);
            if (known.TryGetValue(key, out var place)) return place;
            known[key] = place = distinct.Count;
            distinct.Add((key.Item1, row, from));
            return place;
        }
    }

    // A number for each row; rows of equal values have the same.
    private int[] ValuesOf(Group columns)
    {
        if (values.TryGetValue(columns, out var known)) return known;
        return values[columns] = EqualRows.Numbered(
            rows.Columns.Where(column => columns.Names.Contains(column.Name)).Select(column => column.Column), rows.RowCount,
            BitConverter.DoubleToInt64Bits);
    }
}
