namespace FunctionalStack.Cluster.Wire;

/// <summary>The columns of a frame as bytes: everything of a frame that a fit may depend on.</summary>
internal static class FrameBytes
{
    public const byte Kind = (byte)'c';

    private const byte Numbers = 1;
    private const byte Categories = 2;

    public static Blob Of(Frame frame) => Blob.Of(Kind, writer =>
    {
        writer.Write(frame.RowCount);
        writer.Write(frame.Columns.Count);
        foreach (var column in frame.Columns) Write(writer, column);
    });

    /// <summary>The frame. Fails if the bytes are not those of a frame.</summary>
    public static Outcome<Frame> Read(byte[] bytes) => Blob.Read(bytes, Kind, reader =>
    {
        var (rows, count) = (reader.ReadInt32(), reader.ReadInt32());
        var columns = new List<NamedColumn>();
        for (var i = 0; i < count; i++) columns.Add(Column(reader, rows));
        return new Frame(rows, EquatableArray.From(columns));
    });

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
