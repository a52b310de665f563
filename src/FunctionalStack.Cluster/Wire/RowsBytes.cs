using System.Runtime.CompilerServices;

namespace FunctionalStack.Cluster.Wire;

/// <summary>Rows of a frame, as a silo holds them.</summary>
/// <param name="Rows">The training rows; null for all.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="Held">Other rows to predict; null for none.</param>
internal sealed record SentRows(EquatableArray<int>? Rows, Roles Roles, EquatableArray<int>? Held)
{
    // The digest of the content is computed once for all fits on these rows of a frame.
    private readonly ConditionalWeakTable<Frame, RowsDigest> digests = [];

    /// <summary>The training rows of a frame. Fails if it does not have them.</summary>
    public Outcome<LeafRows> Of(Frame frame)
    {
        if (!AreIn(frame, Rows) || !AreIn(frame, Held))
            return Outcome.Fail<LeafRows>("the rows of a fit", "are out of range", "Use one build on every node.");
        if ((Rows?.Count ?? frame.RowCount) != Roles.Count)
            return Outcome.Fail<LeafRows>("the rows of a fit", "are not as many as their targets", "Use one build on every node.");
        return Outcome.Ok(new LeafRows(frame, Rows, Roles) { Digest = digests.GetValue(frame, _ => new()) });
    }

    private static bool AreIn(Frame frame, EquatableArray<int>? rows) =>
        rows is not { } some || some.All(row => row >= 0 && row < frame.RowCount);
}

/// <summary>Rows as bytes: their numbers, their roles, and the rows to predict.</summary>
internal static class RowsBytes
{
    public const byte Kind = (byte)'r';

    private const byte Classes = 1;
    private const byte Values = 2;

    public static Blob Of(LeafRows rows, EquatableArray<int>? held) => Blob.Of(Kind, writer =>
    {
        Write(writer, rows.Rows);
        Write(writer, rows.Roles);
        Write(writer, held);
    });

    /// <summary>The rows. Fails if the bytes are not those of rows.</summary>
    public static Outcome<SentRows> Read(byte[] bytes) =>
        Blob.Read(bytes, Kind, reader => new SentRows(Elements<int>(reader), Roles(reader), Elements<int>(reader)));

    private static void Write(BinaryWriter writer, Roles roles)
    {
        switch (roles.Target)
        {
            case Target.Classes classes:
                writer.Write(Classes);
                writer.Write(classes.IsOrdered);
                writer.Write(classes.Levels);
                Write<int>(writer, classes.Codes);
                break;
            case Target.Numeric numbers:
                writer.Write(Values);
                Write<double>(writer, numbers.Values);
                break;
            default: throw new InvalidOperationException();
        }

        Write(writer, roles.Weights);
        Write(writer, roles.Groups);
        Write(writer, roles.Folds);
        Write(writer, roles.Time);
        writer.Write((int)roles.WeightKind);
        writer.Write(roles.Gap);
    }

    private static Roles Roles(BinaryReader reader)
    {
        Target target = reader.ReadByte() switch
        {
            Classes => OfClasses(reader),
            Values => new Target.Numeric(Elements<double>(reader) ?? default),
            var kind => throw new ArgumentException($"there is no target of kind {kind}"),
        };
        return new(target, Elements<double>(reader), Elements<int>(reader), Elements<int>(reader), Elements<double>(reader),
            (WeightKind)reader.ReadInt32())
        {
            Gap = reader.ReadDouble(),
        };
    }

    private static Target.Classes OfClasses(BinaryReader reader)
    {
        var isOrdered = reader.ReadBoolean();
        return new(reader.ReadNames(), Elements<int>(reader) ?? default, isOrdered);
    }

    private static void Write<T>(BinaryWriter writer, EquatableArray<T>? elements) where T : unmanaged
    {
        writer.Write(elements is not null);
        if (elements is not { } given) return;
        writer.Write(given.Count);
        writer.Write(given.AsSpan());
    }

    private static EquatableArray<T>? Elements<T>(BinaryReader reader) where T : unmanaged =>
        reader.ReadBoolean() ? reader.ReadElements<T>(reader.ReadInt32()) : null;
}
