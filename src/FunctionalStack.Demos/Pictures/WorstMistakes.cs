using ScottPlot;
using SkiaSharp;

namespace FunctionalStack.Demos.Pictures;

/// <summary>The misclassified images with the lowest predicted probability of the actual class.</summary>
internal static class WorstMistakes
{
    private const int Columns = 8;
    private const int Rows = 3;
    private const int Width = 1400;
    private const int Height = 720;

    /// <summary>Renders a PNG of up to 24 images, worst first, each with its actual and its predicted class.</summary>
    /// <param name="title">The title.</param>
    /// <param name="actual">The actual classes.</param>
    /// <param name="predicted">The predicted probabilities of each image.</param>
    /// <param name="height">The height of an image in pixels.</param>
    /// <param name="width">The width of an image in pixels.</param>
    /// <param name="shade">The brightness, from 0 to 1, of a pixel, by the row of the image and the index of the pixel.</param>
    public static byte[] Render(string title, Target.Classes actual, Prediction.Probabilities predicted, int height, int width,
        Func<int, int, double> shade)
    {
        var codes = predicted.Codes();
        var worst = Mistakes.Worst(actual, predicted, Columns * Rows);
        var plot = Picture.Plot(title, "", "");
        plot.HideGrid();
        for (var i = 0; i < worst.Count; i++)
        {
            var (row, x, y) = (worst[i], i % Columns * 1.25, -(i / Columns) * 1.5);
            plot.Add.ImageRect(Image(pixel => shade(row, pixel), height, width), new CoordinateRect(x, x + 1, y, y + 1));
            var text = plot.Add.Text($"{actual.Levels[actual.Codes[row]]}, predicted {actual.Levels[codes[row]]}", x + 0.5, y - 0.05);
            text.LabelFontSize = 16;
            text.LabelFontColor = Colors.Black;
            text.LabelAlignment = Alignment.UpperCenter;
        }

        plot.Axes.SetLimits(-0.15, Columns * 1.25 - 0.1, -(Rows - 1) * 1.5 - 0.4, 1.1);
        plot.Axes.Frameless();
        plot.Axes.Title.IsVisible = true;
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static Image Image(Func<int, double> shade, int height, int width)
    {
        // Enlarged here without smoothing, because the plot would blur it.
        const int enlarged = 6;
        var pixels = new SKBitmap(width * enlarged, height * enlarged);
        for (var y = 0; y < pixels.Height; y++)
        {
            for (var x = 0; x < pixels.Width; x++)
            {
                var grey = (byte)Math.Round(255 * (1 - Math.Clamp(shade(y / enlarged * width + x / enlarged), 0, 1)));
                pixels.SetPixel(x, y, new SKColor(grey, grey, grey));
            }
        }

        return new Image(pixels);
    }
}
