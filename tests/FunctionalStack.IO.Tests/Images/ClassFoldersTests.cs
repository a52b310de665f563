using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests.Images;

/// <summary>Entries in and beside folders of classes are read, cause a failure or give a note.</summary>
public sealed class ClassFoldersTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Grey_pictures_among_colour_have_three_equal_channels_and_are_noted()
    {
        Put("train/a/1", "1 2 1 7 8");
        Put("train/a/2", "1 2 3 1 2 3 4 5 6");
        Put("train/b/1", "1 2 1 9 9");
        Put("test/b/1", "1 2 1 5 6");
        var data = Read();
        Assert.Equal(new(1, 2, 3, EquatableArray.Of<byte>(7, 7, 7, 8, 8, 8, 1, 2, 3, 4, 5, 6, 9, 9, 9, 9, 9, 9),
            EquatableArray.Of(0, 0, 1)),
            data.OrThrow().Train);
        Assert.Equal(EquatableArray.Of<byte>(5, 5, 5, 6, 6, 6), data.OrThrow().Test!.Pixels);
        Assert.Equal([folder.At("train/a/1"), folder.At("train/b/1")],
            data.Notes.Where(note => note.What == DecodedImage.GreyAmongColour).Select(note => note.Where));
        Assert.Contains(data.Notes, note => note.What.StartsWith("its test images are grey"));
    }

    [Fact]
    public void Hidden_files_and_folders_are_ignored_with_a_note()
    {
        string[] hidden = [".ipynb_checkpoints/1.png", "__MACOSX/a/1.png", "a/.ipynb_checkpoints/1.png", "a/._1.png", "b/thumbs.DB"];
        foreach (var name in hidden) Put(name, "no picture");
        Put("a/1", "1 1 1 7");
        Put("b/1", "1 1 1 8");
        Put("notes.txt", "");
        var data = Read();
        Assert.Equal((2, 2), (data.OrThrow().Train.Count, data.OrThrow().Classes.Count));
        Assert.Equal(5, data.Notes.Count(note => note.What == "is hidden, and is ignored"));
        Assert.Equal("is beside folders of images, and is ignored",
            Assert.Single(data.Notes, note => note.Where == folder.At("notes.txt")).What);
        var pictures = ImageDirectory.ToPredict(folder.Path);
        Assert.Equal([folder.At("a/1"), folder.At("b/1"), folder.At("notes.txt")], pictures.OrThrow().Pictures);
        Assert.Equal(5, pictures.Notes.Count);
    }

    [Theory]
    [InlineData("loop", ".")]
    [InlineData("a/loop", "../..")]
    [InlineData("twice", "a")]
    public void Links_to_what_is_read_already_are_refused(string link, string to)
    {
        Put("a/1", "1 1 1 7");
        Put("b/1", "1 1 1 8");
        Directory.CreateSymbolicLink(folder.At(link), to == "../.." ? Path.GetDirectoryName(folder.At("a"))!
            : Path.GetFullPath(folder.At(to)));
        var failure = Assert.IsType<Outcome<(string?, EquatableArray<string>)>.Fail>(ImageDirectory.ToPredict(folder.Path)).Failure;
        Assert.Contains("link", failure.What, StringComparison.Ordinal);
        Assert.Equal("Remove the link.", failure.Remedy);
    }

    [Theory]
    [InlineData("val")]
    [InlineData("Valid")]
    [InlineData("validation")]
    public void A_folder_of_validation_pictures_beside_train_is_read(string name)
    {
        Put("train/a/1", "1 1 1 7");
        Put("train/b/1", "1 1 1 8");
        Put($"{name}/b/1", "1 1 1 9");
        var data = Read().OrThrow();
        Assert.Equal((2, 1), (data.Train.Count, data.Validation!.Count));
        Assert.Null(data.Test);
        Assert.Equal(EquatableArray.Of(1), data.Validation.Labels);
    }

    [Fact]
    public void Classes_beside_train_are_never_dropped_in_silence()
    {
        Put("bus/1", "1 1 1 7");
        Put("plane/1", "1 1 1 7");
        Put("train/1", "1 1 1 8");
        Assert.Equal(["bus", "plane", "train"], Read().OrThrow().Classes);
        File.Delete(folder.At("train/1"));
        Put("train/diesel/1", "1 1 1 7");
        Put("train/steam/1", "1 1 1 7");
        Assert.Equal((folder.At("bus"), true),
            (Read().Failure().Where, Read().Failure().What.Contains("which holds the training images")));
        Directory.Delete(folder.At("bus"), recursive: true);
        Directory.Delete(folder.At("plane"), recursive: true);
        Put("val/steam/1", "1 1 1 7");
        Put("valid/steam/1", "1 1 1 7");
        Refused("", "holds both 'val' and 'valid'", "Remove one of them.");
        Directory.Delete(folder.At("valid"), recursive: true);
        Directory.Delete(folder.At("train"), recursive: true);
        Put("test/steam/1", "1 1 1 7");
        Refused("", "has no folder 'train'", "Name the folder of training images 'train'.");
    }

    private Outcome<ImageData> Read() => ImageDirectory.Read(folder.Path, Decode);

    private void Refused(string where, string what, string remedy) =>
        Assert.Equal(new(where.Length == 0 ? folder.Path : folder.At(where), what, remedy), Read().Failure());

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
        File.WriteAllText(folder.At(name), text);
    }

    /// <summary>An image as text: height, width, channels, bytes.</summary>
    private static Outcome<DecodedImage> Decode(string path) =>
        File.ReadAllText(path).Split(' ') is [var height, var width, var channels, .. var bytes] && int.TryParse(height, out var h)
        ? Outcome.Ok(new DecodedImage(h, int.Parse(width), int.Parse(channels), [.. bytes.Select(byte.Parse)]))
        : Outcome.Fail<DecodedImage>(path, "is no picture", "Remove it.");
}
