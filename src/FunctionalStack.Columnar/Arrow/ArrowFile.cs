using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using FunctionalStack.IO;
using Table = FunctionalStack.IO.Table;

namespace FunctionalStack.Columnar;

/// <summary>Reads and writes Arrow IPC files, which are also called Feather files of version 2, and reads Arrow IPC streams.</summary>
public static class ArrowFile
{
    private const string Kind = "an Arrow file";

    internal static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>
    /// Reads an Arrow IPC file or stream as a table. Its columns have the types of the file's schema; docs/data.md says how they are
    /// read.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The table. Fails if the file does not exist, is damaged, has no rows, or has a nested or binary column.</returns>
    public static Outcome<Table> Read(string path) => ColumnarFile.Open(path, Kind, stream => Read(path, stream));

    /// <summary>The same from a stream, which can be sought; messages use <paramref name="name"/>.</summary>
    public static Outcome<Table> Read(string name, Stream stream) => ColumnarFile.Try(name, Kind, () =>
    {
        Span<byte> start = stackalloc byte[sizeof(long)];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Seek(-read, SeekOrigin.Current);
        var isFile = start.StartsWith(Magic);
        // The reader allocates what a stream says of its first message.
        var first = BinaryPrimitives.ReadInt64LittleEndian(start) is var words && (int)words == -1 ? (int)(words >> 32) : (int)words;
        if (!isFile && first > stream.Length)
            return Outcome.Fail<Table>(name, $"cannot be read as {Kind}: its first message is longer than the file", ColumnarFile.Damaged);
        var allocator = new BoundedAllocator(stream.Length);
        using var reader = isFile
            ? new ArrowFileReader(stream, allocator, new CompressionCodecFactory(), leaveOpen: true)
            : new ArrowStreamReader(stream, allocator, new CompressionCodecFactory(), leaveOpen: true);
        return Columns(name, reader, allocator).Bind(columns => Table.Of(name, columns));
    });

    /// <summary>
    /// Writes a frame as an Arrow IPC file: numeric columns as doubles, categorical columns as strings, missing values as nulls. The file
    /// is written completely or not at all (<see cref="AtomicFile"/>).
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <returns>The file's full path.</returns>
    public static Outcome<string> Write(string path, Frame frame, CancellationToken cancellation = default) =>
        AtomicFile.Write(path, stream => Write(stream, frame, cancellation), cancellation);

    /// <summary>The same to a stream, which stays open.</summary>
    public static void Write(Stream stream, Frame frame, CancellationToken cancellation = default)
    {
        var schema = new Apache.Arrow.Schema.Builder();
        foreach (var named in frame.Columns)
        {
            schema.Field(field => field.Name(named.Name).Nullable(true).DataType(
                named.Column is FunctionalStack.Column.Numeric
                    ? Apache.Arrow.Types.DoubleType.Default : Apache.Arrow.Types.StringType.Default));
        }

        cancellation.ThrowIfCancellationRequested();
        using var batch = new RecordBatch(schema.Build(), frame.Columns.Select(named => Values(named.Column)), frame.RowCount);
        using var writer = new ArrowFileWriter(stream, batch.Schema, leaveOpen: true);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    private static IArrowArray Values(Column column)
    {
        if (column is Column.Numeric numeric)
        {
            var numbers = new DoubleArray.Builder().Reserve(numeric.Count);
            foreach (var number in numeric.ToArray())
            {
                if (double.IsNaN(number)) numbers.AppendNull();
                else numbers.Append(number);
            }

            return numbers.Build();
        }

        var categories = (Column.Categorical)column;
        var strings = new StringArray.Builder().Reserve(categories.Count);
        for (var row = 0; row < categories.Count; row++)
        {
            if (categories.LevelOf(row) is { } level) strings.Append(level);
            else strings.AppendNull();
        }

        return strings.Build();
    }

    private static Outcome<EquatableArray<NamedTypedColumn>> Columns(string name, ArrowStreamReader reader,
        BoundedAllocator allocator)
    {
        var fields = reader.Schema.FieldsList;
        foreach (var field in fields)
        {
            if (ArrowColumn.Refused(field.DataType) is { } type)
                return ColumnarFile.Unsupported<EquatableArray<NamedTypedColumn>>(name, field.Name, type);
        }

        var parts = fields.Select(_ => new List<TypedColumn>()).ToArray();
        // Batches are not disposed: that of a compressed file frees a dictionary which later batches use (Apache.Arrow 23.0).
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                if (!allocator.Holds(batch.Column(i)))
                {
                    return Outcome.Fail<EquatableArray<NamedTypedColumn>>($"{name}, column {fields[i].Name}",
                        $"has {batch.Column(i).Length} rows without data for them", ColumnarFile.Damaged);
                }

                var read = ColumnarFile.Try($"{name}, column {fields[i].Name}", Kind, () => Outcome.Ok(ArrowColumn.Of(batch.Column(i))));
                if (read is Outcome<TypedColumn>.Fail { Failure: var failure })
                    return new Outcome<EquatableArray<NamedTypedColumn>>.Fail(failure);
                parts[i].Add(read.OrThrow());
            }
        }

        return Outcome.Ok(EquatableArray.From(fields.Select((field, i) => new NamedTypedColumn(
            field.Name, parts[i].Count == 0 ? new TypedColumn.Numbers([]) : TypedValues.Concat(parts[i])))));
    }
}
