using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FunctionalStack.IO.Tests.Models;

/// <summary>Model files as bytes, and ways to damage them.</summary>
internal static class Saved
{
    public static ModelCard Card { get; } = new(
        "Survived",
        EquatableArray.Of("0", "1"),
        new(EquatableArray.Of<ColumnSchema>(new ColumnSchema.Numeric("Age"),
            new ColumnSchema.Categorical("Hafen", EquatableArray.Of("C", "Ö")))),
        42,
        "PassengerId",
        """{"version":1,"learner":"majority"}""",
        EquatableArray.Of(new ScoreCard("stack", "stack", "accuracy", 0.1 + 0.2, double.NaN),
            new ScoreCard("knn", "base", "logLoss", double.PositiveInfinity, 0)),
        EquatableArray.Of(new MetadataCard("note", "\"Zitat\" <b> 数\n")));

    public static IModel Small { get; } = new PipelineModel(
        new CrossFitMap("zwei", EquatableArray.Of<IModel>(new Total(0.1, "a"), new Total(-0.0, "b")), new(StackMethod.Labels, true)),
        new Constant(EquatableArray.Of("no", "yes"), EquatableArray.Of(0.25, 0.75)));

    public static byte[] Bytes(IModel model, ModelCard? card = null, Catalogue? catalogue = null)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, "m.fstack", model, card ?? Card, catalogue ?? ModelGenerators.Catalogue).OrThrow();
        return stream.ToArray();
    }

    public static Outcome<LoadedModel> Read(byte[] bytes, Catalogue? catalogue = null) =>
        ModelFile.Read(new MemoryStream(bytes), "m.fstack", catalogue ?? ModelGenerators.Catalogue);

    public static Failure Refusal(byte[] bytes, Catalogue? catalogue = null) => Read(bytes, catalogue).Match(
        _ => throw new Xunit.Sdk.XunitException("the file was read, not refused"),
        failure => failure);

    public static int PayloadAt(byte[] file) => 24 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));

    /// <summary>The file with another payload, with matching lengths and checksum.</summary>
    public static byte[] WithPayload(byte[] file, byte[] payload)
    {
        using var stream = new MemoryStream();
        stream.Write(file.AsSpan(0, PayloadAt(file)));
        var blocks = new Blocks.Writer(stream);
        blocks.Write(payload);
        blocks.Flush();
        stream.Write(new byte[32]);
        var changed = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(PayloadAt(file) - 8), payload.Length);
        return Sealed(changed);
    }

    public static byte[] Payload(byte[] file)
    {
        var payload = new byte[BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(PayloadAt(file) - 8))];
        new Blocks.Reader(new MemoryStream(file) { Position = PayloadAt(file) }, payload.Length).ReadExactly(payload);
        return payload;
    }

    /// <summary>A file of an older version.</summary>
    public static byte[] OfFormat(int format)
    {
        using var resource = typeof(Saved).Assembly.GetManifestResourceStream($"format-{format}.fstack")!;
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }

    /// <summary>The file with a checksum that matches.</summary>
    public static byte[] Sealed(byte[] file)
    {
        SHA256.HashData(file.AsSpan(..^32)).CopyTo(file.AsSpan(file.Length - 32));
        return file;
    }
}
