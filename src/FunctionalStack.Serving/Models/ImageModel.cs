using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>A net for images.</summary>
internal sealed class ImageModel(string name, NetworkModel net, ModelCard card, string digest, long bytes)
    : ServedModel(name, card, digest, bytes)
{
    // 4,096 x 4,096. A small file of a huge picture must not take much memory.
    private const long MostPixels = 1 << 24;

    public Neural.Shape Input => net.Network.Input;

    /// <summary>The probabilities of the classes for pictures, as <c>fstack predict --images</c> computes them.</summary>
    /// <param name="pictures">PNG, JPEG, BMP or GIF files.</param>
    /// <param name="cancellation">Checked before each picture.</param>
    /// <exception cref="Refused">A picture cannot be read, or has another size than the net reads.</exception>
    public Outcome<Prediction> Predict(IReadOnlyList<byte[]> pictures, CancellationToken cancellation)
    {
        using var backend = new HostBackend(1);
        return Blocks.Predict(pictures.Count, Inference.Batch, (from, count) => Block(pictures, from, count), cancellation);

        Outcome<Prediction> Block(IReadOnlyList<byte[]> all, int from, int count)
        {
            var (size, notes, pixels) = (Input.Size, new List<Note>(), new byte[count * Input.Size]);
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Picture($"image {from + i + 1}", all[from + i], notes).CopyTo(pixels.AsSpan(i * size));
            }

            return Inference.Predict(backend, net.Network, net.Variables, new Examples.Bytes(Input, EquatableArray.Own(pixels)),
                LossKind.SoftmaxCrossEntropy).Map<Prediction>(outputs => outputs.Probabilities(net.Levels))
                .Noting(EquatableArray.From(notes));
        }
    }

    private byte[] Picture(string where, byte[] file, List<Note> notes)
    {
        var size = NetworkFile.Resizes(Card) ? new ImageSize(Input.Height, Input.Width) : (ImageSize?)null;
        var outcome = Pictures.Decode(where, file, MostPixels)
            .Bind(decoded => Input.Channels == 1 ? Grey(where, decoded) : Outcome.Ok(decoded))
            .Bind(decoded => ImageSource.Fitted(where, decoded, Input, size));
        notes.AddRange(outcome.Notes);
        return outcome.Match(picture => picture.Pixels,
            failure => throw new Refused(StatusCodes.Status422UnprocessableEntity, failure.ToString()));
    }

    // Pages and cameras make pictures in colour. Equal channels are one; others are weighed as in ITU-R BT.601.
    private static Outcome<DecodedImage> Grey(string where, DecodedImage picture)
    {
        if (picture.Channels == 1) return Outcome.Ok(picture);
        var (grey, changed) = (new byte[picture.Pixels.Length / 3], false);
        for (var i = 0; i < grey.Length; i++)
        {
            var (red, green, blue) = (picture.Pixels[3 * i], picture.Pixels[3 * i + 1], picture.Pixels[3 * i + 2]);
            changed = changed || red != green || green != blue;
            grey[i] = (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }

        return new Outcome<DecodedImage>.Ok(picture with { Channels = 1, Pixels = grey },
            changed ? [new(where, "is in colour, and is read as grey")] : default);
    }
}
