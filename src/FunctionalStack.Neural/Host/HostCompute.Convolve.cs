namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        var image = new PaddedImage<V, L>(window, x, arena.Start);
        var areas = checked(pool.Threads * image.Floats);
        var filters = window.Output.Channels;
        var scratch = Scratch(areas + (moments is null ? 0 : MomentPartials<V, L>.Size(batch, filters)));
        var partials = new MomentPartials<V, L>(scratch + areas, batch, filters);
        if (image.IsPadded) new Span<float>(scratch, areas).Clear();
        pool.Run(batch, new Convolving
        {
            Image = image,
            Loops = LoopsOf(window, image.Pitch),
            Areas = scratch,
            Kernel = At(kernel),
            Bias = bias is { } b ? At(b) : null,
            Z = At(z),
            WithMoments = moments is not null,
            Partials = partials,
        });
        if (moments is { } wanted) partials.Merge(wanted, arena.Start);
    }

    private static ConvolutionLoops<V, L> LoopsOf(Convolution window, int pitch)
    {
        var (height, width, filters) = (window.Output.Height, window.Output.Width, window.Output.Channels);
        return new(window.Kernel, window.Kernel, window.Stride, window.Input.Channels, filters, height, width, pitch, width * filters,
            filters);
    }

    /// <summary>One example per item, so that all operations on it run while it is in the cache.</summary>
    private struct Convolving : IWork
    {
        public PaddedImage<V, L> Image;
        public ConvolutionLoops<V, L> Loops;
        public float* Areas;
        public float* Kernel;
        public float* Bias;
        public float* Z;
        public bool WithMoments;
        public MomentPartials<V, L> Partials;

        public readonly void Do(int example, int worker)
        {
            var (pixels, filters) = (Loops.Height * Loops.Width, Loops.Filters);
            var to = Z + example * pixels * filters;
            if (Bias is not null)
            {
                for (var pixel = 0; pixel < pixels; pixel++) new Span<float>(Bias, filters).CopyTo(new(to + pixel * filters, filters));
            }

            Loops.Convolve(Image.Example(example, Areas + worker * Image.Floats), Kernel, to, accumulate: Bias is not null);
            if (WithMoments) Partials.Compute(example, to, pixels);
        }
    }
}
