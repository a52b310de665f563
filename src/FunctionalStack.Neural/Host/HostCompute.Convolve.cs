namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        var image = new PaddedImage<V, L>(window, x, arena.Start);
        var areas = pool.Threads * image.Floats;
        var scratch = Scratch(areas);
        if (image.IsPadded) new Span<float>(scratch, areas).Clear();
        pool.Run(batch, new Convolving
        {
            Image = image,
            Loops = LoopsOf(window, image.Pitch),
            Areas = scratch,
            Kernel = At(kernel),
            Bias = bias is { } b ? At(b) : null,
            Z = At(z),
        });
    }

    private static ConvolutionLoops<V, L> LoopsOf(Convolution window, int pitch) =>
        new(window.Kernel, window.Stride, window.Input.Channels, window.Output.Channels, window.Output.Height, window.Output.Width, pitch);

    /// <summary>One example is an item, so that all that is done to it is done while it is in the cache.</summary>
    private struct Convolving : IWork
    {
        public PaddedImage<V, L> Image;
        public ConvolutionLoops<V, L> Loops;
        public float* Areas;
        public float* Kernel;
        public float* Bias;
        public float* Z;

        public readonly void Do(int example, int worker)
        {
            var (pixels, filters) = (Loops.Height * Loops.Width, Loops.Filters);
            var to = Z + example * pixels * filters;
            if (Bias is not null)
            {
                for (var pixel = 0; pixel < pixels; pixel++) new Span<float>(Bias, filters).CopyTo(new(to + pixel * filters, filters));
            }

            Loops.Convolve(Image.Example(example, Areas + worker * Image.Floats), Kernel, to, accumulate: Bias is not null);
        }
    }
}
