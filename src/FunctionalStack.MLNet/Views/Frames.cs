namespace FunctionalStack.MLNet;

/// <summary>Frames of columns that were read.</summary>
internal static class Frames
{
    /// <summary>The frame of these columns. Fails if two have the same name.</summary>
    /// <param name="where">What was read.</param>
    /// <param name="parts">What may become several columns.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rowCount">The number of rows.</param>
    public static Outcome<Frame> Of(string where, string parts, EquatableArray<NamedColumn> columns, int rowCount) =>
        columns.GroupBy(column => column.Name).FirstOrDefault(alike => alike.Count() > 1) is { } twice
            ? Outcome.Fail<Frame>(where, $"has two columns or {parts} called '{twice.Key}'", "Rename one of them.")
            : Outcome.Ok(new Frame(rowCount, columns));
}
