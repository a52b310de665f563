using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack;

/// <summary>Reads images for nets: PNG, JPEG and BMP files, in managed code, or IDX files.</summary>
public static class Images
{
    /// <summary>
    /// Labelled images of a folder with one subfolder of pictures per class, or with such folders named <c>train</c> and, optionally,
    /// <c>val</c> and <c>test</c>: <c>Images.Read("flowers", new(32, 32))</c>. Also the name of a downloaded data set, such as
    /// <c>mnist</c>, or a folder of IDX files.
    /// </summary>
    /// <param name="path">The folder or the name.</param>
    /// <param name="size">The size to resize all images to; null if they already have one size.</param>
    /// <returns>The images; <see cref="ImageSet.Data"/> is what <see cref="Training.Fit"/> reads. Fails if an image cannot be read, is too
    /// large or has another size than the others.</returns>
    public static Outcome<ImageSet> Read(string path, ImageSize? size = null) => ImageSource.Read(path, size);

    /// <summary>Images without classes: all pictures of a folder and its subfolders, with their names.</summary>
    /// <param name="path">The folder, the name of a downloaded data set, or an IDX file.</param>
    /// <param name="shape">The input shape of the net.</param>
    /// <param name="resize">Whether images are resized, as the training images of the net were.</param>
    public static Outcome<NamedImages> ToPredict(string path, Shape shape, bool resize = false) =>
        ImageSource.ReadToPredict(path, shape, resize);

    /// <summary>Labelled images to score a net: the test images or, if there are none, the training images.</summary>
    /// <param name="path">The folder, or the name of a downloaded data set.</param>
    /// <param name="classes">The classes of the net.</param>
    /// <param name="shape">The input shape of the net.</param>
    /// <param name="resize">Whether images are resized, as the training images of the net were.</param>
    public static Outcome<LabelledExamples> ToScore(string path, EquatableArray<string> classes, Shape shape, bool resize = false) =>
        ImageSource.ReadToScore(path, classes, shape, resize);
}
