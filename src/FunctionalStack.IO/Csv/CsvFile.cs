using CsvHelper;

namespace FunctionalStack.IO;

/// <summary>Writes frames as CSV: commas, line feeds, UTF-8, quoted where needed as in RFC 4180.</summary>
public static class CsvFile
{
    /// <summary>Writes the file completely or not at all (<see cref="AtomicFile.Write"/>), or writes to standard output for
    /// <c>-</c>.</summary>
    /// <returns>The file's full path.</returns>
    public static Outcome<string> Write(string path, Frame frame, CancellationToken cancellation = default) => path == StandardStream.Dash
        ? StandardStream.Write(stream => Write(stream, frame, cancellation))
        : AtomicFile.Write(path, stream => Write(stream, frame, cancellation), cancellation);

    /// <summary>
    /// The same for rows that are made while they are written, such as those of blocks. If that fails, nothing is written, also not to
    /// standard output: its bytes are kept aside until all are there, many of them in a temporary file.
    /// </summary>
    /// <returns>The result of <paramref name="write"/>, if its bytes could be written.</returns>
    public static Outcome<T> Write<T>(string path, Func<Stream, Outcome<T>> write, CancellationToken cancellation = default)
    {
        if (path != StandardStream.Dash) return AtomicFile.Write(path, write, cancellation);
        using var aside = new Aside();
        return write(aside).Bind(made => StandardStream.Write(aside.CopyTo).Map(_ => made));
    }

    /// <summary>
    /// Writes a header and one line per row. Numbers are the shortest text that parses to the same double, in invariant notation;
    /// missing values are empty. <paramref name="stream"/> stays open.
    /// </summary>
    public static void Write(Stream stream, Frame frame, CancellationToken cancellation = default) =>
        Write(stream, frame, headed: true, cancellation);

    /// <summary>The same, without the header if <paramref name="headed"/> is false.</summary>
    public static void Write(Stream stream, Frame frame, bool headed, CancellationToken cancellation = default)
    {
        using var writer = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        if (headed) writer.WriteRecord(frame.Names.ToArray());
        var columns = frame.Columns.Select(named => named.Column).ToArray();
        for (var row = 0; row < frame.RowCount; row++)
        {
            if (row % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            foreach (var column in columns)
            {
                switch (column)
                {
                    case Column.Numeric numeric when !numeric.IsMissing(row):
                        writer.WriteField(numeric[row]);
                        break;
                    case Column.Categorical categorical when categorical.LevelOf(row) is { } text:
                        writer.WriteField(text);
                        break;
                    default:
                        writer.WriteField("");
                        break;
                }
            }

            writer.EndRecord();
        }
    }
}
