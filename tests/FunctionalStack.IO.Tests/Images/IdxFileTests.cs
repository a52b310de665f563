using System.IO.Compression;
using FunctionalStack.Laws;
using FsCheck.Xunit;
using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests.Images;

public sealed class IdxFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 50)]
    public void Written_then_read_is_the_same(byte height, byte width, byte count, Seed seed)
    {
        var random = seed.Stream();
        var (h, w, n) = (1 + height % 9, 1 + width % 9, 1 + count % 20);
        var images = new IdxImages(n, h, w, EquatableArray.From(Enumerable.Range(0, n * h * w).Select(_ => (byte)random.Next(256))));
        var labels = EquatableArray.From(Enumerable.Range(0, n).Select(_ => random.Next(256)));
        foreach (var end in new[] { "", ".gz" })
        {
            var (imagesPath, labelsPath) =
                (IdxFile.WriteImages(folder.At($"i{end}"), images).OrThrow(), IdxFile.WriteLabels(folder.At($"l{end}"), labels).OrThrow());
            Assert.Equal(images, IdxFile.ReadImages(imagesPath).OrThrow());
            Assert.Equal(labels, IdxFile.ReadLabels(labelsPath).OrThrow());
            Assert.Equal(new ImageSplit(h, w, 1, images.Pixels, labels), IdxFile.ReadPair(imagesPath, labelsPath).OrThrow());
        }

        Assert.Equal([0, 0, 8, 3, 0, 0, 0, (byte)n, 0, 0, 0, (byte)h, 0, 0, 0, (byte)w, .. images.Pixels],
            File.ReadAllBytes(folder.At("i")));
        Assert.Equal([0, 0, 8, 1, 0, 0, 0, (byte)n, .. labels.Select(label => (byte)label)], File.ReadAllBytes(folder.At("l")));
    }

    [Property(MaxTest = 100)]
    public void Any_bytes_are_read_or_refused_and_never_throw(byte[] bytes, bool compressed)
    {
        byte[] file = [0, 0, 8, 3, .. bytes];
        File.WriteAllBytes(folder.At("any"), compressed ? Gzip(file) : file);
        if (IdxFile.ReadImages(folder.At("any")) is Outcome<IdxImages>.Ok { Value: var images })
            Assert.Equal(bytes.Skip(12), images.Pixels);
    }

    [Fact]
    public void Every_truncation_is_refused_and_so_is_what_follows_the_end()
    {
        byte[] whole = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];
        Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.ReadImages(Put(whole)).OrThrow().Pixels);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal("Download or copy it again.", Images(whole[..length]).Remedy);
            Assert.Equal("Download or copy it again.", Images(Gzip(whole[..length])).Remedy);
        }

        Assert.Equal("it ends early: it declares 2 x 1 x 3 = 6 bytes, but has 5", Images(whole[..^1]).What);
        Assert.Equal("it ends early: it declares 2 x 1 x 3 = 6 bytes, but has 5", Images(Gzip(whole[..^1])).What);
        Assert.Equal("it ends within its header, after 15 bytes", Images(whole[..15]).What);
        Assert.Equal("it is empty", Images([]).What);
        Assert.Equal("the 6 bytes of its 2 x 1 x 3 images are followed by other data", Images([.. whole, 0]).What);
        Assert.Equal("the 6 bytes of its 2 x 1 x 3 images are followed by other data", Images(Gzip([.. whole, 0])).What);
        var packed = Gzip(whole);
        for (var length = 2; length < packed.Length; length++)
            Assert.Equal("its compressed data is damaged, ends early, or is followed by other data", Images(packed[..length]).What);
        foreach (var more in new byte[][] { [0], [7], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], new byte[100_000] })
        {
            Assert.Equal("its compressed data is damaged, ends early, or is followed by other data", Images([.. packed, .. more]).What);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.ReadImages(Put([.. Gzip(whole[..9]), .. Gzip(whole[9..])])).OrThrow().Pixels);
    }

    /// <summary>Lengths beside those of the decompressor's buffer: where a file and its checksum are read in two pieces.</summary>
    [Property(MaxTest = 200)]
    public void A_compressed_file_is_read_whole_or_refused_in_one_member_or_two(ushort size, ushort cut, byte off, Seed seed)
    {
        var count = 1 + size % 20_000;
        var random = seed.Stream();
        var content = new byte[8 + count];
        ((byte[])[0, 0, 8, 1, .. BigEndian(count)]).CopyTo(content, 0);
        for (var i = 8; i < content.Length; i++) content[i] = (byte)random.Next(256);
        var at = cut % content.Length;
        byte[] one = Gzip(content), two = [.. Gzip(content[..at]), .. Gzip(content[at..])];
        foreach (var whole in new[] { one, two })
        {
            Assert.Equal(content.Skip(8).Select(label => (int)label), IdxFile.ReadLabels(Put(whole)).OrThrow());
            Assert.Equal("Download or copy it again.", IdxFile.ReadLabels(Put(whole[..^(1 + off % 16)])).Failure().Remedy);
        }
    }

    [Fact]
    public void A_damaged_compression_is_refused_or_gives_the_same_images()
    {
        var random = Seed.Of(3).Stream();
        var images = new IdxImages(20, 5, 5, EquatableArray.From(Enumerable.Range(0, 500).Select(_ => (byte)random.Next(9))));
        var packed = File.ReadAllBytes(IdxFile.WriteImages(folder.At("i.gz"), images).OrThrow());
        var refused = 0;
        for (var at = 10; at < packed.Length; at++)
        {
            foreach (var bit in new byte[] { 0x01, 0x10, 0x80 })
            {
                var changed = packed.ToArray();
                changed[at] ^= bit;
                // A bit may pad the last byte before the checksum.
                if (IdxFile.ReadImages(Put(changed)) is Outcome<IdxImages>.Ok { Value: var read }) Assert.Equal(images, read);
                else refused++;
            }
        }

        Assert.InRange(refused, 3 * (packed.Length - 10) - 3, 3 * (packed.Length - 10));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5 }, "IDX labels (magic 0x00000801)",
        "Give the file of the images, such as train-images-idx3-ubyte.")]
    [InlineData(new byte[] { 0, 0, 13, 2, 0, 0, 0, 1 }, "IDX data of another kind (magic 0x00000D02): 32-bit floats in 2 dimensions",
        "Give images of unsigned bytes in 3 dimensions.")]
    [InlineData(new byte[] { 0, 0, 8, 4, 0, 0, 0, 1 }, "unsigned bytes in 4 dimensions", "Give images of unsigned bytes in 3 dimensions.")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "a ZIP archive", "Unpack it, and give the file inside.")]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, "a picture", "Give a folder with one subfolder of images per class.")]
    [InlineData(new byte[] { (byte)'\n', (byte)'<', (byte)'h', (byte)'t' }, "a web page",
        "Download it again: the server sent a web page instead of the file.")]
    [InlineData(new byte[] { 3, 8, 0, 0 }, "something else (it begins with 0x03080000)", "Give a file in IDX format, such as MNIST's.")]
    [InlineData(new byte[] { 0, 0, 8 }, "a file of 3 bytes", "Download or copy it again.")]
    public void Files_of_another_kind_are_refused_by_what_they_are(byte[] bytes, string what, string remedy)
    {
        foreach (var file in new[] { bytes, Gzip(bytes) })
        {
            var failure = Images(file);
            Assert.StartsWith("it should be IDX images (magic 0x00000803), but is", failure.What);
            Assert.EndsWith(what, failure.What);
            Assert.Equal((folder.At("file"), remedy), (failure.Where, failure.Remedy));
        }
    }

    [Fact]
    public void Images_are_no_labels_and_what_is_compressed_twice_is_neither()
    {
        Assert.Equal(
            new(folder.At("file"), "it should be IDX labels (magic 0x00000801), but is IDX images (magic 0x00000803)",
                "Give the file of the labels, such as train-labels-idx1-ubyte."),
            IdxFile.ReadLabels(Put([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7])).Failure());
        Assert.EndsWith("but is compressed twice", Images(Gzip(Gzip([0, 0, 8, 3]))).What);
    }

    [Fact]
    public void A_path_that_leads_to_no_file_is_refused()
    {
        Assert.Equal("no such file", IdxFile.ReadImages(folder.At("none")).Failure().What);
        Assert.Equal("is a folder, not a file", IdxFile.ReadImages(folder.Path).Failure().What);
        Assert.Equal("is not a path", IdxFile.ReadLabels("").Failure().What);
    }

    [Theory]
    [InlineData(0, 28, 28, "it declares 0 x 28 x 28 images, which is none")]
    [InlineData(1, 28, 0, "it declares 1 x 28 x 0 images, which is none")]
    [InlineData(-1, -1, -1,
        "it declares 4294967295 x 4294967295 x 4294967295 images: 79228162458924105385300197375 bytes, more than fit in memory")]
    [InlineData(60000, 200, 200, "more than fit in memory")]
    [InlineData(50000, 200, 200, "it ends early: it declares 50000 x 200 x 200 = 2000000000 bytes, but has 0")]
    public void Sizes_that_cannot_be_are_refused_before_anything_is_allocated(int count, int height, int width, string why)
    {
        byte[] file = [0, 0, 8, 3, .. BigEndian(count), .. BigEndian(height), .. BigEndian(width)];
        foreach (var bytes in new[] { file, Gzip(file) })
        {
            Put(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var failure = IdxFile.ReadImages(folder.At("file")).Failure();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
            Assert.EndsWith(why, failure.What);
        }
    }

    [Fact]
    public void A_bomb_is_unpacked_no_further_than_it_declares()
    {
        Put(Gzip([0, 0, 8, 3, .. BigEndian(10), .. BigEndian(10), .. BigEndian(10), .. new byte[50_000_000]]));
        Assert.InRange(new FileInfo(folder.At("file")).Length, 0, 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("the 1000 bytes of its 10 x 10 x 10 images are followed by other data",
            IdxFile.ReadImages(folder.At("file")).Failure().What);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }

    [Fact]
    public void Images_and_labels_that_do_not_belong_together_are_refused()
    {
        var images = IdxFile.WriteImages(folder.At("images"), new(2, 1, 1, EquatableArray.Of<byte>(1, 2))).OrThrow();
        var three = IdxFile.WriteLabels(folder.At("three"), EquatableArray.Of(0, 1, 0)).OrThrow();
        var ten = IdxFile.WriteLabels(folder.At("ten"), EquatableArray.Of(0, 10)).OrThrow();
        Assert.Equal(new(three, $"it has 3 labels, but '{images}' has 2 images", "Give two files of the same images."),
            IdxFile.ReadPair(images, three).Failure());
        Assert.Equal(
            new(ten, "image 2 has label 10, but the 10 classes are 0 to 9", "Correct the label, or give the labels of these images."),
            IdxFile.ReadPair(images, ten, classes: 10).Failure());
        Assert.Equal([0, 10], IdxFile.ReadPair(images, ten, classes: 11).OrThrow().Labels);
    }

    [Fact]
    public void What_no_file_can_hold_is_a_programmers_error()
    {
        Assert.Throws<ArgumentException>(() => IdxFile.WriteImages(folder.At("x"), new(2, 1, 1, EquatableArray.Of<byte>(1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.WriteLabels(folder.At("x"), EquatableArray.Of(0, 256)));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.WriteLabels(folder.At("x"), EquatableArray.Of(-1)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [SharedFact("mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_is_as_its_authors_say()
    {
        var images = Repository.Shared("mnist/train-images-idx3-ubyte.gz");
        var train = IdxFile.ReadPair(images, images.Replace("images-idx3", "labels-idx1"), classes: 10).OrThrow();
        Assert.Equal((60_000, 28, 28, 1), (train.Count, train.Height, train.Width, train.Channels));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], train.Labels.Take(10));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
            train.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        // The known mean of all training pixels, 0.1307 of 255.
        Assert.Equal(0.1307, train.Pixels.Sum(pixel => (long)pixel) / 255.0 / train.Pixels.Count, 0.00005);
    }

    private Failure Images(byte[] file) => IdxFile.ReadImages(Put(file)).Failure();

    private string Put(byte[] bytes)
    {
        File.WriteAllBytes(folder.At("file"), bytes);
        return folder.At("file");
    }

    private static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
