using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>The windows of images as a matrix that is never stored (implicit GEMM): a row is an output pixel, read in octets of
/// elements.</summary>
internal interface IWindows
{
    /// <summary>Octets per window.</summary>
    int Depth { get; }

    /// <summary>Rows of the kernel: taps x channels.</summary>
    int KernelRows { get; }

    /// <summary>The origin of an output pixel's window.</summary>
    WindowOrigin OriginOf(int pixel);

    /// <summary>An octet of the window at an origin. Padding is finite.</summary>
    F8 At(WindowOrigin origin, int octet);

    /// <summary>The kernel's row for an element of an octet; negative for padding.</summary>
    int RowOf(int octet, int number);

    /// <summary>The octet of the transposed kernel for an octet of a window, in the column <paramref name="filter"/>.</summary>
    F8 Transposed(ArrayView<float> kernel, int filters, int filter, int octet);
}

/// <summary>The origin of a window.</summary>
/// <param name="Image">The first pixel of the example.</param>
/// <param name="Row">The row in the image; negative above it.</param>
/// <param name="Column">The column in the image; negative left of it.</param>
internal readonly record struct WindowOrigin(int Image, int Row, int Column);
