namespace FunctionalStack.Reporting.Curves;

/// <summary>Points counted in the cells of a grid: many points as few marks.</summary>
/// <param name="Columns">The number of cells across.</param>
/// <param name="Rows">The number of cells upwards.</param>
/// <param name="Counts">The points in each cell, row by row from below.</param>
internal sealed record Density(int Columns, int Rows, EquatableArray<int> Counts)
{
    /// <summary>Counts the points. Points outside of the area are in the nearest cell.</summary>
    public static Density Of(IReadOnlyList<(double X, double Y)> points, (double From, double To) x, (double From, double To) y,
        int columns = 40, int rows = 28)
    {
        var counts = new int[columns * rows];
        foreach (var (px, py) in points)
        {
            var column = Cell((px - x.From) / (x.To - x.From), columns);
            counts[Cell((py - y.From) / (y.To - y.From), rows) * columns + column]++;
        }

        return new(columns, rows, EquatableArray.Own(counts));

        static int Cell(double share, int cells) => double.IsNaN(share) ? 0 : (int)Math.Clamp(share * cells, 0, cells - 1);
    }
}
