using FunctionalStack.Neural;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The images that are predicted worst, as pictures.</summary>
internal static class MistakesPart
{
    private const int Most = 24;
    private const int MostDrawn = 12;

    // Larger pictures would make the page large; every second, third, ... pixel is shown.
    private const int MostSide = 64;

    /// <summary>Up to 24 misclassified images, worst first.</summary>
    /// <param name="actual">The actual classes.</param>
    /// <param name="predicted">The predictions.</param>
    /// <param name="images">The images.</param>
    /// <param name="on">What the images are: <c>test images</c>.</param>
    public static Section Of(Target.Classes actual, Prediction.Probabilities predicted, Examples images, string on)
    {
        var own = predicted.For(actual.Levels);
        var (codes, worst) = (own.Codes(), Mistakes.Worst(actual, own, Most));
        if (worst.Count == 0) return Section.Without("mistakes", "Worst mistakes", $"None of the {on} is misclassified.");
        return new("mistakes", "Worst mistakes", Html.All(
            Html.Of("p", $"The misclassified {on} with the lowest predicted probability of their class, worst first. Some may have a wrong "
                + "label."),
            Html.Of("ol", worst.Select(row =>
            {
                var (its, taken) = (PlainText.Short(actual.Levels[actual.Codes[row]], 24), PlainText.Short(actual.Levels[codes[row]], 24));
                var text = $"{its}, predicted {taken}";
                return Html.Of("li",
                    Html.Of("img").With("src", Picture(images, row)).With("alt", $"Image {row + 1}: {text}").With("width", "112"),
                    $"{text} (probability of {its}: {Figures.Percent(own.Row(row)[actual.Codes[row]])})");
            })).Class("pictures")));
    }

    /// <summary>The worst twelve as a chart, for images of one channel; null if there are none.</summary>
    /// <param name="actual">The actual classes.</param>
    /// <param name="predicted">The predictions, with the same levels.</param>
    /// <param name="images">The images.</param>
    /// <param name="on">What the images are: <c>test images</c>.</param>
    public static Chart? Drawn(Target.Classes actual, Prediction.Probabilities predicted, Examples images, string on)
    {
        var (codes, worst) = (predicted.Codes(), Mistakes.Worst(actual, predicted, MostDrawn));
        if (worst.Count == 0 || images.Shape.Channels != 1) return null;
        var wrong = codes.Zip(actual.Codes).Count(pair => pair.First != pair.Second);
        return Thumbnails.Of("mistakes", "Worst mistakes",
            $"{Figures.Whole(wrong)} of {Figures.Whole(actual.Count)} {on} are misclassified. These have the lowest probability of their "
                + "class, worst first; some are hard to read, and some may have a wrong label.",
            [.. worst.Select(row => (Pixels(images, row), images.Shape.Width,
                $"{actual.Levels[actual.Codes[row]]}, predicted {actual.Levels[codes[row]]}",
                $"probability {Figures.Percent(predicted.Row(row)[actual.Codes[row]])}"))]);
    }

    private static EquatableArray<double> Pixels(Examples images, int row)
    {
        var numbers = new float[images.Shape.Size];
        images.CopyTo(row, numbers);
        return EquatableArray.From(numbers.Select(number => (double)number));
    }

    private static string Picture(Examples images, int row)
    {
        var (shape, numbers) = (images.Shape, new float[images.Shape.Size]);
        images.CopyTo(row, numbers);
        var step = (Math.Max(shape.Height, shape.Width) + MostSide - 1) / MostSide;
        var (height, width, channels) = ((shape.Height + step - 1) / step, (shape.Width + step - 1) / step, shape.Channels == 3 ? 3 : 1);
        var bytes = new byte[height * width * channels];
        for (var at = 0; at < bytes.Length; at++)
        {
            var (y, x, channel) = (at / channels / width * step, at / channels % width * step, at % channels);
            bytes[at] = (byte)Math.Round(255 * Math.Clamp(numbers[(y * shape.Width + x) * shape.Channels + channel], 0, 1));
        }

        return Png.Uri(width, height, channels, bytes);
    }
}
