using ScottPlot;
using SkiaSharp;

namespace FunctionalStack.Cli.Output.Pictures;

/// <summary>The images whose class was thought least likely, with what was said instead.</summary>
internal static class WorstMistakes
{
    private const int Columns = 8;
    private const int Rows = 3;
    private const int Width = 1400;
    private const int Height = 720;

    /// <summary>A PNG of up to 24 images, the worst first.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="truth">The classes.</param>
    /// <param name="said">What was said of each image.</param>
    /// <param name="height">Of an image.</param>
    /// <param name="width">Of an image.</param>
    /// <param name="shade">The brightness, 0 to 1, of the pixel of that number in the image of that row.</param>
    public static byte[] Render(string title, Target.Classes truth, Prediction.Probabilities predicted, int height, int width, Func<int, int, double> shade)
    {
        var codes = predicted.Codes();
        var worst = Enumerable.Range(0, predicted.Count).Where(row => codes[row] != truth.Codes[row]).OrderBy(row => predicted.Row(row)[truth.Codes[row]]).Take(Columns * Rows).ToArray();
        var plot = Picture.Plot(title, "", "");
        plot.HideGrid();
        for (var i = 0; i < worst.Length; i++)
        {
            var (row, x, y) = (worst[i], i % Columns * 1.25, -(i / Columns) * 1.5);
            plot.Add.ImageRect(Image(pixel => shade(row, pixel), height, width), new CoordinateRect(x, x + 1, y, y + 1));
            var text = plot.Add.Text($"{truth.Levels[truth.Codes[row]]}, said {truth.Levels[codes[row]]}", x + 0.5, y - 0.05);
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
        // Enlarged here, since drawing it larger would blur it.
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
