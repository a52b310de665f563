using ScottPlot;
using SkiaSharp;

namespace FunctionalStack.Demos.Pictures;

/// <summary>The predictions of four models over the plane of two features, with the training rows as points.</summary>
internal static class DecisionRegions
{
    private const int Width = 1600;
    private const int Height = 1300;
    private const int Steps = 240;

    /// <summary>Renders a PNG of 2 x 2 panels. The class colours are mixed by predicted probability.</summary>
    /// <param name="data">Two numeric features and up to three classes.</param>
    /// <param name="models">Four models with their titles.</param>
    /// <param name="x">The label of the first feature.</param>
    /// <param name="y">The label of the second feature.</param>
    public static byte[] Render(Dataset data, EquatableArray<(string Title, IModel Model)> models, string x, string y)
    {
        var panels = new Multiplot();
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2);
        for (var i = 0; i < models.Count; i++)
        {
            var panel = Panel(data, models[i].Title, models[i].Model, x, y, legend: i == 0);
            if (i == 0) panels.Reset(panel);
            else panels.AddPlot(panel);
        }

        return panels.Render(Width, Height).GetImageBytes();
    }

    private static Plot Panel(Dataset data, string title, IModel model, string xLabel, string yLabel, bool legend)
    {
        var (x, y) = (((Column.Numeric)data.Frame.Columns[0].Column).ToArray(), ((Column.Numeric)data.Frame.Columns[1].Column).ToArray());
        var ((left, right), (bottom, top)) = (Around(x), Around(y));
        var classes = (Target.Classes)data.Target;
        var plot = Picture.Plot(title, xLabel, yLabel);
        plot.Add.ImageRect(Plane(data.Frame.Names, model, left, right, bottom, top), new CoordinateRect(left, right, bottom, top));
        for (var code = 0; code < classes.Levels.Count; code++)
        {
            var rows = Enumerable.Range(0, x.Length).Where(row => classes.Codes[row] == code).ToArray();
            var points =
                plot.Add.Markers(rows.Select(row => x[row]).ToArray(), rows.Select(row => y[row]).ToArray(), Picture.Markers[code], 11,
                    Picture.Colors[code]);
            points.MarkerStyle.OutlineColor = Colors.White;
            points.MarkerStyle.OutlineWidth = 1.5f;
            points.LegendText = classes.Levels[code];
        }

        plot.Axes.SetLimits(left, right, bottom, top);
        if (legend) plot.ShowLegend(Alignment.UpperRight);
        else plot.HideLegend();
        return plot;
    }

    private static Image Plane(EquatableArray<string> names, IModel model, double left, double right, double bottom, double top)
    {
        var (xs, ys) = (new double[Steps * Steps], new double[Steps * Steps]);
        for (var i = 0; i < xs.Length; i++)
        {
            xs[i] = left + (right - left) * (i % Steps + 0.5) / Steps;
            ys[i] = top - (top - bottom) * (i / Steps + 0.5) / Steps;
        }

        var plane =
            Frame.Of((names[0], new Column.Numeric(EquatableArray.Own(xs))), (names[1], new Column.Numeric(EquatableArray.Own(ys))));
        var predicted = (Prediction.Probabilities)model.Predict(plane).OrThrow();
        var pixels = new SKBitmap(Steps, Steps);
        for (var i = 0; i < xs.Length; i++) pixels.SetPixel(i % Steps, i / Steps, Tint(predicted.Row(i)));
        return new Image(pixels);
    }

    // A light tint, so that the points stand out.
    private static SKColor Tint(ReadOnlySpan<double> probabilities)
    {
        const double strength = 0.34;
        double red = 0, green = 0, blue = 0;
        for (var c = 0; c < probabilities.Length; c++)
        {
            red += probabilities[c] * Picture.Colors[c].R;
            green += probabilities[c] * Picture.Colors[c].G;
            blue += probabilities[c] * Picture.Colors[c].B;
        }

        return new(Mix(red), Mix(green), Mix(blue));

        static byte Mix(double colour) => (byte)Math.Round(255 + strength * (colour - 255));
    }

    private static (double Low, double High) Around(double[] numbers)
    {
        var margin = 0.08 * (numbers.Max() - numbers.Min());
        return (numbers.Min() - margin, numbers.Max() + margin);
    }
}
