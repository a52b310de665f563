using System.Security.Cryptography;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Serving;

/// <summary>A loaded model, ready to predict. Immutable and thread-safe: a request uses one from its beginning to its end.</summary>
internal abstract class ServedModel(string name, ModelCard card, string digest, long bytes)
{
    public string Name => name;

    public ModelCard Card => card;

    /// <summary>The SHA-256 of the file, in hexadecimal.</summary>
    public string Digest => digest;

    /// <summary>The length of the file.</summary>
    public long Bytes => bytes;

    /// <summary>Loads a file. It is read once, so that the digest is that of the model.</summary>
    public static Outcome<ServedModel> Load(ModelSource source, Catalogue? catalogue) =>
        InputFile.Read(source.Path, "a model file", path => Outcome.Ok(File.ReadAllBytes(path))).Bind(file =>
        {
            using var stream = new MemoryStream(file);
            var digest = Convert.ToHexStringLower(SHA256.HashData(file));
            return ModelFile.Read<object>(stream, source.Path, catalogue).Bind(found => found.Model switch
            {
                IModel model => TableModel.Of(source.Name, new LoadedModel(model, found.Card), digest, file.Length),
                NetworkModel { Divisor: NetworkFile.Divisor, Levels.Count: > 0 } net =>
                    Outcome.Ok<ServedModel>(new ImageModel(source.Name, net, found.Card, digest, file.Length)),
                _ => Outcome.Fail<ServedModel>(source.Path, "is neither a model for tables nor a net for images",
                    "Give a file written by 'fstack fit' or 'fstack train --model'."),
            });
        });
}
