using FunctionalStack.IO;

namespace FunctionalStack.Columnar;

/// <summary>The format of a file of a table.</summary>
public enum TableFormat
{
    /// <summary>Comma-separated text.</summary>
    Csv,

    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>Arrow IPC, also called Feather.</summary>
    Arrow,
}

/// <summary>Reads tables from CSV, Parquet and Arrow files, whichever a file is by its content.</summary>
public static class TableFile
{
    private const string Kind = "a CSV, Parquet or Arrow file";

    /// <summary>
    /// Reads the file at <paramref name="path"/>, or CSV text from standard input for <c>-</c>. The first bytes of the file decide its
    /// format; its extension has no effect.
    /// </summary>
    /// <returns>The table. Fails like <see cref="Table.Read(string)"/>, <see cref="ParquetFile.Read(string)"/> and
    /// <see cref="ArrowFile.Read(string)"/>.</returns>
    public static Outcome<Table> Read(string path) => FormatOf(path).Bind(format => format switch
    {
        TableFormat.Parquet => ParquetFile.Read(path),
        TableFormat.Arrow => ArrowFile.Read(path),
        _ => Table.Read(path),
    });

    /// <summary>The features and roles of a table in a file of any format (<see cref="DatasetReader.Read(Table, TableRoles)"/>).</summary>
    public static Outcome<TrainingTable> Read(string path, TableRoles roles) =>
        Read(path).Bind(table => DatasetReader.Read(table, roles));

    /// <summary>The rows of a file in blocks: of a CSV file a part at a time; of other files all rows in one block.</summary>
    public static Outcome<TableBlocks> Blocks(string path) => FormatOf(path).Bind(format => format == TableFormat.Csv
        ? TableBlocks.Open(path) : Read(path).Map(TableBlocks.Of));

    /// <summary>The format of a file by its first bytes; CSV for <c>-</c>, for pipes and devices, which can be read only once, and for
    /// everything that is no other.</summary>
    /// <returns>The format. Fails if the file does not exist or cannot be read, and for encrypted Parquet and Feather of version
    /// 1.</returns>
    public static Outcome<TableFormat> FormatOf(string path) => path == StandardStream.Dash || RealPath.IsSpecial(path)
        ? Outcome.Ok(TableFormat.Csv)
        : ColumnarFile.Open(path, Kind, stream =>
        {
            Span<byte> start = stackalloc byte[8];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (start.StartsWith("PARE"u8)) return Outcome.Fail<TableFormat>(path, "is an encrypted Parquet file", "Decrypt it first.");
            if (start.StartsWith("FEA1"u8))
                return Outcome.Fail<TableFormat>(path, "is a Feather file of version 1", "Write it as version 2, which is Arrow IPC.");
            return Outcome.Ok(start.StartsWith("PAR1"u8) ? TableFormat.Parquet
                : start.StartsWith(ArrowFile.Magic) || IsArrowStream(start) ? TableFormat.Arrow
                : TableFormat.Csv);
        });

    // A stream starts with the length of the first message, after a mark that no UTF-8 text has.
    private static bool IsArrowStream(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]);
}
