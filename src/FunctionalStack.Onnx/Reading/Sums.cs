using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Sums of two places of the net, which are residual blocks, and with constants, which are biases.</summary>
internal static class Sums
{
    public static Value Add(FileNode node, Walk walk)
    {
        if (node.Inputs.Count != 2) throw node.Refused($"has {node.Inputs.Count} inputs, and only two are added here");
        return (walk.Of(node, 0), walk.Of(node, 1)) switch
        {
            (Constant constant, _) => Shifted(walk.Signal(node, 1), constant.Tensor, 1, node, walk),
            (_, Constant constant) => Shifted(walk.Signal(node, 0), constant.Tensor, 1, node, walk),
            _ => Both(walk.Signal(node, 0), walk.Signal(node, 1), node, walk),
        };
    }

    public static Value Sub(FileNode node, Walk walk) => Shifted(walk.Signal(node, 0), walk.Tensor(node, 1), -1, node, walk);

    /// <summary>The signal plus a constant. It is the bias of the layer before, or of a layer that does nothing else.</summary>
    public static Signal Shifted(Signal signal, FileTensor tensor, float sign, FileNode node, Walk walk)
    {
        var (to, shift) = Channels.Beside(signal, tensor, node, walk);
        if (sign < 0) shift = [.. shift.Select(number => -number)];
        if (shift.All(number => number == 0) && to.Step.Layer?.Layer is not (Layer.Conv2D { Bias: false } or Layer.Dense { Bias: false }))
            return signal;
        var before = to.Step.Layer?.Layer is Layer.Conv2D or Layer.Dense ? to : Scales.Scaled(to, null, node, walk);
        var layer = before.Step.Layer!;
        if (layer.Parameters.Length > 1) shift = [.. shift.Select((number, at) => layer.Parameters[1][at] + number)];
        return before with { Step = before.Step.Before!.Then(WithBias(layer, shift), node) };
    }

    private static ReadLayer WithBias(ReadLayer layer, float[] bias) => layer with
    {
        Layer = layer.Layer switch
        {
            Layer.Conv2D conv => conv with { Bias = true },
            Layer.Dense dense => dense with { Bias = true },
            _ => throw new InvalidOperationException(),
        },
        Parameters = [layer.Parameters[0], bias],
    };

    private static Signal Both(Signal one, Signal other, FileNode node, Walk walk)
    {
        // Equal axes are equal places, without a number for each element of a large image.
        if (!one.Layout.Dims.SequenceEqual(other.Layout.Dims) || !one.Layout.Axes.SequenceEqual(other.Layout.Axes)
            && !one.Layout.Places().SequenceEqual(other.Layout.Places()))
            throw node.Refused($"adds {string.Join(" x ", one.Layout.Dims)} and {string.Join(" x ", other.Layout.Dims)}, or the same in "
                + "another order of elements");
        var sum = Step.Sum(one.Step, other.Step, node);
        // Each sum lists the layers of its block, and a small file can add the ends of a long chain again and again.
        walk.Spend((long)sum.Layer!.Body.Count + sum.Layer.Shortcut.Count, node);
        return one with { Step = sum };
    }
}
