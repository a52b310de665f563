using FunctionalStack.Laws;
using FsCheck.Xunit;
using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests.Images;

public sealed class ImageDirectoryTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData(".gz", "")]
    [InlineData("", ".gz")]
    public void Idx_files_are_found_by_their_original_names(string images, string labels)
    {
        PutIdx("train", [0, 2, 1], images, labels);
        var alone = Read().OrThrow();
        Assert.Equal(new ImageSplit(1, 2, 1, EquatableArray.Of<byte>(0, 1, 2, 3, 4, 5), EquatableArray.Of(0, 2, 1)), alone.Train);
        Assert.Null(alone.Test);
        Assert.Equal(["0", "1", "2"], alone.Classes);
        PutIdx("t10k", [1], images, labels);
        Assert.Equal(alone with { Test = new(1, 2, 1, EquatableArray.Of<byte>(0, 1), EquatableArray.Of(1)) }, Read().OrThrow());
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, -1)]
    [InlineData(100000, 100000)]
    public void A_size_that_no_image_can_have_is_refused(int height, int width)
    {
        PutIdx("train", [0, 1]);
        var failure = Assert.IsType<Outcome<ImageSet>.Fail>(ImageSource.Read(folder.Path, new(height, width))).Failure;
        Assert.Equal(("the size", $"is {height}x{width} (height x width)"), (failure.Where, failure.What));
    }

    [Fact]
    public void Idx_files_that_do_not_fit_together_are_refused()
    {
        PutIdx("t10k", [1]);
        Refused("", "has no file 'train-images-idx3-ubyte', with or without .gz", "Put it beside the other IDX files.");
        PutIdx("train", [0, 0]);
        Refused("", "all training labels are 0, which is only one class", "Give images of at least two classes.");
        PutIdx("train", [0, 1]);
        PutIdx("t10k", [0, 2]);
        Refused("t10k-labels-idx1-ubyte", "image 2 has label 2, but the 2 classes are 0 to 1",
            "Correct the label, or give the labels of these images.");
        IdxFile.WriteImages(folder.At("t10k-images-idx3-ubyte"), new(1, 2, 1, EquatableArray.Of<byte>(1, 2))).OrThrow();
        IdxFile.WriteLabels(folder.At("t10k-labels-idx1-ubyte"), EquatableArray.Of(0)).OrThrow();
        Refused("", "its training images are 1x2x1, but its test images are 2x1x1", "Give images of one size, height x width x channels.");
        File.Delete(folder.At("t10k-labels-idx1-ubyte"));
        Refused("", "has no file 't10k-labels-idx1-ubyte', with or without .gz", "Put it beside the other IDX files.");
    }

    /// <summary>For any order of the file system, classes and images are in ordinal order of their names.</summary>
    [Property(MaxTest = 30)]
    public void A_subfolder_is_a_class_and_its_pictures_are_read_in_order_of_names(Seed seed)
    {
        using var root = new TempFolder();
        var random = seed.Stream();
        var names = new[] { "a", "B", "Z", "ä", "a-b", "10", "9" };
        random.Shuffle(names.AsSpan());
        var classes = names[..(2 + random.Next(4))];
        var expected = new List<(string Class, string File, byte Pixel)>();
        foreach (var name in classes)
        {
            Directory.CreateDirectory(root.At(name));
            random.Shuffle(names.AsSpan());
            foreach (var file in names[..(1 + random.Next(5))])
            {
                var pixel = (byte)random.Next(256);
                File.WriteAllText(root.At($"{name}/{file}"), $"1 1 1 {pixel}");
                expected.Add((name, file, pixel));
            }
        }

        expected.Sort((x, y) =>
            string.CompareOrdinal(x.Class, y.Class) is var order and not 0 ? order : string.CompareOrdinal(x.File, y.File));
        Array.Sort(classes, string.CompareOrdinal);
        var data = ImageDirectory.Read(root.Path, Decode).OrThrow();
        Assert.Equal(classes, data.Classes);
        Assert.Equal(expected.Select(e => e.Pixel), data.Train.Pixels);
        Assert.Equal(expected.Select(e => Array.IndexOf(classes, e.Class)), data.Train.Labels);
        Assert.Null(data.Test);
    }

    [Fact]
    public void Train_and_test_may_have_separate_folders()
    {
        Put("train/no/1.png", "1 2 3 1 2 3 4 5 6");
        Put("train/yes/2.jpg", "1 2 3 7 8 9 10 11 12");
        Put("train/.DS_Store", "");
        Put("train/yes/.DS_Store", "");
        Put("train/yes/Thumbs.db", "");
        Put("README", "");
        var alone = Read().OrThrow();
        Assert.Equal(new(1, 2, 3, EquatableArray.Of<byte>(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), EquatableArray.Of(0, 1)), alone.Train);
        Assert.Equal(["no", "yes"], alone.Classes);
        Put("test/yes/1.png", "1 2 3 1 1 1 1 1 1");
        Assert.Equal(alone with { Test = new(1, 2, 3, EquatableArray.Of<byte>(1, 1, 1, 1, 1, 1), EquatableArray.Of(1)) }, Read().OrThrow());
        Put("test/perhaps/1.png", "1 2 3 1 1 1 1 1 1");
        Refused("test/perhaps", "this class is not among the training classes", "The classes are no, yes.");
    }

    [Fact]
    public void Folders_of_pictures_that_make_no_data_are_refused()
    {
        Assert.Equal(new(folder.At("none"), "no such folder", "Check the path, or give mnist or fashion."),
            ImageDirectory.Read(folder.At("none"), Decode).Failure());
        Assert.Equal("is not a path", ImageDirectory.Read(" ", Decode).Failure().What);
        Refused("", "the folder is empty", "Give a folder with the four IDX files, or with one subfolder of images per class.");
        Put("1.png", "1 1 1 7");
        Assert.Equal("is a file, not a folder", ImageDirectory.Read(folder.At("1.png"), Decode).Failure().What);
        Refused("", "has neither IDX files nor a subfolder", "Give one subfolder of images per class.");
        Put("a/1.png", "1 1 1 7");
        Refused("", "has only one class, 'a'", "Give one subfolder of images per class.");
        Directory.CreateDirectory(folder.At("b"));
        Refused("b", "has no images", "Put this class's images there, or remove the folder.");
        Put("b/1.png", "hello");
        Refused("b/1.png", "is no picture", "Remove it.");
        Put("b/1.png", "1 2 1 7 8");
        Refused("b/1.png", $"is 1x2x1 (height x width x channels), but '{folder.At("a/1.png")}' is 1x1x1",
            "Scale all images to one size, or pass --size HxW to resize them.");
        Put("b/1.png", "1 1 1 8");
        Assert.Equal(2, Read().OrThrow().Train.Count);
        Directory.CreateDirectory(folder.At("b/c"));
        Refused("b/c", "is a folder, but should be an image", "Give one subfolder of images per class.");
    }

    [Fact]
    public void Test_pictures_of_another_size_are_refused()
    {
        Put("train/a/1", "1 1 1 7");
        Put("train/b/1", "1 1 1 7");
        Put("test/b/1", "1 2 1 7 7");
        Refused("", "its training images are 1x1x1, but its test images are 1x2x1", "Give images of one size, height x width x channels.");
        Directory.Delete(folder.At("test/b"), recursive: true);
        Refused("test", "has no subfolder", "Give one subfolder of images per class.");
    }

    [Theory]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte/train-images-idx3-ubyte", "train-labels-idx1-ubyte/train-labels-idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte/train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte")]
    public void Idx_files_may_be_spelled_with_dots_and_lie_in_folders_of_their_names(string images, string labels)
    {
        foreach (var path in new[] { images, labels }) Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        IdxFile.WriteImages(folder.At(images), new(2, 1, 2, EquatableArray.Of<byte>(1, 2, 3, 4))).OrThrow();
        IdxFile.WriteLabels(folder.At(labels), EquatableArray.Of(0, 1)).OrThrow();
        Assert.Equal(EquatableArray.Of<byte>(1, 2, 3, 4), Read().OrThrow().Train.Pixels);
        Assert.Equal(folder.At(images), ImageDirectory.ToPredict(folder.Path).OrThrow().Idx);
        Put("other.txt", "");
        Assert.Equal(folder.At("other.txt"), Assert.Single(Read().Notes).Where);
    }

    [Fact]
    public void Idx_files_with_other_names_fail_with_the_expected_names()
    {
        IdxFile.WriteImages(folder.At("emnist-letters-train-images-idx3-ubyte"), new(1, 1, 1, EquatableArray.Of<byte>(1))).OrThrow();
        Assert.Equal("is an IDX file, but its name is not one of MNIST's", Read().Failure().What);
        Assert.Contains("train-images-idx3-ubyte", Read().Failure().Remedy);
    }

    [Fact]
    public void Images_of_known_classes_need_not_show_all_of_them()
    {
        Put("train/b/1", "1 1 1 7");
        Put("test/b/1", "1 1 1 9");
        Assert.Equal(new(1, 1, 1, EquatableArray.Of<byte>(9), EquatableArray.Of(1)),
            ImageDirectory.Labelled(folder.Path, ["a", "b"], Decode).OrThrow());
        Assert.Equal("this class is not among the training classes",
            Assert.IsType<Outcome<ImageSplit>.Fail>(ImageDirectory.Labelled(folder.Path, ["a", "c"], Decode)).Failure.What);
    }

    [Fact]
    public void A_decoder_that_gives_other_bytes_than_it_says_is_a_programmers_error()
    {
        Put("a/1", "2 2 1 7");
        Put("b/1", "2 2 1 7");
        Assert.Throws<ArgumentException>(() => ImageDirectory.Read(folder.Path, Decode));
    }

    [Fact]
    public void Fetched_data_sets_are_found_by_name()
    {
        var cache = new DatasetCache(folder.Path);
        Assert.Equal(new("mnist", $"'{folder.At("mnist")}' has no file 'train-images-idx3-ubyte.gz'",
            "Fetch the data set first: fstack data get mnist."), ImageDirectory.Named("mnist", cache).Failure());
        Assert.Equal(new("iris", "this data set has no images", "The image data sets are mnist and fashion."),
            ImageDirectory.Named("iris", cache).Failure());
        Assert.StartsWith("Did you mean 'mnist'?", ImageDirectory.Named("mnits", cache).Failure().Remedy);

        Directory.CreateDirectory(folder.At("fashion"));
        PutIdx("fashion/train", [0, 1], ".gz", ".gz");
        PutIdx("fashion/t10k", [9], ".gz", ".gz");
        var fashion = ImageDirectory.Named("fashion", cache).OrThrow();
        Assert.Equal((10, "Ankle boot"), (fashion.Classes.Count, fashion.Classes[fashion.Test!.Labels[0]]));
        PutIdx("fashion/t10k", [10], ".gz", ".gz");
        Assert.Equal("image 1 has label 10, but the 10 classes are 0 to 9", ImageDirectory.Named("fashion", cache).Failure().What);
    }

    [Fact]
    public void Every_data_set_of_images_is_in_the_catalogue() =>
        Assert.All(ImageDirectory.Names, name => Assert.False(DatasetCatalogue.Find(name).OrThrow().IsEmbedded));

    [SharedFact("mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_is_read_from_its_folder()
    {
        var path = Repository.Shared("mnist/train-images-idx3-ubyte.gz");
        var mnist = ImageDirectory.Read(Path.GetDirectoryName(path)!, Decode).OrThrow();
        Assert.Equal((60_000, 10_000), (mnist.Train.Count, mnist.Test!.Count));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], mnist.Classes);
        Assert.Equal([7, 2, 1, 0, 4], mnist.Test.Labels.Take(5));
    }

    private Outcome<ImageData> Read() => ImageDirectory.Read(folder.Path, Decode);

    private void Refused(string where, string what, string remedy) =>
        Assert.Equal(new(where.Length == 0 ? folder.Path : folder.At(where), what, remedy), Read().Failure());

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
        File.WriteAllText(folder.At(name), text);
    }

    private void PutIdx(string part, int[] labels, string imagesEnd = "", string labelsEnd = "")
    {
        IdxFile.WriteImages(folder.At($"{part}-images-idx3-ubyte{imagesEnd}"),
            new(labels.Length, 1, 2, EquatableArray.From(Enumerable.Range(0, 2 * labels.Length).Select(i => (byte)i)))).OrThrow();
        IdxFile.WriteLabels(folder.At($"{part}-labels-idx1-ubyte{labelsEnd}"), EquatableArray.Copy<int>(labels)).OrThrow();
    }

    /// <summary>An image as text: height, width, channels, bytes.</summary>
    private static Outcome<DecodedImage> Decode(string path) =>
        File.ReadAllText(path).Split(' ') is [var height, var width, var channels, .. var bytes] && int.TryParse(height, out var h)
        ? Outcome.Ok(new DecodedImage(h, int.Parse(width), int.Parse(channels), [.. bytes.Select(byte.Parse)]))
        : Outcome.Fail<DecodedImage>(path, "is no picture", "Remove it.");
}
