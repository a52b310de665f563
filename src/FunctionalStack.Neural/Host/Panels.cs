namespace FunctionalStack.Neural.Host;

/// <summary>
/// The right operand of a matrix product, packed in the order its tiles read it: panels of <see cref="Tile{V, L}.Columns"/>
/// columns, each with its depth x columns elements contiguous and zeros after the last column. Unpacked rows far apart would
/// share few cache sets.
/// </summary>
internal static unsafe class Panels<V, L> where V : struct where L : struct, ILanes<V>
{
    public static int Count(int columns) => (columns + Tile<V, L>.Columns - 1) / Tile<V, L>.Columns;

    /// <summary>The size of all panels in elements.</summary>
    public static int Size(int depth, int columns) => checked(Count(columns) * depth * Tile<V, L>.Columns);

    public static float* At(float* panels, int panel, int depth) => panels + (nint)panel * depth * Tile<V, L>.Columns;

    /// <summary>Fills rows <paramref name="from"/> to <paramref name="to"/> of one panel from b, depth x columns.</summary>
    public static void Fill(float* panels, int panel, int depth, int from, int to, float* b, nint bRow, int columns)
    {
        var first = panel * Tile<V, L>.Columns;
        var width = Math.Min(Tile<V, L>.Columns, columns - first);
        var target = At(panels, panel, depth) + (nint)from * Tile<V, L>.Columns;
        var source = b + from * bRow + first;
        for (var k = from; k < to; k++)
        {
            if (width == Tile<V, L>.Columns)
            {
                L.Store(target, L.Load(source));
                L.Store(target + L.Count, L.Load(source + L.Count));
            }
            else
            {
                new ReadOnlySpan<float>(source, width).CopyTo(new(target, width));
                new Span<float>(target + width, Tile<V, L>.Columns - width).Clear();
            }

            source += bRow;
            target += Tile<V, L>.Columns;
        }
    }

    /// <summary>Fills one panel from b's transpose: b is columns x depth.</summary>
    public static void FillTransposed(float* panels, int panel, int depth, float* b, nint bRow, int columns)
    {
        var first = panel * Tile<V, L>.Columns;
        var width = Math.Min(Tile<V, L>.Columns, columns - first);
        var target = At(panels, panel, depth);
        if (width < Tile<V, L>.Columns) new Span<float>(target, depth * Tile<V, L>.Columns).Clear();
        Transposition.Move(b + first * bRow, bRow, width, depth, target, Tile<V, L>.Columns);
    }
}
