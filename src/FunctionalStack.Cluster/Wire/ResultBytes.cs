using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster.Wire;

/// <summary>The result of a fit.</summary>
/// <param name="Model">The model, or the failure.</param>
/// <param name="Rows">The digest of the rows that it was ordered with.</param>
/// <param name="Held">The predictions of the held-out rows among these; null if there are none, or if they failed.</param>
internal sealed record FitResult(Outcome<IModel> Model, string Rows, Outcome<Prediction>.Ok? Held);

/// <summary>The result of a fit as bytes: the files that a run folder would have of it, or a failure.</summary>
internal static class ResultBytes
{
    private const byte Made = 1;
    private const byte Failed = 2;

    private static readonly ModelCard none = new("", default, new(default), 0);

    /// <summary>The records of results.</summary>
    public static ModelRegistry Registry(Catalogue catalogue) =>
        JournalEntry.Registered(catalogue.With(RecordTag.Of<HeldOnlyModel>("cluster.heldOnly")));

    public static Outcome<byte[]> Of(FitKey key, FitResult result, ModelRegistry registry)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        if (result.Model is not Outcome<IModel>.Ok model)
        {
            var failure = ((Outcome<IModel>.Fail)result.Model).Failure;
            writer.Write(Failed);
            writer.Write(failure.Where);
            writer.Write(failure.What);
            writer.Write(failure.Remedy);
            writer.Flush();
            return Outcome.Ok(stream.ToArray());
        }

        return from first in File(JournalEntry.Of(key, model), registry)
               from second in result.Held is { } held ? File(JournalEntry.Of(key, held), registry) : Outcome.Ok<byte[]>([])
               select Both(first, second);

        byte[] Both(byte[] first, byte[] second)
        {
            writer.Write(Made);
            writer.Write(result.Rows);
            writer.Write(first.Length);
            writer.Write(first);
            writer.Write(second);
            writer.Flush();
            return stream.ToArray();
        }
    }

    /// <summary>The result. Null if the bytes are no result of this fit, as after damage.</summary>
    public static FitResult? Read(byte[] bytes, FitKey key, ModelRegistry registry)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            switch (reader.ReadByte())
            {
                case Failed:
                    return new(Outcome.Fail<IModel>(reader.ReadString(), reader.ReadString(), reader.ReadString()), "", null);
                case Made:
                    var rows = reader.ReadString();
                    var first = reader.ReadBytes(reader.ReadInt32());
                    var second = reader.ReadBytes(bytes.Length);
                    if (Read<IModel>(first, key, registry) is not { } model) return null;
                    if (second.Length == 0) return new(model, rows, null);
                    return Read<Prediction>(second, key, registry) is { } held ? new(model, rows, held) : null;
                default: return null;
            }
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Outcome<byte[]> File(JournalEntry entry, ModelRegistry registry) =>
        ModelFile.Encode("a fit", entry, none, registry).Map(write =>
        {
            using var stream = new MemoryStream();
            write(stream);
            return stream.ToArray();
        });

    private static Outcome<T>.Ok? Read<T>(byte[] bytes, FitKey key, ModelRegistry registry) where T : class =>
        ModelFile.Read<JournalEntry>(new MemoryStream(bytes, writable: false), "a fit", registry)
            .Match<Outcome<T>.Ok?>(found => found.Model.As<T>(key), _ => null);
}
