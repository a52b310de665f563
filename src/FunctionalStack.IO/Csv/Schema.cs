namespace FunctionalStack.IO;

/// <summary>What a model expects of one column.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">Numbers or categories.</param>
/// <param name="Levels">The categories met in training, in their order there; empty for numbers.</param>
public sealed record SchemaColumn(string Name, ColumnKind Kind, Values<string> Levels);

/// <summary>The columns that a model was fitted on: what is asked of a file to predict from.</summary>
public sealed record Schema(Values<SchemaColumn> Columns)
{
    public static Schema Of(Frame frame) => new(Values.From(frame.Columns.Select(named => named.Column is Column.Categorical categorical
        ? new SchemaColumn(named.Name, ColumnKind.Categorical, categorical.Levels)
        : new SchemaColumn(named.Name, ColumnKind.Numeric, default))));

    /// <summary>
    /// The table's columns as the model knows them: by name, in the model's order, others left out. Categories met in
    /// training keep their codes; new ones come after them. Fails where a column is absent, and where a column of
    /// numbers holds a word or a number above 1e100.
    /// </summary>
    public Outcome<Frame> Conform(Table table)
    {
        var absent = Columns.Where(column => !table.Header.Contains(column.Name)).Select(column => column.Name).ToArray();
        return absent.Length switch
        {
            0 => table.Read(Values.From(Columns.Select(column => new ColumnRequest(table.Find(column.Name).OrThrow(), column.Kind, column.Levels)))),
            1 => table.Find(absent[0]).Map(_ => Frame.Empty(0)),
            _ => Outcome.Fail<Frame>(table.Name, $"has no columns {string.Join(", ", absent.Take(10).Select(name => $"'{name}'"))}{(absent.Length > 10 ? $" and {absent.Length - 10} more" : "")}", "Give the columns that the model was fitted on."),
        };
    }
}
