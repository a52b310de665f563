namespace FunctionalStack.Neural.Host;

/// <summary>
/// Where an example's dz is read to, and x's gradient from there: that is a convolution of dz, within a border of zeros,
/// with the kernel turned by half a circle and its filters and channels exchanged. With a stride s, the pixels of x fall
/// into s x s phases, each of which meets only every s-th row and column of the kernel: a small convolution a phase.
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
    /// <param name="forInput">Whether x's gradient is wanted, and so the border.</param>
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

    /// <summary>Where dz's first number goes.</summary>
    public int Origin { get; }

    /// <summary>Numbers from a row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Scratch memory wanted, in numbers.</summary>
    public int Floats { get; }

    /// <summary>Whether there are zeros around: scratch memory must be zero then before the first read.</summary>
    public bool IsPadded { get; }

    /// <summary>Numbers of an example of x.</summary>
    public int InputSize => height * width * channels;

    // Rows of the kernel that a phase meets: phase, phase + stride, ...
    private int Taps(int phase) => (window - phase + stride - 1) / stride;

    /// <summary>The kernel as <see cref="Convolve"/> wants it: phase by phase, turned, filters x channels a tap.</summary>
    public void Turn(float* kernel, float* turned)
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
                        for (var filter = 0; filter < filters; filter++) turned[filter * channels + channel] = *from++;
                    }

                    turned += channels * filters;
                }
            }
        }
    }

    /// <summary>An example's gradient with respect to x, height x width x channels.</summary>
    /// <param name="dz">The scratch memory's begin, dz in it.</param>
    /// <param name="turned">What <see cref="Turn"/> wrote.</param>
    /// <param name="dx">Overwritten.</param>
    public void Convolve(float* dz, float* turned, float* dx)
    {
        // Pixels between the windows have no part in z.
        if (window < stride) new Span<float>(dx, InputSize).Clear();
        var phases = Math.Min(stride, window);
        for (var phase = 0; phase < phases * phases; phase++)
        {
            var (down, across) = (phase / phases, phase % phases);
            var (rows, columns) = (Taps(down), Taps(across));
            var (y, x) = (First(down, top), First(across, left));
            var loops = new ConvolutionLoops<V, L>(
                rows, columns, 1, filters, channels, Count(y, height), Count(x, width), Pitch, stride * width * channels, stride * channels);
            var from = dz + ((y + top) / stride + border + 1 - rows) * Pitch + ((x + left) / stride + border + 1 - columns) * filters;
            loops.Convolve(from, turned, dx + (y * width + x) * channels, accumulate: false);
            turned += rows * columns * filters * channels;
        }
    }

    // The first row (column) of x in a phase, and how many there are from it.
    private int First(int phase, int before) => (phase + stride - before % stride) % stride;

    private int Count(int first, int extent) => Math.Max(0, (extent - first + stride - 1) / stride);
}
