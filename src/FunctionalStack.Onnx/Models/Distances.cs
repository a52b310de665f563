using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Distances of rows to the training rows of a model, [N, training rows]. Differences, not products, so that equal rows have equal
/// distances.</summary>
internal static class Distances
{
    // Differences of one row at a time: more are computed in groups of columns.
    private const int MostCells = 1 << 15;

    public static Edge Of(KNearestNeighborsModel model, Edge x)
    {
        var (count, columns) = (model.Target.Count, model.Columns.Count);
        if (columns == 0) return x.SumOver(1) + Arrays.Row(new double[count]);
        var rows = model.Cells.AsSpan();
        return model.Metric switch
        {
            Distance.Euclidean => Euclidean(rows, count, columns, x),
            Distance.Manhattan => Arithmetic.Sum([.. Parts(rows, count, columns, x).Select(part => part.MagnitudesOver(1, keep: false))]),
            Distance.Chebyshev => Greatest(Parts(rows, count, columns, x)),
            Distance.Cosine => Cosine(rows, count, columns, x),
            _ => Minkowski([.. Parts(rows, count, columns, x)], model.P),
        };
    }

    private static Edge Euclidean(ReadOnlySpan<double> rows, int count, int columns, Edge x) =>
        Arithmetic.Sum([.. Parts(rows, count, columns, x).Select(part => part.SquaresOver(1, keep: false))]).Sqrt();

    private static Edge Greatest(IEnumerable<Edge> parts) =>
        parts.Select(part => part.Abs().MaxOver(1, keep: false)).Aggregate((most, next) => most.AtLeast(next));

    // Powers of shares of the greatest difference, so that none overflows.
    private static Edge Minkowski(Edge[] parts, double p)
    {
        var greatest = Greatest(parts);
        var powers = Arithmetic.Sum([.. parts.Select(part => (part.Abs() / greatest.Unsqueeze(1)).Pow(p).SumOver(1, keep: false))]);
        return greatest.Is(0.0).Choose(0.0, greatest * powers.Pow(1 / p));
    }

    // 1 - cosine is half the squared distance of unit vectors. A row of zeros has a direction of its own.
    private static Edge Cosine(ReadOnlySpan<double> rows, int count, int columns, Edge x)
    {
        var largest = x.Abs().MaxOver(1);
        var share = x / largest;
        var isZero = largest.Is(0.0);
        var directions = Arrays.Concat(1, [isZero.Choose(0.0, share / share.SquaresOver(1).Sqrt()), isZero.AsNumber()]);
        var distances = Euclidean(Neighbors.Directions(rows, count, columns), count, columns + 1, directions);
        return distances * distances * 0.5;
    }

    // Differences, [N, some columns, training rows]: sums over the columns are sums of long vectors.
    private static List<Edge> Parts(ReadOnlySpan<double> rows, int count, int columns, Edge x)
    {
        var parts = new List<Edge>();
        var together = Math.Max(1, Math.Min(columns, MostCells / count));
        for (var from = 0; from < columns; from += together)
        {
            var width = Math.Min(together, columns - from);
            var cells = new double[count * width];
            for (var at = 0; at < cells.Length; at++) cells[at] = rows[at % count * columns + from + at / count];
            var own = width == columns ? x : x.Columns(Enumerable.Range(from, width));
            parts.Add(own.Unsqueeze(2) - (Edge)Tensor.Of(cells, 1, width, count));
        }

        return parts;
    }
}
