using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>The windows of images as a matrix that is never stored (implicit GEMM): a row is an output pixel, its numbers come in octets.</summary>
internal interface IWindows
{
    /// <summary>Octets of a window.</summary>
    int Depth { get; }

    /// <summary>Rows of the kernel: places x channels.</summary>
    int KernelRows { get; }

    /// <summary>Where an output pixel's window begins.</summary>
    WindowOrigin OriginOf(int pixel);

    /// <summary>An octet of the window at a corner; numbers that are none are finite.</summary>
    F8 At(WindowOrigin origin, int octet);

    /// <summary>The kernel's row that belongs to a number of an octet; negative where it is none.</summary>
    int RowOf(int octet, int number);

    /// <summary>An octet of what belongs to a window in the kernel turned about, of the column <paramref name="filter"/>.</summary>
    F8 Transposed(ArrayView<float> kernel, int filters, int filter, int octet);
}

/// <summary>Where a window begins.</summary>
/// <param name="Image">The example's first pixel.</param>
/// <param name="Row">In the image; negative above it.</param>
/// <param name="Column">In the image; negative left of it.</param>
internal readonly record struct WindowOrigin(int Image, int Row, int Column);
