namespace FunctionalStack.Neural.Host;

internal readonly unsafe struct SourceReader<V, L>(float* data, int h, int w, int c) where V : struct where L : struct, ILanes<V>
{
    public static SourceReader<V, L> Of(Source x, float* arena) => new(arena + x.Data.Offset, x.Shape.Height, x.Shape.Width, x.Shape.Channels);
    public void Read(int example, float* to, int rowPitch)
    {
        for (var y = 0; y < h; y++) new Span<float>(data + (example * h + y) * w * c, w * c).CopyTo(new Span<float>(to + y * rowPitch, w * c));
    }
}

internal readonly unsafe struct GradientReader<V, L>(float* data, int h, int w, int c) where V : struct where L : struct, ILanes<V>
{
    public static GradientReader<V, L> Of(int batch, Gradient g, float* arena) => new(arena + g.Upstream.Offset, g.Of.Shape.Height, g.Of.Shape.Width, g.Of.Shape.Channels);
    public void Read(int example, float* to, int rowPitch, int pixelPitch)
    {
        for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) new Span<float>(data + ((example * h + y) * w + x) * c, c).CopyTo(new Span<float>(to + y * rowPitch + x * pixelPitch, c));
    }
}
