using System.Security.Cryptography;
using System.Text;

namespace FunctionalStack.Cluster.Wire;

/// <summary>The columns of a frame as bytes, sent to a silo once: everything of a frame that a fit may depend on.</summary>
/// <param name="Digest">The SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Bytes">The columns.</param>
internal sealed record FrameBytes(string Digest, byte[] Bytes)
{
    private const byte Numbers = 1;
    private const byte Categories = 2;

    public static FrameBytes Of(Frame frame)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(frame.RowCount);
            writer.Write(frame.Columns.Count);
            foreach (var column in frame.Columns) Write(writer, column);
        }

        var bytes = stream.ToArray();
        return new(DigestOf(bytes), bytes);
    }

    /// <summary>The frame. Fails if the bytes are not those of a frame, or have another digest.</summary>
    public static Outcome<Frame> Read(byte[] bytes, string digest)
    {
        if (DigestOf(bytes) != digest) return Outcome.Fail<Frame>("a frame", "was damaged on its way", "Send it again.");
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            var (rows, count) = (reader.ReadInt32(), reader.ReadInt32());
            var columns = new List<NamedColumn>();
            for (var i = 0; i < count; i++) columns.Add(Column(reader, rows));
            return Outcome.Ok(new Frame(rows, EquatableArray.From(columns)));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or OverflowException or FormatException)
        {
            return Outcome.Fail<Frame>("a frame", $"cannot be read: {exception.Message.TrimEnd('.')}", "Use one build on every node.");
        }
    }

    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(BinaryWriter writer, NamedColumn column)
    {
        writer.Write(column.Name);
        writer.Write(column.Origin is not null);
        if (column.Origin is { } origin)
        {
            writer.Write(origin.Base);
            writer.Write(origin.Level is not null);
            if (origin.Level is { } level) writer.Write(level);
            writer.Write((int)origin.StackMethod);
        }

        switch (column.Column)
        {
            case Column.Numeric numbers:
                writer.Write(Numbers);
                writer.Write<double>(numbers.ToArray());
                break;
            case Column.Categorical categories:
                writer.Write(Categories);
                writer.Write(categories.Levels);
                writer.Write<int>(categories.ToArray());
                break;
            default: throw new InvalidOperationException();
        }
    }

    private static NamedColumn Column(BinaryReader reader, int rows)
    {
        var name = reader.ReadString();
        var origin = reader.ReadBoolean()
            ? new PredictionOrigin(reader.ReadString(), reader.ReadBoolean() ? reader.ReadString() : null,
                (StackMethod)reader.ReadInt32())
            : null;
        Column column = reader.ReadByte() switch
        {
            Numbers => new Column.Numeric(reader.ReadElements<double>(rows)),
            Categories => new Column.Categorical(reader.ReadNames(), reader.ReadElements<int>(rows)),
            var kind => throw new ArgumentException($"there is no column of kind {kind}"),
        };
        return new(name, column) { Origin = origin };
    }
}
