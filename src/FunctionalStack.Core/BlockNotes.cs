namespace FunctionalStack;

/// <summary>The rows that a note is about.</summary>
/// <param name="Topic">What the rows have in common. Notes of blocks with the same location and topic are one note of all rows.</param>
/// <param name="Text">What follows the count, with the first row's content as an example.</param>
/// <param name="Rows">The number of rows; 0 for a note that shows only the first of them.</param>
internal sealed record RowCount(string Topic, string Text, long Rows = 0)
{
    /// <summary>The note, for a number of rows in all.</summary>
    public Note Note(string where, long of) =>
        new(where, Rows == 0 ? Text : FormattableString.Invariant($"{Rows} of {of} rows {Text}")) { Counted = this };
}

/// <summary>The notes of a table that is worked on in blocks of rows.</summary>
public static class BlockNotes
{
    /// <summary>
    /// The notes of all rows. Notes of several blocks about the same column and finding are one: their rows are added, and the example
    /// is that of the first block. Equal notes occur once. Notes are in the order of their first block.
    /// </summary>
    /// <param name="blocks">The notes of each block, in the order of the rows.</param>
    /// <param name="rows">The number of rows of all blocks.</param>
    public static EquatableArray<Note> Merge(EquatableArray<EquatableArray<Note>> blocks, long rows) =>
        EquatableArray.From(blocks.SelectMany(notes => notes)
            .GroupBy(note => (note.Where, note.Counted?.Topic ?? note.What))
            .Select(alike => alike.First() is { Counted: { } first } note
                ? (first with { Rows = alike.Sum(other => other.Counted?.Rows ?? 0) }).Note(note.Where, rows)
                : alike.First()));
}
