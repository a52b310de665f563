using System.Text;
using System.Text.Json;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster.Wire;

/// <summary>A leaf as bytes, without its frame, which is sent apart.</summary>
internal static class LeafBytes
{
    private const byte Classes = 1;
    private const byte Values = 2;

    /// <summary>Null for a learner that specs have no name for: it is fitted where it is.</summary>
    public static byte[]? Of(Leaf leaf, SpecNames names)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        if (LearnerText(leaf.Learner, names) is not { } learner) return null;
        writer.Write(learner);
        writer.Write(leaf.Seed.State);
        Write(writer, leaf.Rows.Rows);
        Write(writer, leaf.Rows.Roles);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The leaf with these columns. Fails if the bytes are not those of a leaf.</summary>
    public static Outcome<Leaf> Read(byte[] bytes, Frame allRows, SpecNames names)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            using var document = JsonDocument.Parse(reader.ReadString(), new() { MaxDepth = SpecFile.MaxDepth });
            var learner = new NestedLearner(names).Read(new(document.RootElement, "$"));
            var seed = new Seed(reader.ReadUInt64());
            var rows = Elements<int>(reader);
            var roles = Roles(reader);
            if (rows?.Any(row => row < 0 || row >= allRows.RowCount) == true)
                throw new ArgumentException("a row is out of range");
            var selected = new LeafRows(allRows, rows, roles);
            // Checks the roles.
            _ = selected.Data;
            return learner is ILeafLearner leaf
                ? Outcome.Ok(new Leaf(leaf, selected, seed))
                : Outcome.Fail<Leaf>("a fit", $"is of {learner.Name}, which is no single fit", "Use one build on every node.");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException
            or JsonException or Refusal)
        {
            return Outcome.Fail<Leaf>("a fit", $"cannot be read: {exception.Message.TrimEnd('.')}", "Use one build on every node.");
        }
    }

    private static string? LearnerText(ILearner learner, SpecNames names)
    {
        using var stream = new MemoryStream();
        try
        {
            using (var json = new Utf8JsonWriter(stream)) new NestedLearner(names).Write(json, learner);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (Exception exception) when (exception is Refusal or ArgumentException)
        {
            // A learner without a name in specs, or a parameter that JSON does not carry, such as NaN.
            return null;
        }
    }

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
