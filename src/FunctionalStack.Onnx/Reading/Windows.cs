using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>The windows of convolutions and pooling: ONNX gives the zeros at each edge, the library knows valid and same padding.</summary>
internal static class Windows
{
    /// <summary>The greatest length of a window, a stride or zeros.</summary>
    public const int Most = 1 << 16;

    // A kernel is extended by zeros at most so far.
    private const int MostExtended = 16;

    public static int Stride(FileNode node)
    {
        var strides = node.Integers("strides") ?? [1, 1];
        if (node.Integers("dilations") is { } dilations && dilations.Any(each => each != 1))
            throw node.Refused("has dilations, and windows are without gaps here");
        return strides is [> 0 and <= Most, > 0 and <= Most] && strides[0] == strides[1] ? (int)strides[0]
            : throw node.Refused($"has the strides [{string.Join(", ", strides)}], and both are equal here");
    }

    /// <summary>The zeros at each edge.</summary>
    public static Edges Around(FileNode node, Shape shape, int height, int width, int stride)
    {
        var pads = node.Integers("pads");
        var auto = node.Text("auto_pad", "NOTSET");
        switch (auto)
        {
            case "NOTSET":
                return pads is null ? default
                    : pads is [>= 0 and <= Most, >= 0 and <= Most, >= 0 and <= Most, >= 0 and <= Most]
                        ? new((int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3])
                    : throw node.Refused($"has the pads [{string.Join(", ", pads)}]");
            case "VALID": return default;
            case "SAME_UPPER" or "SAME_LOWER":
                var (rows, columns) = (Total(shape.Height, height, stride), Total(shape.Width, width, stride));
                var lower = auto == "SAME_LOWER" ? 1 : 0;
                return new((rows + lower) / 2, (columns + lower) / 2, rows - (rows + lower) / 2, columns - (columns + lower) / 2);
            default: throw node.Refused($"has auto_pad '{auto}'");
        }
    }

    /// <summary>
    /// The square kernel of the library with the same windows: its length, its padding, and where the file's kernel is in it. Kernels that
    /// are not square, and zeros that neither padding gives, such as one on each side at a stride of 2, are made from a larger kernel with
    /// zeros.
    /// </summary>
    public static (int Kernel, Padding Padding, int Top, int Left)? Fit(Shape shape, int height, int width, int stride, Edges around)
    {
        var (rows, columns) = (Count(shape.Height, around.Top + around.Bottom, height),
            Count(shape.Width, around.Left + around.Right, width));
        if (rows < 1 || columns < 1) return null;
        var least = Math.Max(height, width);
        for (var kernel = least; kernel <= least + MostExtended; kernel++)
        {
            if (shape.Height >= kernel && shape.Width >= kernel && Count(shape.Height, 0, kernel) == rows
                && Count(shape.Width, 0, kernel) == columns && around is { Top: 0, Left: 0 })
                return (kernel, Padding.Valid, 0, 0);
            var top = Total(shape.Height, kernel, stride) / 2 - around.Top;
            var left = Total(shape.Width, kernel, stride) / 2 - around.Left;
            if (Same(shape.Height, stride) == rows && Same(shape.Width, stride) == columns
                && top >= 0 && left >= 0 && top + height <= kernel && left + width <= kernel)
                return (kernel, Padding.Same, top, left);
        }

        return null;

        int Count(int length, int zeros, int size) => length + zeros < size ? 0 : (length + zeros - size) / stride + 1;
    }

    public static UnreadableException NotAnImage(FileNode node, Signal signal) => node.Refused(
        $"reads {string.Join(" x ", signal.Layout.Dims)}, which are not channels, rows and columns of {signal.Step.Output}");

    private static int Same(int length, int stride) => (length - 1) / stride + 1;

    private static int Total(int length, int size, int stride) => Math.Max((Same(length, stride) - 1) * stride + size - length, 0);
}
