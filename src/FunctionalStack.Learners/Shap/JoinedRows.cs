namespace FunctionalStack.Learners;

/// <summary>Joins the rows of two frames.</summary>
internal static class JoinedRows
{
    /// <summary>The rows of <paramref name="first"/>, followed by those of <paramref name="second"/>, with the columns of the former. Fails
    /// if the second lacks a column, or has one of another kind.</summary>
    public static Outcome<Frame> Of(Frame first, Frame second, string where) =>
        Outcome.All(first.Columns.Select(column => Joined(column, second.Find(column.Name), where)))
            .Map(columns => new Frame(first.RowCount + second.RowCount, columns));

    private static Outcome<NamedColumn> Joined(NamedColumn first, Column? second, string where) => (first.Column, second) switch
    {
        (Column.Numeric upper, Column.Numeric lower) => Outcome.Ok(first with
        {
            Column = new Column.Numeric([.. upper.ToArray(), .. lower.ToArray()]),
        }),
        (Column.Categorical upper, Column.Categorical lower) => Outcome.Ok(first with { Column = Joined(upper, lower) }),
        (_, null) => Outcome.Fail<NamedColumn>(where, $"they have no column '{first.Name}'", "Give rows with the columns of the others."),
        _ => Outcome.Fail<NamedColumn>(where, $"column '{first.Name}' is of another kind than in the other rows",
            "Give rows with the columns of the others."),
    };

    private static Column.Categorical Joined(Column.Categorical upper, Column.Categorical lower)
    {
        var codes = upper.Levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal);
        foreach (var level in lower.Levels) codes.TryAdd(level, codes.Count);
        return new(EquatableArray.From(codes.OrderBy(level => level.Value).Select(level => level.Key)),
            [.. upper.ToArray(), .. lower.ToArray().Select(code => code < 0 ? code : codes[lower.Levels[code]])]);
    }
}
