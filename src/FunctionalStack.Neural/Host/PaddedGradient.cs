namespace FunctionalStack.Neural.Host;

/// <summary>
/// The memory for an example's dz, and the gradient of x computed from it. That gradient is a convolution of the zero-padded
/// dz with the kernel rotated by 180 degrees and its filters and channels exchanged. With a stride s, the pixels of x form s x s
/// phases. Each phase uses only every s-th row and column of the kernel, so there is one small convolution per phase.
/// </summary>
internal readonly unsafe struct PaddedGradient<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly int window;
    private readonly int stride;
    private readonly int top;
    private readonly int left;
    private readonly int height;
    private readonly int width;
    private readonly int channels;
    private readonly int filters;
    private readonly int border;

    /// <param name="of">The convolution.</param>
    /// <param name="forInput">Whether x's gradient is wanted, which needs the zero border.</param>
    public PaddedGradient(Convolution of, bool forInput)
    {
        (window, stride, top, left) = (of.Kernel, of.Stride, of.Top, of.Left);
        (height, width, channels, filters) = (of.Input.Height, of.Input.Width, of.Input.Channels, of.Output.Channels);
        var (rows, columns) = (of.Output.Height, of.Output.Width);
        if (forInput)
        {
            border = (window - 1) / stride;
            rows = border + Math.Max(rows, (height - 1 + top) / stride + 1);
            columns = border + Math.Max(columns, (width - 1 + left) / stride + 1);
        }

        Pitch = columns * filters;
        Origin = border * (Pitch + filters);
        Floats = Slice.Aligned(rows * Pitch);
        IsPadded = forInput;
    }

    /// <summary>The offset of dz's first element.</summary>
    public int Origin { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int Pitch { get; }

    /// <summary>The size of the scratch memory in elements.</summary>
    public int Floats { get; }

    /// <summary>Whether there is a zero border: scratch memory must then be zero before the first read.</summary>
    public bool IsPadded { get; }

    /// <summary>The number of elements of an example of x.</summary>
    public int InputSize => height * width * channels;

    // The kernel rows of a phase: phase, phase + stride, ...
    private int Taps(int phase) => (window - phase + stride - 1) / stride;

    /// <summary>Lays out the kernel for <see cref="Convolve"/>: by phase, rotated, filters x channels per tap.</summary>
    public void Rotate(float* kernel, float* rotated)
    {
        var phases = Math.Min(stride, window);
        for (var phase = 0; phase < phases * phases; phase++)
        {
            var (down, across) = (phase / phases, phase % phases);
            for (var row = Taps(down) - 1; row >= 0; row--)
            {
                for (var column = Taps(across) - 1; column >= 0; column--)
                {
                    var from = kernel + ((down + row * stride) * window + across + column * stride) * channels * filters;
                    for (var channel = 0; channel < channels; channel++)
                    {
                        for (var filter = 0; filter < filters; filter++) rotated[filter * channels + channel] = *from++;
                    }

                    rotated += channels * filters;
                }
            }
        }
    }

    /// <summary>Computes an example's gradient with respect to x, height x width x channels.</summary>
    /// <param name="dz">The scratch memory with dz in it.</param>
    /// <param name="rotated">The output of <see cref="Rotate"/>.</param>
    /// <param name="dx">Overwritten.</param>
    public void Convolve(float* dz, float* rotated, float* dx)
    {
        // Pixels between the windows do not contribute to z.
        if (window < stride) new Span<float>(dx, InputSize).Clear();
        var phases = Math.Min(stride, window);
        for (var phase = 0; phase < phases * phases; phase++)
        {
            var (down, across) = (phase / phases, phase % phases);
            var (rows, columns) = (Taps(down), Taps(across));
            var (y, x) = (First(down, top), First(across, left));
            var loops = new ConvolutionLoops<V, L>(
                rows, columns, 1, filters, channels, Count(y, height), Count(x, width), Pitch, stride * width * channels,
                    stride * channels);
            var from = dz + ((y + top) / stride + border + 1 - rows) * Pitch + ((x + left) / stride + border + 1 - columns) * filters;
            loops.Convolve(from, rotated, dx + (y * width + x) * channels, accumulate: false);
            rotated += rows * columns * filters * channels;
        }
    }

    // The first row (column) of x in a phase, and the number of them from there.
    private int First(int phase, int before) => (phase + stride - before % stride) % stride;

    private int Count(int first, int extent) => Math.Max(0, (extent - first + stride - 1) / stride);
}
