using System.Buffers.Binary;
using System.Security.Cryptography;
using FunctionalStack.Neural;

namespace FunctionalStack.IO;

/// <summary>
/// A model in one self-describing file (docs/model-format.md): magic, format version, a JSON manifest, the model's records, and a
/// SHA-256 over everything. Loading runs no code from the file and creates only types that the catalogue lists. A file that is
/// truncated, altered or of a newer version fails to load with a message that gives the reason.
/// </summary>
public static class ModelFile
{
    /// <summary>The format version that this version writes, and the newest that it reads.</summary>
    public const int FormatVersion = 2;

    // The format with one uncompressed payload instead of blocks.
    private const int Plain = 1;

    // Records without fields take 4 bytes in a file and ten times as many in memory. A small amount is allowed for any file size.
    private const long LeastMemory = 1 << 22;

    private const int HeadLength = 16;
    private const int LengthLength = sizeof(long);

    private static ReadOnlySpan<byte> Magic => "FSTACK\r\n"u8;

    /// <summary>Writes the file completely or not at all. Equal models and cards give equal bytes. Returns the path.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="model">
    /// A record of the catalogue: an <see cref="IModel"/>, or another top-level record, such as a network or a checkpoint. A model with
    /// a schema, as <see cref="Trained"/> and <see cref="LoadedModel"/>, is saved as its inner model.
    /// </param>
    /// <param name="card">The description of the model.</param>
    /// <param name="catalogue">The allowed records; null for the library's.</param>
    public static Outcome<string> TrySave(string path, object model, ModelCard card, Catalogue? catalogue = null) =>
        Encode(path, model, card, ModelRegistry.Of(catalogue)).Bind(write => AtomicFile.Write(path, write));

    /// <summary>The same, but throws if the file cannot be written. Returns the path.</summary>
    /// <exception cref="OutcomeException">The file could not be written.</exception>
    public static string Save(string path, object model, ModelCard card, Catalogue? catalogue = null) =>
        TrySave(path, model, card, catalogue).OrThrow();

    /// <summary>Writes the model of a fit with the card of the fit (<see cref="ModelCard.Of(Trained, StackSpec?, Catalogue?)"/>).</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="fit">The result of a fit.</param>
    /// <param name="spec">The spec that was fitted; null if the model was composed in code.</param>
    /// <param name="catalogue">The allowed records; null for the library's.</param>
    /// <returns>The path. Fails if the file cannot be written, and for a part of a larger fit.</returns>
    public static Outcome<string> SaveFit(string path, Trained fit, StackSpec? spec = null, Catalogue? catalogue = null) =>
        ModelCard.Of(fit, spec, catalogue).Bind(card => TrySave(path, fit.Model, card, catalogue));

    /// <summary>Writes a model file to a stream.</summary>
    /// <param name="stream">The destination.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="model">A record of the catalogue.</param>
    /// <param name="card">The description of the model.</param>
    /// <param name="catalogue">The allowed records; null for the library's.</param>
    public static Outcome<string> Write(Stream stream, string name, object model, ModelCard card, Catalogue? catalogue = null) =>
        Encode(name, model, card, ModelRegistry.Of(catalogue)).Map(write =>
        {
            write(stream);
            return name;
        });

    /// <summary>The model of a file, which conforms rows to the file's schema. Its predictions are bit-identical to the saved model's.
    /// Fails if the file cannot be read.</summary>
    public static Outcome<LoadedModel> Load(string path, Catalogue? catalogue = null) =>
        Load<IModel>(path, catalogue).Map(found => new LoadedModel(found.Model, found.Card));

    /// <summary>The record of a file, which must be a <typeparamref name="T"/> (<c>object</c> for any), and its card. Fails if it is
    /// another record.</summary>
    public static Outcome<(T Model, ModelCard Card)> Load<T>(string path, Catalogue? catalogue = null) where T : class =>
        Load<T>(path, ModelRegistry.Of(catalogue));

    internal static Outcome<(T Model, ModelCard Card)> Load<T>(string path, ModelRegistry registry) where T : class =>
        Open(path, stream => Read<T>(stream, path, registry));

    /// <summary>The card of a file, after the same checks. The model is not created.</summary>
    public static Outcome<ModelCard> Describe(string path) => Open(path, stream => Refusal.Try(path, () => Check(stream).Card));

    /// <summary>The tag of a file's record, such as <c>pipeline</c> or <c>network</c>, after the same checks.</summary>
    public static Outcome<string> Tag(string path) => Inspect(path, _ => false).Map(content => content.Tag);

    /// <summary>The format, the tag, the card and optionally the record of a file, which is read once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Whether to create the record of a tag.</param>
    /// <param name="catalogue">The allowed records; null for the library's.</param>
    public static Outcome<ModelContent> Inspect(string path, Func<string, bool> wanted, Catalogue? catalogue = null) =>
        Open(path, stream => Refusal.Try(path, () =>
        {
            var (version, card, at, length) = Check(stream);
            var tag = RecordCodec.TagOf(Payload(stream, version, at, length), length);
            return new ModelContent((int)version, tag, card, wanted(tag) ? Record(version, at, length) : null);

            object Record(uint version, long at, long length) => Agreeing(
                RecordCodec.Decode<object>(Payload(stream, version, at, length), length, Memory(stream), ModelRegistry.Of(catalogue)),
                    card);
        }));

    /// <summary>The model in a seekable stream, from its beginning to its end.</summary>
    /// <param name="stream">The bytes of a model file.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="catalogue">The allowed records; null for the library's.</param>
    public static Outcome<LoadedModel> Read(Stream stream, string name, Catalogue? catalogue = null) =>
        Read<IModel>(stream, name, catalogue).Map(found => new LoadedModel(found.Model, found.Card));

    /// <summary>The record in a seekable stream, which must be a <typeparamref name="T"/>, and its card.</summary>
    public static Outcome<(T Model, ModelCard Card)> Read<T>(Stream stream, string name, Catalogue? catalogue = null) where T : class =>
        Read<T>(stream, name, ModelRegistry.Of(catalogue));

    internal static Outcome<(T Model, ModelCard Card)> Read<T>(Stream stream, string name, ModelRegistry registry) where T : class =>
        Refusal.Try(name, () =>
        {
            var (version, card, at, length) = Check(stream);
            return (Agreeing(RecordCodec.Decode<T>(Payload(stream, version, at, length), length, Memory(stream), registry), card), card);
        });

    // The manifest's classes must be the net's.
    private static T Agreeing<T>(T record, ModelCard card) where T : class
    {
        var network = record switch { NetworkModel net => net.Network, Checkpoint checkpoint => checkpoint.Network, _ => null };
        if (network is null || card.Levels.Count == 0) return record;
        var outputs = network.Check()
            .Match(plan => plan.Output.Size, failure => throw Refusal.Damaged($"its network is not valid: {failure}"));
        if (outputs != card.Levels.Count)
            throw Refusal.Damaged($"its manifest has {card.Levels.Count} classes, but its network has {outputs} outputs");
        if (record is NetworkModel { Levels: { Count: > 0 } levels } && levels != card.Levels) throw Refusal.Damaged(
            $"its manifest has the classes {Listed.Some([.. card.Levels])}, but its network has {Listed.Some([.. levels])}");
        return record;
    }

    /// <summary>The memory limit for a model from a file of this length: twice the maximum content of its blocks.</summary>
    private static long Memory(Stream stream) => LeastMemory + 2 * Blocks.MostFold * stream.Length;

    /// <summary>Fills spans with the payload, from its beginning.</summary>
    private static Action<Span<byte>> Payload(Stream stream, uint version, long at, long length)
    {
        stream.Position = at;
        var buffered = new BufferedStream(stream, 1 << 16);
        return version == Plain ? buffered.ReadExactly : new Blocks.Reader(buffered, length).ReadExactly;
    }

    internal static Outcome<Action<Stream>> Encode(string name, object model, ModelCard card, ModelRegistry registry) =>
        Refusal.Try<Action<Stream>>(name, () =>
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

    /// <summary>Checks magic, version, lengths, checksum and manifest, in this order. Returns the position of the payload.</summary>
    private static (uint Version, ModelCard Card, long PayloadAt, long PayloadLength) Check(Stream stream)
    {
        var head = new byte[HeadLength];
        stream.Position = 0;
        var found = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (!head.AsSpan(0, Math.Min(found, Magic.Length)).SequenceEqual(Magic[..Math.Min(found, Magic.Length)]))
        {
            throw head.AsSpan(0, 6).SequenceEqual(Magic[..6])
                ? new Refusal("its line endings were changed in transfer", "Transfer the file as binary, not as text.")
                : new Refusal("this is not a model file: it does not begin with FSTACK", "Give a file that fstack wrote.");
        }

        if (found < HeadLength) throw Ends(stream, HeadLength);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
        if (version > FormatVersion)
        {
            throw new Refusal($"it was written by a newer version (format {version}; this version reads up to {FormatVersion})",
                "Update fstack.");
        }

        if (version == 0) throw Refusal.Damaged("it has format 0, which does not exist");

        var manifestLength = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12));
        var payloadAt = HeadLength + (long)manifestLength + LengthLength;
        if (payloadAt + SHA256.HashSizeInBytes > stream.Length) throw Ends(stream, payloadAt + SHA256.HashSizeInBytes);
        if (manifestLength > Array.MaxLength)
            throw Refusal.Damaged($"its manifest's length is {manifestLength} bytes, more than an array can hold");
        var manifest = new byte[manifestLength];
        var prefix = new byte[LengthLength];
        stream.ReadExactly(manifest);
        stream.ReadExactly(prefix);
        var payloadLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (payloadLength / Blocks.MostFold > (ulong)stream.Length)
            throw Refusal.Damaged($"its payload's length is {payloadLength} bytes, but it has only {stream.Length}");
        var end = (version == Plain ? payloadAt + (long)payloadLength : Blocks.EndOf(stream, payloadAt, (long)payloadLength))
            + SHA256.HashSizeInBytes;
        if (end > stream.Length) throw Ends(stream, end);
        if (end < stream.Length) throw Refusal.Damaged($"{stream.Length - end} bytes follow its end");

        if (!Hash(stream, stream.Length - SHA256.HashSizeInBytes).SequenceEqual(Hash256At(stream, stream.Length - SHA256.HashSizeInBytes)))
        {
            throw Refusal.Damaged("its checksum does not match: its content was altered");
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

    private static Refusal Ends(Stream stream, long needed) =>
        Refusal.Damaged($"it ends early: it has {stream.Length} bytes, but needs at least {needed}");

    private static Outcome<T> Open<T>(string path, Func<Stream, Outcome<T>> read) => InputFile.Read(path, "a model file", file =>
    {
        using var stream = File.OpenRead(file);
        return read(stream);
    });
}
