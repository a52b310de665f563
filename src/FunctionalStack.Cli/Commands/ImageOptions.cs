using System.CommandLine;
using System.Text.RegularExpressions;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Commands;

/// <summary>Options of the commands that train nets on images. As in <see cref="Common"/>, there is one instance of each option.</summary>
internal static partial class ImageOptions
{
    private const int MostSide = 1 << 14;

    /// <summary>What --images can be, besides a folder.</summary>
    public static string[] DataSets { get; } = [.. ImageDirectory.Names];

    public static Option<int> Epochs { get; } = Common.Whole("--epochs", 1, int.MaxValue, 10, "The number of training epochs.");

    public static Option<int> Batch { get; } =
        Common.Whole("--batch", 1, int.MaxValue, 32, "The batch size: images per step, at most the number of training images.");

    public static Option<string?> Optimizer { get; } = Common.Among("--optimizer", "The optimizer (default: adam).",
        [.. Optimizers.Names]);

    public static Option<double?> Rate { get; } = Common.Real("--rate", 0, double.PositiveInfinity,
        "The learning rate, instead of the optimizer's default.");

    public static Option<double?> Validation { get; } = Common.Real("--validation", 0, 1,
        "The share of the training images to set aside for validation after each epoch.");

    public static Option<int?> Patience { get; } = Common.Optional("--patience", 1, int.MaxValue,
        "Stop after this many epochs without a lower validation loss, and keep the net of the best epoch. By default all epochs run, "
            + "and the last net is kept.");

    public static Option<string?> Moments { get; } = Common.Among(
        "--moments",
        "The statistics of batch normalization in the saved net: moving averages, population moments of all training images, or auto "
            + "(default), which uses moving averages once they have converged.",
        "auto", "moving", "population");

    public static Option<double?> Shift { get; } = Common.Real("--shift", 0, double.PositiveInfinity,
        "Augmentation: shift each training image by up to this many pixels, anew in every epoch.");

    public static Option<double?> Rotation { get; } = Common.Real("--rotation", 0, 180,
        "Augmentation: rotate each training image by up to this many degrees.");

    public static Option<double?> Zoom { get; } = Common.Real("--zoom", 0, 1,
        "Augmentation: change the size of each training image's content by up to this share.");

    public static Option<ImageSize?> Size { get; } = new("--size")
    {
        Description = "The height x width that all images are resized to, such as 64x64.",
        HelpName = "HxW",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (HeightByWidth().Match(text) is { Success: true } match
                && int.TryParse(match.Groups[1].ValueSpan, out var height) && int.TryParse(match.Groups[2].ValueSpan, out var width)
                && height is >= 1 and <= MostSide && width is >= 1 and <= MostSide)
            {
                return new ImageSize(height, width);
            }

            result.AddError($"--size is '{text}'. Give height x width, each from 1 to {MostSide}, such as 64x64.");
            return null;
        },
    };

    /// <summary>All options of this class.</summary>
    public static Option[] All =>
        [Epochs, Batch, Optimizer, Rate, Validation, Patience, Moments, Shift, Rotation, Zoom, Common.Balance, Size];

    /// <summary>The training options of the command line.</summary>
    public static TrainingOptions Training(ParseResult parsed) => new(
        parsed.GetValue(Epochs),
        parsed.GetValue(Batch),
        Optimizers.Of(parsed.GetValue(Optimizer) ?? "adam", parsed.GetValue(Rate)),
        ValidationShare: parsed.GetValue(Validation) ?? 0,
        EarlyStopping: parsed.GetValue(Patience) is { } epochs ? new(epochs) : null,
        Moments: parsed.GetValue(Moments) switch
        {
            "moving" => MomentsKind.Moving,
            "population" => MomentsKind.Population,
            _ => MomentsKind.Auto,
        },
        Augmentation: Augmentation.Of(parsed.GetValue(Shift) ?? 0, parsed.GetValue(Rotation) ?? 0, parsed.GetValue(Zoom) ?? 0));

    /// <summary>Fails if --patience is given without validation images.</summary>
    public static Outcome<Done> CanWait(ParseResult parsed, ImageSet images) => parsed.IsGiven(Patience)
        && parsed.GetValue(Validation) is null && images.Validation is null
        ? Outcome.Fail<Done>(Patience.Name, "needs the validation loss, but there are no validation images",
            "Give --validation, or a folder 'val' beside 'train'.")
        : Outcome.Ok(default(Done));

    [GeneratedRegex("^([0-9]+)[xX]([0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeightByWidth();
}
