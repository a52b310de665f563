namespace FunctionalStack.Neural.Host;

/// <summary>Rows of pixels, normalized and activated.</summary>
internal readonly unsafe struct ReadKernel(
    float* from, float* to, int rows, int columns, int rowPitch, int pixelPitch, int channels, Normalizer normalizer, float slope)
        : IChannelKernel
{
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly Normalizer normalizer = normalizer;

    public void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step, pitch, count) = (M.Broadcast(slope), channels, pixelPitch, columns);
        var z = from + channel;
        for (var row = 0; row < rows; row++)
        {
            var y = to + channel + (nint)row * rowPitch;
            for (var x = 0; x < count; x++)
            {
                M.Store(y, A.Of<W, M>(M.Fma(M.Subtract(M.Load(z), mean), scale, beta), leak));
                z += step;
                y += pitch;
            }
        }
    }
}
