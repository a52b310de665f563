namespace FunctionalStack.IO;

/// <summary>
/// A CSV file that is read in blocks of rows, so that a file of any length needs little memory, or one table as one block.
/// Mutable; for use by one thread. The tables it returns are immutable.
/// </summary>
public sealed class TableBlocks : IDisposable
{
    /// <summary>The default size of a block in bytes: some 20,000 to 60,000 rows of a few columns.</summary>
    public const int UsualBytes = 1 << 20;

    private readonly string path;
    private readonly Stream stream;
    private readonly int size;
    private byte[] buffer;
    private Table? read;
    private int filled;
    private bool all;
    private bool ended;
    private CsvText? first;
    private long lines;
    private BlankLines blank;
    private readonly HashSet<string> ofNumbers = [];
    private readonly Dictionary<string, Failure> ofBooleans = [];

    private TableBlocks(string path, Stream stream, int bytes) =>
        (this.path, this.stream, size, buffer) = (path, stream, bytes, new byte[bytes]);

    /// <summary>The number of rows of the tables that <see cref="Next"/> has returned.</summary>
    public long Rows { get; private set; }

    /// <summary>A note about the blank lines read so far, if there are any.</summary>
    public EquatableArray<Note> Notes => blank.Note(Name) is { } note ? [note] : default;

    /// <summary>How messages name the file.</summary>
    public string Name => path == StandardStream.Dash ? StandardStream.Input : path;

    /// <summary>Opens the file at <paramref name="path"/>, or standard input for <c>-</c>. Fails if it cannot be read.</summary>
    /// <param name="path">The path.</param>
    /// <param name="bytes">The size of a block in bytes, at least 1. A longer row is read whole.</param>
    public static Outcome<TableBlocks> Open(string path, int bytes = UsualBytes) => (path == StandardStream.Dash
        ? StandardStream.Open()
        : InputFile.Read(path, "a CSV file", file => Outcome.Ok<Stream>(File.OpenRead(file))))
            .Map(stream => new TableBlocks(path, stream, bytes));

    /// <summary>A table that is already read, as one block.</summary>
    public static TableBlocks Of(Table table) => new(table.Name, Stream.Null, 0) { read = table };

    /// <summary>The next block, which ends with a row; null at the end of the file.</summary>
    /// <param name="whole">Whether the first block is the whole file, by the names of its header.</param>
    /// <returns>A table with the number of rows before it, for messages. Blank lines are noted by <see cref="Notes"/>. Fails as
    /// <see cref="Table.Read(string)"/> does, at the first faulty block.</returns>
    public Outcome<Table>? Next(Func<EquatableArray<string>, bool>? whole = null)
    {
        if (read is { } table)
        {
            (read, Rows) = (null, table.RowCount);
            return Outcome.Ok(table);
        }

        // A table that was read already has no text.
        if (ReferenceEquals(stream, Stream.Null)) return null;
        while (true)
        {
            if (Fill() is Outcome<int>.Fail unread) return new Outcome<Table>.Fail(unread.Failure);
            var text = buffer.AsMemory(0, filled);
            var length = ended ? filled : all ? 0 : first is null ? CsvText.CompleteFirst(text) : CsvText.Complete(text, first.Separator);
            all = all || (length > 0 && first is null && whole?.Invoke(CsvText.HeaderOf(text[..length])) == true);
            if (ended || (length > 0 && !all))
            {
                var block = Take(length);
                if (block is Outcome<Table>.Ok { Value.RowCount: 0 }) continue;
                return block;
            }

            if (buffer.Length == Array.MaxLength) return Outcome.Fail<Table>(Name, "has a row of more than 2 GB",
                "Close the quoted cell that is left open, or give a smaller file.");
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Array.MaxLength));
        }
    }

    /// <summary>
    /// The failure of a column that holds numbers in one block, and true and false in another, as <see cref="Table.Frame(Schema)"/> fails
    /// if it has both; null if there is none. Call it for each block, in their order.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="schema">The columns of the model.</param>
    /// <param name="frame">The block, read by the schema.</param>
    public Failure? Mixed(Table block, Schema schema, Frame frame)
    {
        foreach (var column in schema.Columns.Where(column => column is ColumnSchema.Numeric && column.Text.Date is null))
        {
            var found = frame[column.Name];
            if (FirstPresent(found) is not (var row and >= 0)) continue;
            if (found is Column.Numeric) ofNumbers.Add(column.Name);
            else if (!ofBooleans.ContainsKey(column.Name)) ofBooleans[column.Name] = block.NotANumber(row, column);
            if (ofNumbers.Contains(column.Name) && ofBooleans.TryGetValue(column.Name, out var mixed)) return mixed;
        }

        return null;
    }

    private static int FirstPresent(Column column)
    {
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row)) return row;
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private Outcome<Table>? Take(int length)
    {
        if (length == 0 && first is not null) return Rows == 0 ? CsvText.NoRows(Name).Map(text => new Table(text)) : null;
        var (block, rest) = (buffer.AsMemory(0, length), filled - length);
        var next = new byte[Math.Max(size, rest)];
        buffer.AsSpan(length, rest).CopyTo(next);
        (buffer, filled) = (next, rest);
        var parsed = first is null ? CsvText.ParseFirst(Name, block) : first.ParseNext(block, lines, Rows);
        return parsed.Map(text =>
        {
            first ??= text;
            lines += Lines(block.Span);
            Rows += text.RowCount;
            blank = blank.Then(text.Blank);
            return new Table(text, isBlock: true);
        });
    }

    private Outcome<int> Fill() => path == StandardStream.Dash
        ? StandardStream.Reading(Read)
        : InputFile.Read(path, "a CSV file", _ => Outcome.Ok(Read()));

    private int Read()
    {
        while (!ended && filled < buffer.Length)
        {
            var read = stream.Read(buffer.AsSpan(filled));
            ended = read == 0;
            filled += read;
        }

        return filled;
    }

    // CR, LF and CR LF are one line break each.
    private static int Lines(ReadOnlySpan<byte> utf8)
    {
        var breaks = utf8.Count((byte)'\n');
        if (!utf8.Contains((byte)'\r')) return breaks;
        for (var at = 0; utf8[at..].IndexOf((byte)'\r') is var next and >= 0;)
        {
            at += next + 1;
            if (at == utf8.Length || utf8[at] != (byte)'\n') breaks++;
        }

        return breaks;
    }
}
