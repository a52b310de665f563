using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Convolutions, and the zeros around an image that a node before them adds.</summary>
internal static class Convolutions
{
    public static Value Read(FileNode node, Walk walk)
    {
        var (signal, weights) = (walk.Signal(node, 0, padded: true), walk.Tensor(node, 1));
        var shape = signal.Step.Output;
        if (!signal.Layout.IsImage(shape)) throw Windows.NotAnImage(node, signal);
        if (node.Integer("group", 1) != 1) throw node.Refused("has groups, and a filter reads all channels here");
        if (weights.Dims is not [var filters, var channels, > 0 and <= Windows.Most, > 0 and <= Windows.Most]
            || channels != shape.Channels)
            throw node.Refused($"has a kernel of {string.Join(" x ", weights.Dims)} for an image of {shape}");
        var (height, width) = ((int)weights.Dims[2], (int)weights.Dims[3]);
        if (node.Integers("kernel_shape") is { } given && !given.SequenceEqual([height, width]))
            throw node.Refused("has another kernel_shape than its kernel");
        var stride = Windows.Stride(node);
        var around = Windows.Around(node, shape, height, width, stride).Plus(signal.Around);
        if (Windows.Fit(shape, height, width, stride, around) is not var (size, padding, top, left))
            throw node.Refused($"has a kernel of {height}x{width} at a stride of {stride}, and {around.Top}, {around.Left}, "
                + $"{around.Bottom} and {around.Right} zeros above, left, below and right of {shape}, which is neither valid nor same "
                + "padding of a square kernel", "Export a net with square kernels, and padding 0 or half of the kernel.");
        if ((size, size) != (height, width))
            walk.Note(node, $"was read with a kernel of {size}x{size} instead of {height}x{width}: it has zeros, which training changes");

        // ONNX has kernels as [filters, channels, rows, columns]; here they are [rows, columns, channels, filters].
        var length = size * size * filters * channels;
        walk.Spend(length, node);
        var (numbers, kernel) = (walk.Floats(weights, node), new float[length]);
        for (var at = 0; at < numbers.Length; at++)
        {
            var (column, row) = (at % width, at / width % height);
            var (channel, filter) = (at / (width * height) % channels, at / (width * height) / channels);
            kernel[(((top + row) * size + left + column) * channels + channel) * filters + filter] = numbers[at];
        }

        var layer = new Layer.Conv2D((int)filters, size, stride, padding, Bias: false);
        var step = signal.Step.Then(new ReadLayer(layer, [kernel], []), node);
        var made = new Signal(step, Layout.ChannelsFirst(step.Output));
        return walk.FindTensor(node, 2) is not { } bias ? made
            : bias.Dims is [var one] && one == filters ? Sums.Shifted(made, bias.With([filters, 1, 1]), 1, node, walk)
            : throw node.Refused($"has a bias of {string.Join(" x ", bias.Dims)} for {filters} filters");
    }

    /// <summary>Zeros around an image, for the convolution after it.</summary>
    public static Value Pad(FileNode node, Walk walk)
    {
        var (signal, mode) = (walk.Signal(node, 0, padded: true), node.Text("mode", "constant"));
        var pads = node.Integers("pads") ?? Shapes.Integers(walk.Tensor(node, 1), node);
        var value = walk.FindTensor(node, 2) is { } given ? OnnxOperators.Single(given, node) : node.Single("value", 0);
        var (dims, shape) = (signal.Layout.Dims, signal.Step.Output);
        if (mode != "constant" || value != 0 || pads.Length != 2 * (dims.Length + 1) || pads.Any(pad => pad is < 0 or > Windows.Most)
            || walk.Find(node, 3) is not null)
            throw node.Refused("pads with something else than rows and columns of zeros");
        var around = signal.Around;
        for (var at = 0; at <= dims.Length; at++)
        {
            var (before, after) = ((int)pads[at], (int)pads[at + dims.Length + 1]);
            if (before == 0 && after == 0) continue;
            if (at > 0 && shape.Height > 1 && signal.Layout.Is(new(shape.Height, shape.Width * shape.Channels), at - 1))
                around = around.Plus(new(before, 0, after, 0));
            else if (at > 0 && shape.Width > 1 && signal.Layout.Is(new(shape.Width, shape.Channels), at - 1))
                around = around.Plus(new(0, before, 0, after));
            else
                throw node.Refused("pads another dimension than rows and columns");
        }

        return signal with { Around = around };
    }
}
