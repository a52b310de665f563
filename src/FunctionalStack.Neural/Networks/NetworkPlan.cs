namespace FunctionalStack.Neural;

/// <summary>A checked network: every layer with its shapes, every parameter with its place.</summary>
/// <param name="Network">What was checked.</param>
/// <param name="Nodes">Every layer in order of computation, those within residuals too.</param>
/// <param name="Parameters">What is learned by gradients, in order, end to end from 0.</param>
/// <param name="Moments">Batch normalization's moving moments, in order, end to end from 0.</param>
public sealed record NetworkPlan(Network Network, EquatableArray<Node> Nodes, EquatableArray<Block> Parameters, EquatableArray<Block> Moments)
{
    public Shape Output => Nodes.Count == 0 ? Network.Input : Nodes[^1].Output;

    /// <summary>Numbers learned by gradients.</summary>
    public int ParameterCount => Parameters.Sum(block => block.Length);

    /// <summary>Numbers of the moving moments.</summary>
    public int MomentCount => Moments.Sum(block => block.Length);
}

/// <summary>One layer's place in a plan.</summary>
/// <param name="Name">Its place and itself, such as <c>layer 3, ReLU</c> or <c>layer 4, body 1, Conv2D(32, 3x3)</c>.</param>
/// <param name="Layer">The layer; a residual stands for its addition, after its body's and shortcut's layers.</param>
/// <param name="From">The node read; -1 for the network's input.</param>
/// <param name="Other">For a residual the node of its shortcut's end; else the same as <paramref name="From"/>.</param>
/// <param name="Input">The shape read.</param>
/// <param name="Output">The shape made.</param>
/// <param name="Parameters">Its blocks: kernel then bias, or gamma then beta.</param>
/// <param name="Moments">Its blocks: moving mean then moving variance.</param>
public sealed record Node(string Name, Layer Layer, int From, int Other, Shape Input, Shape Output, EquatableArray<Block> Parameters, EquatableArray<Block> Moments);

public enum BlockKind
{
    Kernel,
    Bias,
    Gamma,
    Beta,
    MovingMean,
    MovingVariance,
}

/// <summary>A run of numbers in the variables.</summary>
/// <param name="Name">The layer's name and the block's kind.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Offset">Where they begin in the parameters or in the moments.</param>
/// <param name="Length">How many.</param>
/// <param name="FanIn">Of a kernel: inputs of one output.</param>
/// <param name="FanOut">Of a kernel: outputs that one input reaches.</param>
public sealed record Block(string Name, BlockKind Kind, int Offset, int Length, int FanIn = 0, int FanOut = 0);
