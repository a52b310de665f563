using System.Text;

namespace FunctionalStack.IO;

/// <summary>The cells of a table as UTF-8 text, with what is known about the types of its columns.</summary>
internal abstract class TableText
{
    /// <summary>How messages name the table.</summary>
    public abstract string Name { get; }

    public abstract EquatableArray<string> Header { get; }

    public abstract int RowCount { get; }

    /// <summary>The number of rows of the file before this text, which is one of its blocks.</summary>
    public virtual long RowsBefore => 0;

    public virtual char Separator => ',';

    /// <summary>Blank lines below the header; they are not rows.</summary>
    public virtual BlankLines Blank => default;

    /// <summary>What the reader of a table without columns, or with one, should know about its format; may be empty.</summary>
    public virtual string Hint => "";

    /// <summary>The known type of a column; null if its text decides.</summary>
    public virtual TypedColumn? TypeOf(int column) => null;

    /// <summary>Whether a column is known to hold numbers, which have no format.</summary>
    public bool AreNumbers(int column) => TypeOf(column) is TypedColumn.Numbers or TypedColumn.Integers;

    /// <summary>A cursor over the rows.</summary>
    public abstract TableRows Scan();

    /// <summary>The position of a cell, for failures.</summary>
    public abstract string Where(int row, int column);

    /// <summary>The text of one cell, shortened for a message.</summary>
    public string Quote(int row, int column)
    {
        using var rows = Scan();
        for (var at = -1; at < row; at++) rows.Next();
        var text = Encoding.UTF8.GetString(rows.Cell(column));
        return text.Length <= 40 ? $"'{text}'" : $"'{text[..(char.IsHighSurrogate(text[39]) ? 39 : 40)]}...'";
    }
}

/// <summary>A cursor over the rows of a table. Mutable; for use inside one function.</summary>
internal abstract class TableRows : IDisposable
{
    /// <summary>Moves to the next row; false after the last one.</summary>
    public abstract bool Next();

    /// <summary>A cell of the row. Valid until the next call of <see cref="Next"/> or of this.</summary>
    public abstract ReadOnlySpan<byte> Cell(int column);

    public abstract void Dispose();
}
