using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Products and quotients with constants: of pixels before the net, and of the channels of layers.</summary>
internal static class Scales
{
    public static Value Mul(FileNode node, Walk walk) => walk.Of(node, 0) is Constant constant
        ? Of(walk.Signal(node, 1), constant.Tensor, false, node, walk)
        : Of(walk.Signal(node, 0), walk.Tensor(node, 1), false, node, walk);

    public static Value Div(FileNode node, Walk walk) => Of(walk.Signal(node, 0), walk.Tensor(node, 1), true, node, walk);

    private static Signal Of(Signal signal, FileTensor tensor, bool divides, FileNode node, Walk walk)
    {
        if (signal.Step.Length == 0 && tensor.Count == 1)
        {
            var by = walk.Floats(tensor, node)[0];
            if (!(by > 0)) throw node.Refused($"multiplies its input with {by}, or divides by it");
            return signal with { Step = Step.Input(signal.Step.Output, signal.Step.Divisor * (divides ? by : Inverse(by))) };
        }

        var (to, factors) = Channels.Beside(signal, tensor, node, walk);
        if (divides) factors = [.. factors.Select(number => 1 / number)];
        return factors.All(float.IsFinite) ? Scaled(to, factors, node, walk) : throw node.Refused("divides by 0");
    }

    /// <summary>The signal times a number a channel; null for 1. The layer before is scaled or, if it cannot be, a layer with a diagonal
    /// kernel is added.</summary>
    public static Signal Scaled(Signal signal, float[]? factors, FileNode node, Walk walk)
    {
        var (layer, channels) = (signal.Step.Layer, signal.Step.Output.Channels);
        if (factors is not null && layer?.Layer is Layer.Conv2D or Layer.Dense)
        {
            walk.Spend(layer!.Parameters.Sum(block => block.Length), node);
            float[][] scaled =
                [.. layer.Parameters.Select(block => block.Select((number, at) => number * factors![at % channels]).ToArray())];
            return signal with { Step = signal.Step.Before!.Then(layer with { Parameters = scaled }, node) };
        }

        walk.Spend((long)channels * channels, node);
        var kernel = new float[channels * channels];
        for (var at = 0; at < channels; at++) kernel[at * channels + at] = factors?[at] ?? 1;
        var isDense = signal.Step.Output.IsVector;
        walk.Note(node,
            $"was read as a {(isDense ? "dense layer" : "1x1 convolution")} with a diagonal kernel: training changes all of it");
        return signal with
        {
            Step = signal.Step.Then(new ReadLayer(isDense ? new Layer.Dense(channels, Bias: false)
                : new Layer.Conv2D(channels, 1, Bias: false), [kernel], []), node),
        };
    }

    // x * (1 / 255) is x / 255 but for rounding.
    private static double Inverse(float factor)
    {
        var whole = Math.Round(1.0 / factor);
        return (float)(1 / whole) == factor ? whole : 1.0 / factor;
    }
}
