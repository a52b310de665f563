namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.IO
open FunctionalStack.Neural

/// Reads images for nets: PNG, JPEG and BMP files, in managed code, or IDX files.
[<RequireQualifiedAccess>]
module Images =

    /// Labelled images of one size: a folder with one subfolder of pictures per class, or with such folders named `train` and, optionally,
    /// `val` and `test`; the name of a downloaded data set, such as `mnist`; or a folder of IDX files. `images.Data` is what
    /// `Network.trainWith` reads.
    let read (path: string) : Result<ImageSet, Failure> =
        ImageSource.Read path |> Outcome.toResult

    /// The same, with all images resized to this height and width.
    let readResized (height: int) (width: int) (path: string) : Result<ImageSet, Failure> =
        ImageSource.Read(path, System.Nullable(ImageSize(height, width)))
        |> Outcome.toResult

    /// Images without classes, of the input shape of a net: all pictures of a folder and its subfolders, with their names.
    let toPredict (shape: Shape) (path: string) : Result<NamedImages, Failure> =
        ImageSource.ReadToPredict(path, shape, false) |> Outcome.toResult

    /// The same for a net that was trained on resized images: these are resized, too.
    let toPredictResized (shape: Shape) (path: string) : Result<NamedImages, Failure> =
        ImageSource.ReadToPredict(path, shape, true) |> Outcome.toResult

    /// Labelled images to score a net with these classes and this input shape: the test images or, if there are none, the training images.
    let toScore (classes: string seq) (shape: Shape) (path: string) : Result<LabelledExamples, Failure> =
        ImageSource.ReadToScore(path, EquatableArray.From classes, shape, false)
        |> Outcome.toResult
