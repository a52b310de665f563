namespace FunctionalStack.Neural;

public enum Padding
{
    /// <summary>Windows lie wholly in the image: output = (input - kernel) / stride + 1.</summary>
    Valid,

    /// <summary>Zeros around the image, the odd one below and right: output = input / stride, rounded up.</summary>
    Same,
}

/// <summary>
/// A layer of a network: plain data, a closed union. What shape it makes of which input is <see cref="Network.Check"/>'s
/// business, what it computes <see cref="ICompute"/>'s.
/// </summary>
public abstract record Layer
{
    private protected abstract void Seal();

    /// <summary>Square convolution over height x width x channels. A bias before <see cref="BatchNorm"/> is pointless: leave it off there.</summary>
    /// <param name="Filters">Output channels; at least 1.</param>
    /// <param name="Kernel">Rows and columns of the window; at least 1.</param>
    /// <param name="Stride">Pixels from window to window; at least 1.</param>
    /// <param name="Padding">Whether windows may stand over the edge.</param>
    /// <param name="Bias">Whether a number a filter is added.</param>
    public sealed record Conv2D(int Filters, int Kernel = 3, int Stride = 1, Padding Padding = Padding.Valid, bool Bias = true) : Layer
    {
        public override string ToString() => $"Conv2D({Filters}, {Kernel}x{Kernel}{(Stride == 1 ? "" : $", stride {Stride}")}{(Padding == Padding.Same ? ", same" : "")}{(Bias ? "" : ", no bias")})";

        private protected override void Seal() { }
    }

    /// <summary>Every output from every input of a vector. Put <see cref="Flatten"/> before it after images.</summary>
    /// <param name="Units">Outputs; at least 1.</param>
    /// <param name="Bias">Whether a number a unit is added.</param>
    public sealed record Dense(int Units, bool Bias = true) : Layer
    {
        public override string ToString() => $"Dense({Units}{(Bias ? "" : ", no bias")})";

        private protected override void Seal() { }
    }

    /// <summary>
    /// Batch normalization (Ioffe &amp; Szegedy 2015): one gamma and beta a channel, statistics over batch x height x
    /// width; of the batch while training, of the training set after (moving moments in Keras's sense:
    /// moving = momentum * moving + (1 - momentum) * batch, from the unbiased variance).
    /// </summary>
    /// <param name="Epsilon">Added to the variance; above 0.</param>
    /// <param name="Momentum">How much of the moving moments stays at each step; 0 to 1, 1 not among them.</param>
    public sealed record BatchNorm(double Epsilon = 1e-3, double Momentum = 0.99) : Layer
    {
        public override string ToString() => "BatchNorm";

        private protected override void Seal() { }
    }

    public sealed record ReLU : Layer
    {
        public override string ToString() => "ReLU";

        private protected override void Seal() { }
    }

    /// <param name="Slope">Below 0; finite.</param>
    public sealed record LeakyReLU(double Slope = 0.01) : Layer
    {
        public override string ToString() => $"LeakyReLU({Slope})";

        private protected override void Seal() { }
    }

    public sealed record Sigmoid : Layer
    {
        public override string ToString() => "Sigmoid";

        private protected override void Seal() { }
    }

    public sealed record Tanh : Layer
    {
        public override string ToString() => "Tanh";

        private protected override void Seal() { }
    }

    /// <summary>The greatest of each window, per channel; windows lie wholly in the image.</summary>
    /// <param name="Size">Rows and columns of a window; at least 1.</param>
    /// <param name="Stride">Pixels from window to window; 0 for <paramref name="Size"/>.</param>
    public sealed record MaxPool2D(int Size = 2, int Stride = 0) : Layer
    {
        public override string ToString() => $"MaxPool2D({Size}{(Stride == 0 ? "" : $", stride {Stride}")})";

        private protected override void Seal() { }
    }

    /// <summary>The mean of each window, per channel; windows lie wholly in the image.</summary>
    /// <param name="Size">Rows and columns of a window; at least 1.</param>
    /// <param name="Stride">Pixels from window to window; 0 for <paramref name="Size"/>.</param>
    public sealed record AveragePool2D(int Size = 2, int Stride = 0) : Layer
    {
        public override string ToString() => $"AveragePool2D({Size}{(Stride == 0 ? "" : $", stride {Stride}")})";

        private protected override void Seal() { }
    }

    /// <summary>The mean of each channel over the whole image: a vector of channels.</summary>
    public sealed record GlobalAveragePool : Layer
    {
        public override string ToString() => "GlobalAveragePool";

        private protected override void Seal() { }
    }

    /// <summary>The same numbers as a vector.</summary>
    public sealed record Flatten : Layer
    {
        public override string ToString() => "Flatten";

        private protected override void Seal() { }
    }

    /// <summary>While training, each number is 0 with probability <paramref name="Rate"/>, else 1 / (1 - rate) times itself; later it is itself.</summary>
    /// <param name="Rate">0 to 1, 1 not among them.</param>
    public sealed record Dropout(double Rate = 0.5) : Layer
    {
        public override string ToString() => $"Dropout({Rate})";

        private protected override void Seal() { }
    }

    /// <summary>exp(x) / sum(exp(x)) of a vector. As the last layer it is one with the cross-entropy while training.</summary>
    public sealed record Softmax : Layer
    {
        public override string ToString() => "Softmax";

        private protected override void Seal() { }
    }

    /// <summary>body(x) + shortcut(x), as in residual networks (He et al. 2015); both must make the same shape.</summary>
    /// <param name="Body">Layers in sequence; at least one.</param>
    /// <param name="Shortcut">Layers in sequence; none for x itself.</param>
    public sealed record Residual(EquatableArray<Layer> Body, EquatableArray<Layer> Shortcut = default) : Layer
    {
        public override string ToString() => $"Residual({string.Join(" - ", Body)}{(Shortcut.Count == 0 ? "" : $" | {string.Join(" - ", Shortcut)}")})";

        private protected override void Seal() { }
    }
}
