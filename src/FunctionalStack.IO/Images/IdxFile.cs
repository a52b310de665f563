using System.Buffers.Binary;
using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>Grey images of one size, as in an IDX file.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="Height">Rows of pixels per image; at least 1.</param>
/// <param name="Width">Pixels per row; at least 1.</param>
/// <param name="Pixels">Count x Height x Width bytes, by image and row; 0 is the background, 255 full ink.</param>
public sealed record IdxImages(int Count, int Height, int Width, EquatableArray<byte> Pixels);

/// <summary>
/// IDX files, the format of MNIST (LeCun, Cortes and Burges): a magic number of two zeros, the element type and the number of
/// dimensions, then the dimensions (big-endian, 32 bits each), then the elements. Files may be gzip-compressed; this is detected
/// from the first bytes, not the name.
/// </summary>
public static class IdxFile
{
    // The buffer grows with the bytes read, so that a header alone cannot cause a large allocation.
    private const int FirstPiece = 1 << 20;

    /// <summary>Reads images: unsigned bytes in three dimensions.</summary>
    /// <returns>At least one image. Fails if the file does not exist, is empty, of another kind, truncated, too long or has a dimension of
    /// 0.</returns>
    public static Outcome<IdxImages> ReadImages(string path) =>
        Read(path, IdxMagic.Images, (sizes, pixels) => new IdxImages(sizes[0], sizes[1], sizes[2], EquatableArray.Own(pixels)));

    /// <summary>Reads labels: unsigned bytes in one dimension.</summary>
    /// <returns>At least one label, each from 0 to 255. Fails as <see cref="ReadImages"/> does.</returns>
    public static Outcome<EquatableArray<int>> ReadLabels(string path) =>
        Read(path, IdxMagic.Labels, (_, labels) => EquatableArray.Own(Array.ConvertAll(labels, label => (int)label)));

    /// <summary>Reads images and their labels.</summary>
    /// <param name="imagesPath">The file of the images.</param>
    /// <param name="labelsPath">The file of the labels.</param>
    /// <param name="classes">The number of classes; labels are below it.</param>
    /// <returns>Fails also if the two files differ in number, or a label is not one of the classes.</returns>
    public static Outcome<ImageSplit> ReadPair(string imagesPath, string labelsPath, int classes = 256) =>
        from images in ReadImages(imagesPath)
        from labels in ReadLabels(labelsPath)
        from split in Paired(imagesPath, labelsPath, classes, images, labels)
        select split;

    private static Outcome<ImageSplit> Paired(string imagesPath, string labelsPath, int classes, IdxImages images,
        EquatableArray<int> labels)
    {
        if (images.Count != labels.Count)
        {
            return Outcome.Fail<ImageSplit>(labelsPath, $"it has {labels.Count} labels, but '{imagesPath}' has {images.Count} images",
                "Give two files of the same images.");
        }

        var beyond = labels.AsSpan().IndexOfAnyInRange(classes, int.MaxValue);
        return beyond < 0
            ? Outcome.Ok(new ImageSplit(images.Height, images.Width, 1, images.Pixels, labels))
            : Outcome.Fail<ImageSplit>(labelsPath,
                $"image {beyond + 1} has label {labels[beyond]}, but the {classes} classes are 0 to {classes - 1}",
                "Correct the label, or give the labels of these images.");
    }

    /// <summary>Writes images, completely or not at all; compressed if the name ends in <c>.gz</c>.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ArgumentException">The pixels are not Count x Height x Width.</exception>
    public static Outcome<string> WriteImages(string path, IdxImages images) =>
        images.Pixels.Count != (long)images.Count * images.Height * images.Width
            ? throw new ArgumentException($"{images.Pixels.Count} pixels are not {images.Count} x {images.Height} x {images.Width}",
                nameof(images))
            : Write(path, IdxMagic.Images, [images.Count, images.Height, images.Width], images.Pixels.ToArray());

    /// <summary>Writes labels, completely or not at all; compressed if the name ends in <c>.gz</c>.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is not from 0 to 255.</exception>
    public static Outcome<string> WriteLabels(string path, EquatableArray<int> labels) =>
        labels.AsSpan().IndexOfAnyExceptInRange(0, byte.MaxValue) is var beyond and >= 0
            ? throw new ArgumentOutOfRangeException(nameof(labels), labels[beyond], "a label is a byte")
            : Write(path, IdxMagic.Labels, [labels.Count], Array.ConvertAll(labels.ToArray(), label => (byte)label));

    private static Outcome<T> Read<T>(string path, IdxMagic expected, Func<int[], byte[], T> make) =>
        InputFile.Read(path, $"an IDX file of {expected.Kind}", file => Refusal.Try(path, () =>
        {
            using var stream = Fingerprint.Open(file);
            if (stream.Length == 0) throw Damaged("it is empty");
            try
            {
                if (!Fingerprint.IsGzip(stream)) return Read(stream, expected, make);
                using var unpacked = Gunzip.Open(stream);
                return Read(unpacked, expected, make);
            }
            catch (InvalidDataException)
            {
                throw Damaged("its compressed data is damaged, ends early, or is followed by other data");
            }
        }));

    private static T Read<T>(Stream stream, IdxMagic expected, Func<int[], byte[], T> make)
    {
        var magic = new byte[4];
        var found = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        expected.Check(magic.AsSpan(0, found));
        var header = new byte[4 * expected.Dimensions];
        found = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (found < header.Length) throw Damaged($"it ends within its header, after {4 + found} bytes");
        var sizes = Enumerable.Range(0, expected.Dimensions).Select(i => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i)))
            .ToArray();
        var product = string.Join(" x ", sizes);
        if (sizes.Contains(0u)) throw Damaged($"it declares {product} {expected.Kind}, which is none");
        var total = sizes.Aggregate(UInt128.One, (so, far) => so * far);
        if (total > (UInt128)Array.MaxLength)
            throw Damaged($"it declares {product} {expected.Kind}: {total} bytes, more than fit in memory");
        var content = Content(stream, (int)total, expected.Dimensions == 1 ? "" : $"{product} = ");
        if (stream.ReadByte() >= 0) throw Damaged($"the {total} bytes of its {product} {expected.Kind} are followed by other data");
        return make(Array.ConvertAll(sizes, size => (int)size), content);
    }

    private static byte[] Content(Stream stream, int total, string product)
    {
        var content = new byte[Math.Min(total, FirstPiece)];
        for (var count = 0; count < total;)
        {
            if (count == content.Length) Array.Resize(ref content, (int)Math.Min(total, 2L * content.Length));
            var read = stream.Read(content, count, content.Length - count);
            if (read == 0) throw Damaged($"it ends early: it declares {product}{total} bytes, but has {count}");
            count += read;
        }

        return content;
    }

    private static Outcome<string> Write(string path, IdxMagic magic, int[] sizes, byte[] content) => AtomicFile.Write(path, file =>
    {
        using var packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
        var stream = (Stream?)packed ?? file;
        var header = new byte[4 * (1 + sizes.Length)];
        magic.Bytes.CopyTo(header);
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (i + 1)), sizes[i]);
        stream.Write(header);
        stream.Write(content);
    });

    private static Refusal Damaged(string what) => new(what, "Download or copy it again.");
}
