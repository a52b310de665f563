using System.Text;
using System.Text.Json;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster.Wire;

/// <summary>The learner and the seed of a leaf as bytes. Its rows are sent apart.</summary>
internal static class LeafBytes
{
    private const byte NoTransform = 0;
    private const byte Step = 1;
    private const byte Chained = 2;
    private const byte Same = 3;

    // Far deeper than real pipelines.
    private const int MaxDepth = 64;

    /// <summary>The learner as bytes; null for one that specs have no name for, which is fitted where it is.</summary>
    public static byte[]? Of(ILearner learner, SpecNames names)
    {
        try
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream, Encoding.UTF8);
            var (transform, last) = learner is Pipeline pipeline ? (pipeline.Transform, pipeline.Learner) : (null, learner);
            writer.Write(Json(json => new NestedLearner(names).Write(json, last)));
            if (transform is null) writer.Write(NoTransform);
            else Write(writer, transform, names);
            writer.Flush();
            var bytes = stream.ToArray();
            // A spec says the same of some compositions that differ in their seeds, such as steps grouped in another way.
            return Learner(new BinaryReader(new MemoryStream(bytes)), names).Equals(learner) ? bytes : null;
        }
        catch (Exception exception) when (exception is Refusal or ArgumentException or JsonException)
        {
            // A learner without a name in specs, or a parameter that JSON does not carry, such as NaN.
            return null;
        }
    }

    /// <summary>The learner and the seed, as a silo is sent them.</summary>
    public static byte[] Of(byte[] learner, Seed seed) => [.. BitConverter.GetBytes(seed.State), .. learner];

    /// <summary>The leaf on these rows. Fails if the bytes are not those of a leaf.</summary>
    public static Outcome<Leaf> Read(byte[] bytes, LeafRows rows, SpecNames names)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            var seed = new Seed(reader.ReadUInt64());
            var learner = Learner(reader, names);
            return learner is ILeafLearner or Pipeline { IsLeaf: true }
                ? Outcome.Ok(new Leaf(learner, rows, seed))
                : Outcome.Fail<Leaf>("a fit", $"is of {learner.Name}, which is no single fit", "Use one build on every node.");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException
            or JsonException or Refusal)
        {
            return Outcome.Fail<Leaf>("a fit", $"cannot be read: {exception.Message.TrimEnd('.')}", "Use one build on every node.");
        }
    }

    private static ILearner Learner(BinaryReader reader, SpecNames names)
    {
        using var document = Document(reader);
        var learner = new NestedLearner(names).Read(new(document.RootElement, "$"));
        return Transform(reader, names, 0) is { } transform ? new Pipeline(transform, learner) : learner;
    }

    private static void Write(BinaryWriter writer, ITransform transform, SpecNames names)
    {
        switch (transform)
        {
            case Chain chain:
                writer.Write(Chained);
                Write(writer, chain.First, names);
                Write(writer, chain.Second, names);
                break;
            case Identity:
                writer.Write(Same);
                break;
            default:
                writer.Write(Step);
                writer.Write(Json(json => new SpecWriter(json, names).Write(transform)));
                break;
        }
    }

    private static ITransform? Transform(BinaryReader reader, SpecNames names, int depth)
    {
        if (depth > MaxDepth) throw new ArgumentException("it has too many steps");
        switch (reader.ReadByte())
        {
            case NoTransform when depth == 0: return null;
            case Same: return new Identity();
            case Chained: return new Chain(Transform(reader, names, depth + 1)!, Transform(reader, names, depth + 1)!);
            case Step:
                using (var document = Document(reader)) return new SpecReader(names).Transform(new(document.RootElement, "$"));
            case var kind: throw new ArgumentException($"there is no step of kind {kind}");
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonDocument Document(BinaryReader reader) =>
        JsonDocument.Parse(reader.ReadString(), new() { MaxDepth = SpecFile.MaxDepth });
}
