namespace FunctionalStack.Neural.Host;

/// <summary>
/// The convolution of one zero-padded example, and the gradient of its kernel, as loops over register tiles. An NHWC image row
/// is pixels x channels and contiguous, so a row of a window is contiguous too: no im2col is needed.
/// </summary>
/// <param name="Rows">Rows of the kernel's window.</param>
/// <param name="Columns">Columns of the kernel's window.</param>
/// <param name="Stride">The distance between windows in pixels.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Channels of the output.</param>
/// <param name="Height">Rows of the output.</param>
/// <param name="Width">Columns of the output.</param>
/// <param name="Pitch">Elements from one input row to the next.</param>
/// <param name="OutputPitch">Elements from one output row to the next.</param>
/// <param name="OutputPixel">Elements from one output pixel to the next.</param>
internal readonly unsafe record struct ConvolutionLoops<V, L>(
    int Rows, int Columns, int Stride, int Channels, int Filters, int Height, int Width, int Pitch, int OutputPitch, int OutputPixel)
    where V : struct
    where L : struct, ILanes<V>
{
    // Products that a tile of the kernel gradient sums before it is added to memory. At 100 to 200 both operands of a block of
    // rows stay in the L1 cache, and loading and storing the tile costs a few percent of its products.
    private const int GradientDepth = 128;

    // A row of the window then has three elements, and one tile may span several window rows (see TileWalk.AThreeRows).
    private bool ThreeTaps => Columns == 3 && Channels == 1;

    /// <summary>z (+)= convolution(image, kernel): the rows of a tile are pixels of an output row, the segments are the window's
    /// rows.</summary>
    public void Convolve(float* image, float* kernel, float* z, bool accumulate)
    {
        var walk = new TileWalk
        {
            Depth = Columns * Channels,
            Segments = Rows,
            ARow = Stride * Channels,
            AThreeRows = 3 * Stride * Channels,
            ADepth = 1,
            ASegment = Pitch,
            BDepth = Filters,
            BSegment = Columns * Channels * Filters,
            CRow = OutputPixel,
            Accumulate = accumulate,
        };
        for (var n = 0; n < Filters; n += Tile<V, L>.Columns)
        {
            var columns = Math.Min(Filters - n, Tile<V, L>.Columns);
            for (var y = 0; y < Height; y++)
            {
                var from = image + y * Stride * Pitch;
                var to = z + y * OutputPitch + n;
                for (int x = 0, rows; x < Width; x += rows)
                {
                    rows = Tile<V, L>.NextRows(Width - x);
                    Tile<V, L>.Multiply(rows, columns, walk, from + x * Stride * Channels, kernel + n, to + x * OutputPixel);
                }
            }
        }
    }

    /// <summary>
    /// gradient (+)= the sum over output pixels of each element of their windows times dz: the rows of a tile are elements of a
    /// window's row, the depth is the pixels of an output row, the segments are output rows.
    /// </summary>
    /// <param name="image">The input.</param>
    /// <param name="dz">The gradient of the output.</param>
    /// <param name="dzPitch">Elements from one row of dz to the next.</param>
    /// <param name="gradient">Rows x columns x channels x filters.</param>
    /// <param name="accumulate">Whether to add to the existing values.</param>
    public void KernelGradient(float* image, float* dz, int dzPitch, float* gradient, bool accumulate)
    {
        var blocks = Math.Max(1, Height * Width / GradientDepth);
        var most = Math.Max(1, (Height + blocks - 1) / blocks);
        var run = ThreeTaps ? Rows * 3 : Columns * Channels;
        var walk = new TileWalk
        {
            Depth = Width,
            ARow = 1,
            AThreeRows = ThreeTaps ? Pitch : 3,
            ADepth = Stride * Channels,
            ASegment = Stride * Pitch,
            BDepth = Filters,
            BSegment = dzPitch,
            CRow = Filters,
            Accumulate = accumulate,
        };
        for (var y = 0; y < Height; y += most)
        {
            walk.Segments = Math.Min(most, Height - y);
            for (var n = 0; n < Filters; n += Tile<V, L>.Columns)
            {
                var columns = Math.Min(Filters - n, Tile<V, L>.Columns);
                for (var windowRow = 0; windowRow * run < Rows * Columns * Channels; windowRow++)
                {
                    var from = image + (y * Stride + windowRow) * Pitch;
                    var to = gradient + windowRow * run * Filters + n;
                    for (int m = 0, rows; m < run; m += rows)
                    {
                        rows = ThreeTaps ? Math.Min(run - m, Tile<V, L>.Rows / 3 * 3) : Tile<V, L>.NextRows(run - m);
                        var first = ThreeTaps ? m / 3 * Pitch : m;
                        Tile<V, L>.Multiply(rows, columns, walk, from + first, dz + y * dzPitch + n, to + m * Filters);
                    }
                }
            }

            walk.Accumulate = true;
        }
    }
}
