namespace FunctionalStack.Neural;

/// <summary>A checked network: every layer with its shapes, every parameter with its offset.</summary>
/// <param name="Network">The network that was checked.</param>
/// <param name="Nodes">Every layer in order of computation, including those within residual blocks.</param>
/// <param name="Parameters">The blocks of learned parameters, in order, contiguous from 0.</param>
/// <param name="Moments">The blocks of batch normalization's moving means and variances, in order, contiguous from 0.</param>
public sealed record NetworkPlan(Network Network, EquatableArray<Node> Nodes, EquatableArray<Block> Parameters,
    EquatableArray<Block> Moments)
{
    /// <summary>The shape of the network's output.</summary>
    public Shape Output => Nodes.Count == 0 ? Network.Input : Nodes[^1].Output;

    /// <summary>The number of learned parameters.</summary>
    public int ParameterCount => Parameters.Sum(block => block.Length);

    /// <summary>The number of moving means and variances.</summary>
    public int MomentCount => Moments.Sum(block => block.Length);
}

/// <summary>A layer in a plan.</summary>
/// <param name="Name">The position and the layer, such as <c>layer 3, ReLU</c> or <c>layer 4, body 1, Conv2D(32, 3x3)</c>.</param>
/// <param name="Layer">The layer. The node of a residual block is its addition, which comes after the nodes of its body and its
/// shortcut.</param>
/// <param name="From">The index of the node that it reads; -1 for the network's input.</param>
/// <param name="Other">For a residual block the index of the last node of its shortcut; otherwise equal to <paramref name="From"/>.</param>
/// <param name="Input">The input shape.</param>
/// <param name="Output">The output shape.</param>
/// <param name="Parameters">Its blocks of parameters: kernel then bias, or gamma then beta.</param>
/// <param name="Moments">Its blocks of moments: moving mean then moving variance.</param>
public sealed record Node(string Name, Layer Layer, int From, int Other, Shape Input, Shape Output, EquatableArray<Block> Parameters,
    EquatableArray<Block> Moments);

/// <summary>The content of a block.</summary>
public enum BlockKind
{
    /// <summary>The weights of a convolution or dense layer.</summary>
    Kernel,

    /// <summary>The bias of a convolution or dense layer.</summary>
    Bias,

    /// <summary>The learned scale of a batch normalization, one per channel.</summary>
    Gamma,

    /// <summary>The learned shift of a batch normalization, one per channel.</summary>
    Beta,

    /// <summary>The moving average of a batch normalization's means, one per channel.</summary>
    MovingMean,

    /// <summary>The moving average of a batch normalization's variances, one per channel.</summary>
    MovingVariance,
}

/// <summary>A contiguous run in the variables.</summary>
/// <param name="Name">The name of the layer and of the block's kind.</param>
/// <param name="Kind">Its content.</param>
/// <param name="Offset">Its offset in the parameters or in the moments.</param>
/// <param name="Length">Its length.</param>
/// <param name="FanIn">For a kernel, the number of inputs of one output.</param>
/// <param name="FanOut">For a kernel, the number of outputs that depend on one input.</param>
public sealed record Block(string Name, BlockKind Kind, int Offset, int Length, int FanIn = 0, int FanOut = 0);
