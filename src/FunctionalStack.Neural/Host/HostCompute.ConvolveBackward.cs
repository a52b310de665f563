namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // Partial kernel gradients: enough for as many threads, of no more memory than these numbers together unless that
    // leaves too few. A function of the shapes alone, as the order of summation must be.
    private const int MostGroups = 32, FewestGroups = 8, GroupFloats = 1 << 22;

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        var image = new PaddedImage<V, L>(window, x, arena.Start);
        var frame = new GradientFrame(window, forInput: dx is not null);
        var dxReader = dx is null ? default : GradientReader<V, L>.Of(batch, new(dx.Value.Data, x), arena.Start);
        var (size, filters) = (window.KernelSize, window.Output.Channels);
        var groups = Math.Min(batch, Math.Clamp(GroupFloats / size, FewestGroups, MostGroups));
        var partial = Slice.Aligned(size) + Slice.Aligned(filters);
        var areas = pool.Threads * (image.Floats + frame.Floats);
        var flipped = groups * partial;
        var sums = flipped + (dx is null ? 0 : Slice.Aligned(size));
        var scratch = Scratch(areas + sums + (dx?.Sums is null ? 0 : batch * dxReader.PartialSize));
        if (image.IsPadded || frame.IsPadded) new Span<float>(scratch, areas).Clear();
        var work = new ConvolvingBackward
        {
            Batch = batch,
            Groups = groups,
            Image = image,
            Dz = GradientReader<V, L>.Of(batch, dz, arena.Start),
            Frame = frame,
            Loops = LoopsOf(window, image.Pitch),
            Areas = scratch,
            Partials = scratch + areas,
            Partial = partial,
            WithBias = biasGradient is not null,
        };
        if (dx is { } input)
        {
            work.Flipped = scratch + areas + flipped;
            work.InputLoops = new(window.Kernel, 1, filters, window.Input.Channels, window.Input.Height, window.Input.Width, frame.Pitch);
            work.Dx = At(input.Data);
            work.WithSums = input.Sums is not null;
            work.DxReader = dxReader;
            work.Sums = scratch + areas + sums;
            Flip(window, At(kernel), work.Flipped);
        }

        pool.Run(groups, work);
        PartialSums<V, L>.Add(pool, work.Partials, groups, partial, At(kernelGradient), size);
        if (dx?.Sums is { } wanted) dxReader.MergeSums(work.Sums, batch, wanted, arena.Start);
        if (biasGradient is { } bias) PartialSums<V, L>.Add(pool, work.Partials + Slice.Aligned(size), groups, partial, At(bias), filters);
    }

    /// <summary>The kernel that takes z's gradient to x's: turned by half a circle, filters and channels exchanged.</summary>
    private static void Flip(Convolution window, float* kernel, float* flipped)
    {
        var (taps, channels, filters) = (window.Kernel * window.Kernel, window.Input.Channels, window.Output.Channels);
        for (var tap = 0; tap < taps; tap++)
        {
            var from = kernel + tap * channels * filters;
            var to = flipped + (taps - 1 - tap) * channels * filters;
            for (var channel = 0; channel < channels; channel++)
            {
                for (var filter = 0; filter < filters; filter++) to[filter * channels + channel] = from[channel * filters + filter];
            }
        }
    }

    /// <summary>
    /// Where an example's dz is read to. For x's gradient, a convolution of dz with stride 1, that is within a border of
    /// zeros and with stride - 1 pixels of zeros between its own.
    /// </summary>
    private readonly struct GradientFrame
    {
        public GradientFrame(Convolution window, bool forInput)
        {
            var (output, filters) = (window.Output, window.Output.Channels);
            var (rows, columns) = (output.Height, output.Width);
            if (forInput)
            {
                var (top, left) = (window.Kernel - 1 - window.Top, window.Kernel - 1 - window.Left);
                rows = Math.Max(window.Input.Height + window.Kernel - 1, top + (output.Height - 1) * window.Stride + 1);
                columns = Math.Max(window.Input.Width + window.Kernel - 1, left + (output.Width - 1) * window.Stride + 1);
                Origin = (top * columns + left) * filters;
            }

            var stride = forInput ? window.Stride : 1;
            IsPadded = forInput;
            Pitch = columns * filters;
            RowPitch = stride * Pitch;
            PixelPitch = stride * filters;
            Floats = Slice.Aligned(rows * Pitch);
        }

        public bool IsPadded { get; }

        /// <summary>From dz's first pixel within.</summary>
        public int Origin { get; }

        /// <summary>From a row, of zeros or not, to the next.</summary>
        public int Pitch { get; }

        /// <summary>From a row of dz to the next.</summary>
        public int RowPitch { get; }

        /// <summary>From a pixel of dz to the next.</summary>
        public int PixelPitch { get; }

        public int Floats { get; }
    }

    /// <summary>A run of examples is an item, and has its own kernel gradient.</summary>
    private struct ConvolvingBackward : IWork
    {
        public int Batch;
        public int Groups;
        public PaddedImage<V, L> Image;
        public GradientReader<V, L> Dz;
        public GradientFrame Frame;
        public ConvolutionLoops<V, L> Loops;
        public ConvolutionLoops<V, L> InputLoops;
        public float* Areas;
        public float* Partials;
        public int Partial;
        public bool WithBias;
        public float* Flipped;
        public float* Dx;
        public bool WithSums;
        public GradientReader<V, L> DxReader;
        public float* Sums;

        public readonly void Do(int group, int worker)
        {
            var area = Areas + worker * (Image.Floats + Frame.Floats);
            var dz = area + Image.Floats;
            var gradient = Partials + group * Partial;
            var bias = gradient + Slice.Aligned(Loops.Window * Loops.Window * Loops.Channels * Loops.Filters);
            if (WithBias) new Span<float>(bias, Loops.Filters).Clear();
            var first = (int)((long)Batch * group / Groups);
            var end = (int)((long)Batch * (group + 1) / Groups);
            for (var example = first; example < end; example++)
            {
                Dz.Read(example, dz + Frame.Origin, Frame.RowPitch, Frame.PixelPitch);
                var image = Image.Example(example, area);
                Loops.KernelGradient(image, dz + Frame.Origin, Frame.RowPitch, Frame.PixelPitch, gradient, accumulate: example > first);
                if (WithBias) AddPixels(dz + Frame.Origin, bias);
                if (Dx is not null) InputGradient(example, dz);
            }
        }

        private readonly void InputGradient(int example, float* dz)
        {
            InputLoops.Convolve(dz, Flipped, Dx + example * InputLoops.Height * InputLoops.Width * InputLoops.Filters, accumulate: false);
            if (!WithSums) return;
            var partial = Sums + example * DxReader.PartialSize;
            new Span<float>(partial, DxReader.PartialSize).Clear();
            DxReader.AddSums(example, 1, partial);
        }

        private readonly void AddPixels(float* dz, float* sums)
        {
            for (var y = 0; y < Loops.Height; y++)
            {
                for (var x = 0; x < Loops.Width; x++)
                {
                    var pixel = dz + y * Frame.RowPitch + x * Frame.PixelPitch;
                    for (var channel = 0; channel < Loops.Filters; channel++) sums[channel] += pixel[channel];
                }
            }
        }
    }
}
