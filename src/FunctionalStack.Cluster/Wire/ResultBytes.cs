using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster.Wire;

/// <summary>The result of a fit as bytes: the file that a run folder would have of it, or a failure.</summary>
internal static class ResultBytes
{
    private const byte Made = 1;
    private const byte Failed = 2;

    private static readonly ModelCard none = new("", default, new(default), 0);

    public static Outcome<byte[]> Of(FitKey key, Outcome<IModel> result, ModelRegistry registry)
    {
        using var stream = new MemoryStream();
        if (result is Outcome<IModel>.Fail { Failure: var failure })
        {
            stream.WriteByte(Failed);
            using var writer = new BinaryWriter(stream, Encoding.UTF8);
            writer.Write(failure.Where);
            writer.Write(failure.What);
            writer.Write(failure.Remedy);
            writer.Flush();
            return Outcome.Ok(stream.ToArray());
        }

        stream.WriteByte(Made);
        return ModelFile.Encode("a fit", JournalEntry.Of(key, (Outcome<IModel>.Ok)result), none, registry).Map(write =>
        {
            write(stream);
            return stream.ToArray();
        });
    }

    /// <summary>The result. Null if the bytes are no result of this fit, as after damage.</summary>
    public static Outcome<IModel>? Read(byte[] bytes, FitKey key, ModelRegistry registry)
    {
        if (bytes.Length == 0) return null;
        if (bytes[0] == Failed)
        {
            try
            {
                using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1), Encoding.UTF8);
                return Outcome.Fail<IModel>(reader.ReadString(), reader.ReadString(), reader.ReadString());
            }
            catch (Exception exception) when (exception is IOException or FormatException)
            {
                return null;
            }
        }

        using var stream = new MemoryStream(bytes, 1, bytes.Length - 1, writable: false);
        return ModelFile.Read<JournalEntry>(stream, "a fit", registry).Match<Outcome<IModel>?>(
            found => found.Model.As<IModel>(key), _ => null);
    }
}
