using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>
/// Windows of images with few channels, such as grey ones. All elements of a window are packed, so that an octet holds several
/// taps without padding. Only the first convolution of a network uses it, and that one needs no input gradient, so the kernel is
/// never transposed.
/// </summary>
internal readonly struct DenseWindows(SourceReader reader, int height, int width, int rows, int columns, int kernel, int stride, int top,
    int left) : IWindows
{
    public int Depth => (KernelRows + F8.Count - 1) / F8.Count;

    public int KernelRows => kernel * kernel * reader.Channels;

    public WindowOrigin OriginOf(int pixel)
    {
        var row = pixel / columns;
        return new(row / rows * height * width, row % rows * stride - top, pixel % columns * stride - left);
    }

    public F8 At(WindowOrigin origin, int octet)
    {
        var k = octet * F8.Count;
        return new(One(origin, k), One(origin, k + 1), One(origin, k + 2), One(origin, k + 3), One(origin, k + 4), One(origin, k + 5),
            One(origin, k + 6), One(origin, k + 7));
    }

    public int RowOf(int octet, int number) => octet * F8.Count + number < KernelRows ? octet * F8.Count + number : -1;

    public F8 Transposed(ArrayView<float> weights, int filters, int filter, int octet) => F8.Of(0);

    private float One(WindowOrigin origin, int k)
    {
        var place = k / reader.Channels;
        var (y, x) = (origin.Row + place / kernel, origin.Column + place % kernel);
        return k < KernelRows & y >= 0 & y < height & x >= 0 & x < width
            ? reader.OneAt(origin.Image + y * width + x, k % reader.Channels) : 0f;
    }
}
