using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace FunctionalStack.Demos.Pictures;

/// <summary>The common style of all pictures, with colours that colour-blind readers can distinguish.</summary>
internal static class Picture
{
    /// <summary>Blue, orange and green of the palette of Okabe and Ito (2008).</summary>
    public static IReadOnlyList<Color> Colors { get; } = [Color.FromHex("#0072B2"), Color.FromHex("#E69F00"), Color.FromHex("#009E73")];

    public static IReadOnlyList<MarkerShape> Markers { get; } =
        [MarkerShape.FilledCircle, MarkerShape.FilledTriangleUp, MarkerShape.FilledSquare];

    private static readonly Color Ink = Color.FromHex("#333333");

    static Picture()
    {
        // An embedded font gives the same picture on every machine. A machine may have no fonts.
        Fonts.FontResolvers.Insert(0, new EmbeddedFonts());
        Fonts.Default = EmbeddedFonts.Family;
    }

    /// <summary>An empty plot in the common style.</summary>
    public static Plot Plot(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = 24;
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.ForeColor = Ink;
        foreach (var (axis, text) in new[] { ((IAxis)plot.Axes.Bottom, x), (plot.Axes.Left, y) })
        {
            axis.Label.Text = text;
            axis.Label.FontSize = 20;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Ink;
            axis.TickLabelStyle.FontSize = 17;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Color = Ink;
            axis.FrameLineStyle.Width = 1.5f;
        }

        // ScottPlot measures tick labels narrower than it draws them, so that the axis label would touch them.
        plot.Axes.Left.MinimumSize = 95;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        plot.Legend.FontSize = 18;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineColor = Color.FromHex("#CCCCCC");
        plot.Legend.ShadowColor = ScottPlot.Colors.Transparent;
        return plot;
    }

    /// <summary>Adds a line with the colour and the markers of index <paramref name="color"/>. Points that are not finite are left
    /// out.</summary>
    public static Scatter Line(this Plot plot, IEnumerable<(double X, double Y)> points, int color, string name)
    {
        var finite = points.Where(point => double.IsFinite(point.Y)).ToArray();
        var line = plot.Add.Scatter(finite.Select(point => point.X).ToArray(), finite.Select(point => point.Y).ToArray(), Colors[color]);
        line.LineWidth = 3.5f;
        line.MarkerShape = Markers[color];
        line.MarkerSize = 12;
        line.LegendText = name;
        return line;
    }

    private sealed class EmbeddedFonts : IFontResolver
    {
        public const string Family = "fstack";

        // A single weight keeps the package small.
        private static readonly byte[] Regular = Read("Pictures.Sans.ttf");

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            SKTypeface.FromData(SKData.CreateCopy(Regular));

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => SKTypeface.FromData(SKData.CreateCopy(Regular));

        private static byte[] Read(string name)
        {
            using var stream = typeof(Picture).Assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
