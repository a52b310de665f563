using System.CommandLine;
using System.Text.RegularExpressions;
using FunctionalStack.Cli.Images;
using FunctionalStack.Cli.Nets;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Commands;

/// <summary>Options of commands that train nets on images. One instance each, as of <see cref="Common"/>'s.</summary>
internal static partial class ImageOptions
{
    private const int MostSide = 1 << 14;

    public static Option<int> Epochs { get; } = Common.Whole("--epochs", 1, int.MaxValue, 10, "Times that all training images are seen.");

    public static Option<int> Batch { get; } = Common.Whole("--batch", 1, int.MaxValue, 32, "Images a step; at most as many as there are.");

    public static Option<string?> Optimizer { get; } = Common.Among("--optimizer", "How gradients become parameters; adam unless given.",
        [.. Optimizers.Names]);

    public static Option<double?> Rate { get; } = Common.Real("--rate", 0, double.PositiveInfinity,
        "The optimizer's rate, in place of its own.");

    public static Option<double?> Validation { get; } = Common.Real("--validation", 0, 1,
        "Share of the training images to set aside, and to measure after each epoch.");

    public static Option<int> Patience { get; } = Common.Whole("--patience", 1, int.MaxValue, 1,
        "Stop after so many epochs without a lower validation loss, and keep the best.");

    public static Option<string?> Moments { get; } = Common.Among(
        "--moments",
        "What the model's batch normalization goes by: moving moments, those of all training images, or, unless given, moving ones once they have arrived.",
        "auto", "moving", "population");

    public static Option<bool> Balance { get; } = new("--balance") { Description = "Weigh images so that every class counts alike." };

    public static Option<ImageSize?> Size { get; } = new("--size")
    {
        Description = "Height x width that all images are resized to, such as 64x64.",
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

    /// <summary>All of them.</summary>
    public static Option[] All => [Epochs, Batch, Optimizer, Rate, Validation, Patience, Moments, Balance, Size];

    /// <summary>How to train, as the command line says.</summary>
    public static TrainingOptions Training(ParseResult parsed) => new(
        parsed.GetValue(Epochs),
        parsed.GetValue(Batch),
        Optimizers.Of(parsed.GetValue(Optimizer) ?? "adam", parsed.GetValue(Rate)),
        ValidationShare: parsed.GetValue(Validation) ?? 0,
        EarlyStopping: parsed.IsGiven(Patience) ? new(parsed.GetValue(Patience)) : null,
        Moments: parsed.GetValue(Moments) switch
        {
            "moving" => MomentsKind.Moving,
            "population" => MomentsKind.Population,
            _ => MomentsKind.Auto,
        });

    /// <summary>Fails where patience has nothing to go by.</summary>
    public static Outcome<Done> CanWait(ParseResult parsed, ImageSet images) => parsed.IsGiven(Patience)
        && parsed.GetValue(Validation) is null && images.Validation is null
        ? Outcome.Fail<Done>(Patience.Name, "goes by the validation loss, but there are no validation images",
            "Give --validation, or a folder 'val' beside 'train'.")
        : Outcome.Ok(default(Done));

    [GeneratedRegex("^([0-9]+)[xX]([0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeightByWidth();
}
