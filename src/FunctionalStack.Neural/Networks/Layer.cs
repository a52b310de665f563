namespace FunctionalStack.Neural;

/// <summary>Whether windows may extend over the edge of the image.</summary>
public enum Padding
{
    /// <summary>No padding, windows lie completely in the image: output = (input - kernel) / stride + 1.</summary>
    Valid,

    /// <summary>Zero padding, with an odd row or column below and right: output = input / stride, rounded up.</summary>
    Same,
}

/// <summary>
/// A layer of a network: plain data, a closed union. <see cref="Network.Check"/> computes its output shape,
/// <see cref="ICompute"/> its outputs.
/// </summary>
public abstract record Layer
{
    private protected abstract void Seal();

    /// <summary>Square convolution over height x width x channels. A bias before <see cref="BatchNorm"/> has no effect; turn it off
    /// there.</summary>
    /// <param name="Filters">Output channels; at least 1.</param>
    /// <param name="Kernel">Rows and columns of the window; at least 1.</param>
    /// <param name="Stride">The distance between windows in pixels; at least 1.</param>
    /// <param name="Padding">Whether windows may extend over the edge of the image.</param>
    /// <param name="Bias">Whether a bias is added per filter.</param>
    public sealed record Conv2D(int Filters, int Kernel = 3, int Stride = 1, Padding Padding = Padding.Valid, bool Bias = true) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"Conv2D({Filters}, {Kernel}x{Kernel}{(Stride == 1 ? "" : $", stride {Stride}")}"
                + $"{(Padding == Padding.Same ? ", same" : "")}{(Bias ? "" : ", no bias")})";

        private protected override void Seal() { }
    }

    /// <summary>A fully connected layer: every output depends on every input of a vector. Put <see cref="Flatten"/> before it after
    /// images.</summary>
    /// <param name="Units">Outputs; at least 1.</param>
    /// <param name="Bias">Whether a bias is added per unit.</param>
    public sealed record Dense(int Units, bool Bias = true) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => $"Dense({Units}{(Bias ? "" : ", no bias")})";

        private protected override void Seal() { }
    }

    /// <summary>
    /// Batch normalization (Ioffe &amp; Szegedy 2015): one gamma and one beta per channel, statistics over batch x height x
    /// width. Training uses the statistics of the batch; inference uses moving averages as in Keras
    /// (moving = momentum * moving + (1 - momentum) * batch, of the mean and the unbiased variance).
    /// </summary>
    /// <param name="Epsilon">Added to the variance; above 0.</param>
    /// <param name="Momentum">The share of the moving averages that is kept at each step; at least 0 and below 1.</param>
    public sealed record BatchNorm(double Epsilon = 1e-3, double Momentum = 0.99) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "BatchNorm";

        private protected override void Seal() { }
    }

    /// <summary>The activation max(u, 0).</summary>
    public sealed record ReLU : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "ReLU";

        private protected override void Seal() { }
    }

    /// <summary>The activation u above 0, else slope * u.</summary>
    /// <param name="Slope">The slope below 0; finite.</param>
    public sealed record LeakyReLU(double Slope = 0.01) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => $"LeakyReLU({Slope})";

        private protected override void Seal() { }
    }

    /// <summary>The activation 1 / (1 + exp(-u)).</summary>
    public sealed record Sigmoid : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "Sigmoid";

        private protected override void Seal() { }
    }

    /// <summary>The hyperbolic tangent as activation.</summary>
    public sealed record Tanh : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "Tanh";

        private protected override void Seal() { }
    }

    /// <summary>Max pooling: the maximum of each window, per channel. Windows lie completely in the image.</summary>
    /// <param name="Size">Rows and columns of a window; at least 1.</param>
    /// <param name="Stride">The distance between windows in pixels, at least 1; 0 for <paramref name="Size"/>.</param>
    public sealed record MaxPool2D(int Size = 2, int Stride = 0) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => $"MaxPool2D({Size}{(Stride == 0 ? "" : $", stride {Stride}")})";

        private protected override void Seal() { }
    }

    /// <summary>Average pooling: the mean of each window, per channel. Windows lie completely in the image.</summary>
    /// <param name="Size">Rows and columns of a window; at least 1.</param>
    /// <param name="Stride">The distance between windows in pixels, at least 1; 0 for <paramref name="Size"/>.</param>
    public sealed record AveragePool2D(int Size = 2, int Stride = 0) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => $"AveragePool2D({Size}{(Stride == 0 ? "" : $", stride {Stride}")})";

        private protected override void Seal() { }
    }

    /// <summary>Global average pooling: the mean of each channel over the whole image. The output is a vector of channels.</summary>
    public sealed record GlobalAveragePool : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "GlobalAveragePool";

        private protected override void Seal() { }
    }

    /// <summary>Reshapes an image to a vector.</summary>
    public sealed record Flatten : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "Flatten";

        private protected override void Seal() { }
    }

    /// <summary>In training each element is set to 0 with probability <paramref name="Rate"/>, and otherwise multiplied by 1 / (1 - rate).
    /// In inference it does nothing.</summary>
    /// <param name="Rate">The dropout rate; at least 0 and below 1.</param>
    public sealed record Dropout(double Rate = 0.5) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => $"Dropout({Rate})";

        private protected override void Seal() { }
    }

    /// <summary>exp(x) / sum(exp(x)) of a vector. As the last layer it is combined with the cross-entropy in training.</summary>
    public sealed record Softmax : Layer
    {
        /// <inheritdoc/>
        public override string ToString() => "Softmax";

        private protected override void Seal() { }
    }

    /// <summary>body(x) + shortcut(x), as in residual networks (He et al. 2015). Both must have the same output shape.</summary>
    /// <param name="Body">Layers in sequence; at least one.</param>
    /// <param name="Shortcut">Layers in sequence; empty for the identity.</param>
    public sealed record Residual(EquatableArray<Layer> Body, EquatableArray<Layer> Shortcut = default) : Layer
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"Residual({string.Join(" - ", Body)}{(Shortcut.Count == 0 ? "" : $" | {string.Join(" - ", Shortcut)}")})";

        private protected override void Seal() { }
    }
}
