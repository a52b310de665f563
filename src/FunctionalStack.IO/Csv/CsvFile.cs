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
    /// Writes a header and one line per row. Numbers are the shortest text that parses to the same double, in invariant notation;
    /// missing values are empty. <paramref name="stream"/> stays open.
    /// </summary>
    public static void Write(Stream stream, Frame frame, CancellationToken cancellation = default)
    {
        using var writer = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord(frame.Names.ToArray());
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
