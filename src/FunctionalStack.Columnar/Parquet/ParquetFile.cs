using FunctionalStack.IO;
using Parquet;
using Parquet.Schema;

namespace FunctionalStack.Columnar;

/// <summary>Reads and writes Parquet files.</summary>
public static class ParquetFile
{
    private const string Kind = "a Parquet file";

    /// <summary>
    /// Reads a Parquet file as a table. Its columns have the types of the file's schema; docs/data.md says how they are read.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The table. Fails if the file does not exist, is damaged, has no rows, or has a nested or binary column.</returns>
    public static Outcome<Table> Read(string path) => ColumnarFile.Open(path, Kind, stream => Read(path, stream));

    /// <summary>The same from a stream, which can be sought; messages use <paramref name="name"/>.</summary>
    public static Outcome<Table> Read(string name, Stream stream) => ColumnarFile.Try(name, Kind, () =>
    {
        if (ParquetFooter.Fault(stream) is { } fault)
            return Outcome.Fail<Table>(name, $"cannot be read as {Kind}: {fault}", ColumnarFile.Damaged);
        var options = new ParquetOptions { UseDateOnlyTypeForDates = true };
        var reader = Done(ParquetReader.CreateAsync(stream, options, leaveStreamOpen: true));
        try
        {
            return Columns(name, reader).Bind(columns => Table.Of(name, columns));
        }
        finally
        {
            Done(reader.DisposeAsync());
        }
    });

    /// <summary>
    /// Writes a frame: numeric columns as doubles, categorical columns as strings, missing values as nulls; compressed with Snappy. The
    /// file is written completely or not at all (<see cref="AtomicFile"/>).
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="frame">At least one column.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <returns>The file's full path.</returns>
    public static Outcome<string> Write(string path, Frame frame, CancellationToken cancellation = default) =>
        AtomicFile.Write(path, stream =>
    {
        // The format needs positions, which pipes and devices do not have.
        if (stream.CanSeek)
        {
            Write(stream, frame, cancellation);
            return;
        }

        using var bytes = new MemoryStream();
        Write(bytes, frame, cancellation);
        bytes.Position = 0;
        bytes.CopyTo(stream);
    }, cancellation);

    /// <summary>The same to a stream, which stays open.</summary>
    public static void Write(Stream stream, Frame frame, CancellationToken cancellation = default) =>
        Task.Run(() => WriteAll(stream, frame, cancellation), CancellationToken.None).GetAwaiter().GetResult();

    private static void WriteAll(Stream stream, Frame frame, CancellationToken cancellation)
    {
        var fields = frame.Columns.Select(named => named.Column is Column.Numeric
            ? (DataField)new DataField<double?>(named.Name) : new DataField<string>(named.Name)).ToArray();
        var writer = Done(ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation));
        try
        {
            using var group = writer.CreateRowGroup();
            foreach (var (field, named) in fields.Zip(frame.Columns))
            {
                cancellation.ThrowIfCancellationRequested();
                if (named.Column is Column.Numeric numbers)
                    Done(group.WriteAsync<double>(field,
                        Array.ConvertAll(numbers.ToArray(), number => double.IsNaN(number) ? (double?)null : number)));
                else
                    Done(group.WriteAsync(field, [.. Strings((Column.Categorical)named.Column)]));
            }
        }
        finally
        {
            Done(writer.DisposeAsync());
        }
    }

    private static IEnumerable<string> Strings(Column.Categorical column) =>
        Enumerable.Range(0, column.Count).Select(row => column.LevelOf(row)!);

    private static Outcome<EquatableArray<NamedTypedColumn>> Columns(string name, ParquetReader reader)
    {
        var rows = reader.RowGroups.Sum(group => group.RowCount);
        if (rows > Array.MaxLength) return Outcome.Fail<EquatableArray<NamedTypedColumn>>(
            name, $"has {rows} rows, more than a table holds", $"Give a file of at most {Array.MaxLength} rows.");
        return Outcome.All(reader.Schema.Fields.Select(field => field is DataField { IsArray: false } plain
            ? ColumnarFile.Try($"{name}, column {field.Name}", Kind, () => new ParquetColumn(name, reader, plain, (int)rows).Read())
                .Map(column => new NamedTypedColumn(field.Name, column))
            : ColumnarFile.Unsupported<NamedTypedColumn>(name, field.Name, Nested(field.SchemaType))));
    }

    private static string Nested(SchemaType type) => type switch
    {
        SchemaType.Map => "maps",
        SchemaType.Struct => "structs",
        _ => "lists",
    };

    // Only on threads of the pool: see ColumnarFile.Try.
    private static T Done<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Done(Task task) => task.GetAwaiter().GetResult();

    private static void Done(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
