namespace FunctionalStack;

/// <summary>The feature columns that a model was fitted on, and what rows to predict must have.</summary>
public sealed record Schema
{
    /// <summary>A schema of these columns.</summary>
    /// <param name="columns">The name, kind and levels of each column, in training order.</param>
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

    /// <summary>The columns, in training order.</summary>
    public EquatableArray<ColumnSchema> Columns { get; }

    /// <summary>The schema of a frame.</summary>
    public static Schema Of(Frame frame) => new(EquatableArray.From(frame.Columns.Select(ColumnSchema.Of)));

    /// <summary>The schema of only the named columns; the same instance if these are all.</summary>
    public Schema Only(EquatableArray<string> names)
    {
        var wanted = new HashSet<string>(names, StringComparer.Ordinal);
        return Columns.All(column => wanted.Contains(column.Name))
            ? this
            : new(EquatableArray.From(Columns.Where(column => wanted.Contains(column.Name))));
    }

    /// <summary>
    /// Converts rows to this schema: its columns, found by name, in training order and with their training kinds. Other
    /// columns are left out. Rows that already have this schema are returned unchanged.
    /// </summary>
    /// <remarks>
    /// A column whose values are all missing fits any kind. Categorical columns keep the training levels; unseen levels are
    /// appended in ordinal order, and a note counts the rows that hold one. In a categorical column, a number becomes the level
    /// that equals it, and 0 and 1 become False and True if these are the levels. In a numeric column, true and false become
    /// 1 and 0, and text is accepted if all of it can be parsed as numbers. A note lists each of these conversions, unless no text
    /// changes.
    /// </remarks>
    /// <returns>The same number of rows. Fails if columns are absent, or if one cannot be converted.</returns>
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
