namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // The number of partial kernel gradients: enough for this many threads, within this total size unless that leaves too few.
    // It depends on the shapes alone, as the order of summation must.
    private const int MostGroups = 32, FewestGroups = 8, GroupFloats = 1 << 22;

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        var image = new PaddedImage<V, L>(window, x, arena.Start);
        var frame = new PaddedGradient<V, L>(window, forInput: dx is not null);
        var dxReader = dx is null ? default : GradientReader<V, L>.Of(batch, new(dx.Value.Data, x), arena.Start);
        var (size, filters) = (window.KernelSize, window.Output.Channels);
        var groups = Math.Min(batch, Math.Clamp(GroupFloats / size, FewestGroups, MostGroups));
        var partial = Slice.Aligned(size) + Slice.Aligned(filters);
        var areas = checked(pool.Threads * (image.Floats + frame.Floats));
        var rotated = groups * partial;
        var sums = rotated + (dx is null ? 0 : Slice.Aligned(size));
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
            work.Rotated = scratch + areas + rotated;
            work.Dx = At(input.Data);
            work.WithSums = input.Sums is not null;
            work.DxReader = dxReader;
            work.Sums = scratch + areas + sums;
            frame.Rotate(At(kernel), work.Rotated);
        }

        pool.Run(groups, work);
        PartialSums<V, L>.Add(pool, work.Partials, groups, partial, At(kernelGradient), size);
        if (dx?.Sums is { } wanted) dxReader.MergeSums(work.Sums, batch, wanted, arena.Start);
        if (biasGradient is { } bias) PartialSums<V, L>.Add(pool, work.Partials + Slice.Aligned(size), groups, partial, At(bias), filters);
    }

    /// <summary>One run of examples per item, with its own kernel gradient.</summary>
    private struct ConvolvingBackward : IWork
    {
        public int Batch;
        public int Groups;
        public PaddedImage<V, L> Image;
        public GradientReader<V, L> Dz;
        public PaddedGradient<V, L> Frame;
        public ConvolutionLoops<V, L> Loops;
        public float* Areas;
        public float* Partials;
        public int Partial;
        public bool WithBias;
        public float* Rotated;
        public float* Dx;
        public bool WithSums;
        public GradientReader<V, L> DxReader;
        public float* Sums;

        public readonly void Do(int group, int worker)
        {
            var area = Areas + worker * (Image.Floats + Frame.Floats);
            var dz = area + Image.Floats;
            var gradient = Partials + group * Partial;
            var bias = gradient + Slice.Aligned(Loops.Rows * Loops.Columns * Loops.Channels * Loops.Filters);
            if (WithBias) new Span<float>(bias, Loops.Filters).Clear();
            var first = (int)((long)Batch * group / Groups);
            var end = (int)((long)Batch * (group + 1) / Groups);
            for (var example = first; example < end; example++)
            {
                Dz.Read(example, dz + Frame.Origin, Frame.Pitch, Loops.Filters);
                var image = Image.Example(example, area);
                Loops.KernelGradient(image, dz + Frame.Origin, Frame.Pitch, gradient, accumulate: example > first);
                if (WithBias) AddPixels(dz + Frame.Origin, bias);
                if (Dx is not null) InputGradient(example, dz);
            }
        }

        private readonly void InputGradient(int example, float* dz)
        {
            Frame.Convolve(dz, Rotated, Dx + example * Frame.InputSize);
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
                    var pixel = dz + y * Frame.Pitch + x * Loops.Filters;
                    for (var channel = 0; channel < Loops.Filters; channel++) sums[channel] += pixel[channel];
                }
            }
        }
    }
}
