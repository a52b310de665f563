using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Pooling over windows that lie completely in the image, and over the whole image.</summary>
internal static class Pools
{
    public static Value Max(FileNode node, Walk walk)
    {
        node.Ignore("storage_order");
        return Read(node, walk, (size, stride) => new Layer.MaxPool2D(size, stride == size ? 0 : stride));
    }

    public static Value Average(FileNode node, Walk walk)
    {
        node.Ignore("count_include_pad");
        return Read(node, walk, (size, stride) => new Layer.AveragePool2D(size, stride == size ? 0 : stride));
    }

    public static Value Global(FileNode node, Walk walk)
    {
        var signal = walk.Signal(node, 0);
        return signal.Layout.IsImage(signal.Step.Output) ? Mean(signal, [signal.Step.Output.Channels, 1, 1], node)
            : throw Windows.NotAnImage(node, signal);
    }

    public static Value Mean(FileNode node, Walk walk)
    {
        node.Ignore("noop_with_empty_axes");
        var (signal, axes) = (walk.Signal(node, 0), Shapes.Axes(node, walk));
        var (dims, keep) = (signal.Layout.Dims, node.Integer("keepdims", 1) != 0);
        var gone = axes?.Select(axis => Shapes.Place(axis, dims.Length + 1, node) - 1).ToHashSet() ?? [];
        int[] left = [.. Enumerable.Range(0, dims.Length).Where(at => !gone.Contains(at))];
        if (gone.Count == 0 || gone.Contains(-1) || !signal.Layout.Is(new(signal.Step.Output.Channels, 1), left))
            throw node.Refused("takes the mean of other dimensions than all rows and columns of an image");
        return Mean(signal, [.. keep ? dims.Select((dim, at) => gone.Contains(at) ? 1 : dim) : left.Select(at => dims[at])], node);
    }

    private static Signal Mean(Signal signal, int[] dims, FileNode node) =>
        new(signal.Step.Then(new ReadLayer(new Layer.GlobalAveragePool()), node),
            Layout.Vector(signal.Step.Output.Channels).Reshaped(dims));

    private static Signal Read(FileNode node, Walk walk, Func<int, int, Layer> layer)
    {
        var signal = walk.Signal(node, 0);
        var shape = signal.Step.Output;
        var kernel = node.Integers("kernel_shape");
        if (kernel is not [> 0 and <= Windows.Most, > 0 and <= Windows.Most] || kernel[0] != kernel[1])
            throw node.Refused("has no square windows");
        if (!signal.Layout.IsImage(shape)) throw Windows.NotAnImage(node, signal);
        var (size, stride) = ((int)kernel[0], Windows.Stride(node));
        var ceiling = node.Integer("ceil_mode", 0) != 0
            && ((shape.Height - size) % stride != 0 || (shape.Width - size) % stride != 0);
        if (!Windows.Around(node, shape, size, size, stride).IsNone || ceiling)
            throw node.Refused("has windows that extend over the edge of the image, and pooling has none here",
                "Export a net whose pooling has no padding, and no ceil_mode.");
        var step = signal.Step.Then(new ReadLayer(layer(size, stride)), node);
        return new(step, Layout.ChannelsFirst(step.Output));
    }
}
