namespace FunctionalStack;

/// <summary>The feature columns that a model was fitted on: what it needs of the rows that it is to predict.</summary>
public sealed record Schema
{
    /// <param name="columns">Name, kind and levels of each column, in the order of training.</param>
    /// <exception cref="ArgumentException">Two columns share a name.</exception>
    public Schema(EquatableArray<ColumnSchema> columns)
    {
        var names = new HashSet<string>(columns.Count, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (!names.Add(column.Name)) throw new ArgumentException($"two columns are named '{column.Name}'", nameof(columns));
        }

        Columns = columns;
    }

    public EquatableArray<ColumnSchema> Columns { get; }

    /// <summary>The schema of a frame.</summary>
    public static Schema Of(Frame frame) => new(EquatableArray.From(frame.Columns.Select(ColumnSchema.Of)));

    /// <summary>Only the columns named; the same schema where these are all.</summary>
    public Schema Only(EquatableArray<string> names)
    {
        var wanted = new HashSet<string>(names, StringComparer.Ordinal);
        return Columns.All(column => wanted.Contains(column.Name))
            ? this
            : new(EquatableArray.From(Columns.Where(column => wanted.Contains(column.Name))));
    }

    /// <summary>
    /// The rows as the model knows them: its columns, found by name, in the order of training, each of the kind that it had
    /// there. Other columns are left out. Rows of this schema come back as they are.
    /// </summary>
    /// <remarks>
    /// A column that is missing in every row fits any kind. Levels keep the list that training had; those it did not have
    /// come after them in ordinal order, and a note counts the rows that hold one. Where categories were trained, a number is
    /// the level that reads as that number, and 0 and 1 are False and True where these are the levels. Where numbers were
    /// trained, the words true and false are 1 and 0, and words that all read as numbers are these numbers. A note tells
    /// each of these conversions, unless no text changes by it.
    /// </remarks>
    /// <returns>As many rows as given. Fails where columns are absent, and where one can't be read as training had it.</returns>
    public Outcome<Frame> Conform(Frame rows)
    {
        var columns = new NamedColumn[Columns.Count];
        var notes = new List<Note>();
        var same = rows.Columns.Count == columns.Length;
        for (var at = 0; at < columns.Length; at++)
        {
            var expected = Columns[at];
            var found = rows.Find(expected.Name);
            if (found is null && rows.Find(expected.Source) is null) return Absent(rows);
            switch (found is null ? ((ColumnSchema.Numeric)expected).OfDates(rows[expected.Source]) : expected.Conform(found))
            {
                case Outcome<Column>.Fail fail:
                    return new Outcome<Frame>.Fail(fail.Failure);
                case Outcome<Column>.Ok ok:
                    same = same && ReferenceEquals(ok.Value, found) && rows.Columns[at].Name == expected.Name;
                    columns[at] = new(expected.Name, ok.Value);
                    notes.AddRange(ok.Notes);
                    break;
            }
        }

        return new Outcome<Frame>.Ok(same ? rows : new(rows.RowCount, EquatableArray.Own(columns)), EquatableArray.From(notes));
    }

    private Outcome<Frame> Absent(Frame rows)
    {
        var absent = Columns.Where(column => rows.Find(column.Name) is null && rows.Find(column.Source) is null)
            .Select(column => $"'{column.Source}'").Distinct().ToArray();
        var near = absent.Length == 1 ? NearestName.To(absent[0].Trim('\''), rows.Names) : null;
        return Outcome.Fail<Frame>(
            "the rows",
            $"have no column{(absent.Length == 1 ? "" : "s")} {Listed.Some(absent)}",
            $"{(near is null ? "Give" : $"Did you mean '{near}'? Give")} the columns that the model was fitted on.");
    }
}
