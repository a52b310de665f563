using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Products with constant matrices.</summary>
internal static class DenseLayers
{
    public static Value Gemm(FileNode node, Walk walk)
    {
        if (node.Single("alpha", 1) != 1 || node.Single("beta", 1) != 1 || node.Integer("transA", 0) != 0)
            throw node.Refused("has other factors than 1, or transposes its input");
        var weights = walk.Tensor(node, 1);
        var made = Multiply(node, walk, walk.Signal(node, 0), weights, node.Integer("transB", 0) != 0);
        return walk.FindTensor(node, 2) is not { } bias ? made : Sums.Shifted(made, bias, 1, node, walk);
    }

    public static Value MatMul(FileNode node, Walk walk) =>
        Multiply(node, walk, walk.Signal(node, 0), walk.Tensor(node, 1), transposed: false);

    private static Signal Multiply(FileNode node, Walk walk, Signal signal, FileTensor weights, bool transposed)
    {
        var layout = signal.Layout;
        if (layout.Dims.Length != 1 || weights.Dims.Length != 2 || weights.Dims[transposed ? 1 : 0] != layout.Size)
            throw node.Refused($"multiplies {string.Join(" x ", layout.Dims)} with {string.Join(" x ", weights.Dims)}");
        var (flat, numbers, places) = (signal.Flat(node), walk.Floats(weights, node), layout.Places());
        walk.Spend(numbers.Length, node);
        var (inputs, units) = (layout.Size, (int)weights.Dims[transposed ? 0 : 1]);
        var kernel = new float[numbers.Length];
        for (var input = 0; input < inputs; input++)
        {
            for (var unit = 0; unit < units; unit++)
                kernel[places[input] * units + unit] = numbers[transposed ? unit * inputs + input : input * units + unit];
        }

        return new(flat.Step.Then(new ReadLayer(new Layer.Dense(units, Bias: false), [kernel], []), node), Layout.Vector(units));
    }
}
