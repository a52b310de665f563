using System.Buffers.Binary;
using System.Security.Cryptography;
using FunctionalStack.Neural;

namespace FunctionalStack.IO;

/// <summary>
/// A model in one self-describing file (docs/model-format.md): magic, format version, a JSON manifest, the model's
/// records, and a SHA-256 of all of it. Loading runs no code from the file and makes no type that the catalogue does not
/// list. A file that is truncated, altered or newer is refused with a message that says so.
/// </summary>
public static class ModelFile
{
    /// <summary>The format this version writes, and the newest it reads.</summary>
    public const int FormatVersion = 2;

    // The format of whole payloads, not in blocks.
    private const int Plain = 1;

    // Records of no fields take 4 bytes in a file and ten times as many in memory. A little is allowed whatever the size.
    private const long LeastMemory = 1 << 22;

    private const int HeadLength = 16;
    private const int LengthLength = sizeof(long);

    private static ReadOnlySpan<byte> Magic => "FSTACK\r\n"u8;

    /// <summary>Writes the file, all of it or nothing. Equal models and cards give equal bytes. The path, when it is done.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="model">
    /// A record of the catalogue: an <see cref="IModel"/>, or another that stands for itself, such as a network or a checkpoint.
    /// What carries a schema, as <see cref="Trained"/> and <see cref="LoadedModel"/> do, is saved as the model that it holds.
    /// </param>
    /// <param name="card">What people read of it.</param>
    /// <param name="catalogue">The records that it may hold; null for the library's.</param>
    public static Outcome<string> TrySave(string path, object model, ModelCard card, Catalogue? catalogue = null) =>
        Encode(path, model, card, ModelRegistry.Of(catalogue)).Bind(write => AtomicFile.Write(path, write));

    /// <summary>The same; what keeps the file from being written is thrown, so that it cannot be overlooked. The path.</summary>
    /// <exception cref="OutcomeException">The file could not be written.</exception>
    public static string Save(string path, object model, ModelCard card, Catalogue? catalogue = null) => TrySave(path, model, card, catalogue).OrThrow();

    /// <summary>Writes a model file to a stream.</summary>
    public static Outcome<string> Write(Stream stream, string name, object model, ModelCard card, Catalogue? catalogue = null) =>
        Encode(name, model, card, ModelRegistry.Of(catalogue)).Map(write =>
        {
            write(stream);
            return name;
        });

    /// <summary>The model of a file, which reads rows by the file's schema. Every bit is as it was saved.</summary>
    public static Outcome<LoadedModel> Load(string path, Catalogue? catalogue = null) =>
        Load<IModel>(path, catalogue).Map(found => new LoadedModel(found.Model, found.Card));

    /// <summary>The record of a file, which is to be a <typeparamref name="T"/> (<c>object</c> for any), and its card.</summary>
    public static Outcome<(T Model, ModelCard Card)> Load<T>(string path, Catalogue? catalogue = null) where T : class =>
        Load<T>(path, ModelRegistry.Of(catalogue));

    internal static Outcome<(T Model, ModelCard Card)> Load<T>(string path, ModelRegistry registry) where T : class =>
        Open(path, stream => Read<T>(stream, path, registry));

    /// <summary>The card of a file, after the same checks; the model is not made.</summary>
    public static Outcome<ModelCard> Describe(string path) => Open(path, stream => Refusal.Try(path, () => Check(stream).Card));

    /// <summary>The tag of the record that a file holds, such as <c>pipeline</c> or <c>network</c>, after the same checks.</summary>
    public static Outcome<string> Tag(string path) => Inspect(path, _ => false).Map(content => content.Tag);

    /// <summary>All of these by reading the file once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Whether to make the record of that tag.</param>
    /// <param name="catalogue">The records that it may hold; null for the library's.</param>
    public static Outcome<ModelContent> Inspect(string path, Func<string, bool> wanted, Catalogue? catalogue = null) =>
        Open(path, stream => Refusal.Try(path, () =>
        {
            var (version, card, at, length) = Check(stream);
            var tag = RecordCodec.TagOf(Payload(stream, version, at, length), length);
            return new ModelContent((int)version, tag, card, wanted(tag) ? Record(version, at, length) : null);

            object Record(uint version, long at, long length) => Agreeing(
                RecordCodec.Decode<object>(Payload(stream, version, at, length), length, Memory(stream), ModelRegistry.Of(catalogue)), card);
        }));

    /// <summary>The model in a stream that can seek, from its beginning to its end.</summary>
    /// <param name="stream">The bytes of a model file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="catalogue">The records that it may hold; null for the library's.</param>
    public static Outcome<LoadedModel> Read(Stream stream, string name, Catalogue? catalogue = null) =>
        Read<IModel>(stream, name, catalogue).Map(found => new LoadedModel(found.Model, found.Card));

    /// <summary>The record in such a stream, which is to be a <typeparamref name="T"/>, and its card.</summary>
    public static Outcome<(T Model, ModelCard Card)> Read<T>(Stream stream, string name, Catalogue? catalogue = null) where T : class =>
        Read<T>(stream, name, ModelRegistry.Of(catalogue));

    private static Outcome<(T Model, ModelCard Card)> Read<T>(Stream stream, string name, ModelRegistry registry) where T : class =>
        Refusal.Try(name, () =>
        {
            var (version, card, at, length) = Check(stream);
            return (Agreeing(RecordCodec.Decode<T>(Payload(stream, version, at, length), length, Memory(stream), registry), card), card);
        });

    // What people are told of a net's classes must be what it says.
    private static T Agreeing<T>(T record, ModelCard card) where T : class
    {
        var network = record switch { NetworkModel net => net.Network, Checkpoint checkpoint => checkpoint.Network, _ => null };
        if (network is null || card.Levels.Count == 0) return record;
        var outputs = network.Check().Match(plan => plan.Output.Size, failure => throw Refusal.Damaged($"its network is none: {failure}"));
        if (outputs != card.Levels.Count) throw Refusal.Damaged($"its manifest names {card.Levels.Count} classes, where its network has {outputs} outputs");
        if (record is NetworkModel { Levels: { Count: > 0 } levels } && levels != card.Levels) throw Refusal.Damaged(
            $"its manifest names the classes {Listed.Some([.. card.Levels])}, where its network has {Listed.Some([.. levels])}");
        return record;
    }

    /// <summary>What a model of so long a file may take: twice what its packed blocks can hold.</summary>
    private static long Memory(Stream stream) => LeastMemory + 2 * Blocks.MostFold * stream.Length;

    /// <summary>What fills spans with the payload, from its beginning.</summary>
    private static Action<Span<byte>> Payload(Stream stream, uint version, long at, long length)
    {
        stream.Position = at;
        var buffered = new BufferedStream(stream, 1 << 16);
        return version == Plain ? buffered.ReadExactly : new Blocks.Reader(buffered, length).ReadExactly;
    }

    internal static Outcome<Action<Stream>> Encode(string name, object model, ModelCard card, ModelRegistry registry) => Refusal.Try<Action<Stream>>(name, () =>
    {
        var manifest = Manifest.Write(model is IModel fitted ? card.For(fitted) : card);
        var (length, writePayload) = RecordCodec.Encode(model is IConformingModel conforming ? conforming.Model : model, registry);
        return stream =>
        {
            using var sha = SHA256.Create();
            using (var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
            using (var buffered = new BufferedStream(hashed, 1 << 16))
            {
                var head = new byte[HeadLength];
                Magic.CopyTo(head);
                BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), FormatVersion);
                BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), manifest.Length);
                buffered.Write(head);
                buffered.Write(manifest);
                var prefix = new byte[LengthLength];
                BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
                buffered.Write(prefix);
                var blocks = new Blocks.Writer(buffered);
                writePayload(blocks.Write);
                blocks.Flush();
            }

            stream.Write(sha.Hash);
        };
    });

    /// <summary>Magic, version, lengths, checksum, manifest, in that order; where the payload lies.</summary>
    private static (uint Version, ModelCard Card, long PayloadAt, long PayloadLength) Check(Stream stream)
    {
        var head = new byte[HeadLength];
        stream.Position = 0;
        var found = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (!head.AsSpan(0, Math.Min(found, Magic.Length)).SequenceEqual(Magic[..Math.Min(found, Magic.Length)]))
        {
            throw head.AsSpan(0, 6).SequenceEqual(Magic[..6])
                ? new Refusal("its line endings were changed on the way", "Transfer the file as binary, not as text.")
                : new Refusal("this is not a model file: it does not begin with FSTACK", "Give a file that fstack wrote.");
        }

        if (found < HeadLength) throw Ends(stream, HeadLength);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
        if (version > FormatVersion)
        {
            throw new Refusal($"it was written by a newer version (format {version}; this version reads up to {FormatVersion})", "Update fstack.");
        }

        if (version == 0) throw Refusal.Damaged("it claims format 0, which never was");

        var manifestLength = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12));
        var payloadAt = HeadLength + (long)manifestLength + LengthLength;
        if (payloadAt + SHA256.HashSizeInBytes > stream.Length) throw Ends(stream, payloadAt + SHA256.HashSizeInBytes);
        if (manifestLength > Array.MaxLength) throw Refusal.Damaged($"its manifest claims {manifestLength} bytes, more than an array holds");
        var manifest = new byte[manifestLength];
        var prefix = new byte[LengthLength];
        stream.ReadExactly(manifest);
        stream.ReadExactly(prefix);
        var payloadLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (payloadLength / Blocks.MostFold > (ulong)stream.Length) throw Refusal.Damaged($"it claims to hold {payloadLength} bytes, but has only {stream.Length}");
        var end = (version == Plain ? payloadAt + (long)payloadLength : Blocks.EndOf(stream, payloadAt, (long)payloadLength)) + SHA256.HashSizeInBytes;
        if (end > stream.Length) throw Ends(stream, end);
        if (end < stream.Length) throw Refusal.Damaged($"{stream.Length - end} bytes follow its end");

        if (!Hash(stream, stream.Length - SHA256.HashSizeInBytes).SequenceEqual(Hash256At(stream, stream.Length - SHA256.HashSizeInBytes)))
        {
            throw Refusal.Damaged("its checksum does not match: some of it was altered");
        }

        return (version, Manifest.Read(manifest), payloadAt, (long)payloadLength);
    }

    private static byte[] Hash(Stream stream, long length)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Math.Min(length, 1 << 16)];
        stream.Position = 0;
        for (var left = length; left > 0;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(piece);
            sha.AppendData(piece);
            left -= piece.Length;
        }

        return sha.GetHashAndReset();
    }

    private static byte[] Hash256At(Stream stream, long position)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        stream.Position = position;
        stream.ReadExactly(hash);
        return hash;
    }

    private static Refusal Ends(Stream stream, long needed) => Refusal.Damaged($"it ends early: it has {stream.Length} bytes, but needs at least {needed}");

    private static Outcome<T> Open<T>(string path, Func<Stream, Outcome<T>> read) => InputFile.Read(path, "a model file", file =>
    {
        using var stream = File.OpenRead(file);
        return read(stream);
    });
}
