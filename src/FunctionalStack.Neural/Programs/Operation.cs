namespace FunctionalStack.Neural;

/// <summary>An operation of <see cref="ICompute"/> with its operands, except those of <see cref="StepArguments"/>.</summary>
internal abstract record Operation
{
    private Operation()
    {
    }

    /// <summary><see cref="ICompute.Convolve"/>.</summary>
    public sealed record Convolve(Convolution Window, Source X, Slice Kernel, Slice? Bias, Slice Z, BatchMoments? ZMoments = null)
        : Operation;

    /// <summary><see cref="ICompute.ConvolveBackward"/>.</summary>
    public sealed record ConvolveBackward(
        Convolution Window, Source X, Slice Kernel, Gradient Dz, Slice KernelGradient, Slice? BiasGradient, InputGradient? Dx) : Operation;

    /// <summary><see cref="ICompute.Dense"/>.</summary>
    public sealed record Dense(Source X, Slice Kernel, Slice? Bias, Slice Z, int Units, BatchMoments? ZMoments = null) : Operation;

    /// <summary><see cref="ICompute.DenseBackward"/>.</summary>
    public sealed record DenseBackward(
        Source X, Slice Kernel, Gradient Dz, Slice KernelGradient, Slice? BiasGradient, InputGradient? Dx) : Operation;

    /// <summary><see cref="ICompute.Moments"/>.</summary>
    public sealed record Moments(Slice Z, Shape Shape, BatchMoments To) : Operation;

    /// <summary><see cref="ICompute.InverseDeviation"/>.</summary>
    public sealed record InverseDeviation(Slice Variance, float Epsilon, Slice To) : Operation;

    /// <summary><see cref="ICompute.NormalizationBackward"/>.</summary>
    public sealed record NormalizationBackward(Gradient Dy, NormalizationSums Sums) : Operation;

    /// <summary><see cref="ICompute.Apply"/>.</summary>
    public sealed record Apply(Source X, Pooling? Pooling, Slice Y) : Operation;

    /// <summary><see cref="ICompute.ApplyBackward"/>.</summary>
    public sealed record ApplyBackward(Gradient Dz, Slice To) : Operation;

    /// <summary><see cref="ICompute.Add"/>.</summary>
    public sealed record Add(Source A, Source B, Slice Y) : Operation;

    /// <summary><see cref="ICompute.Accumulate"/>.</summary>
    public sealed record Accumulate(Slice From, Slice To) : Operation;

    /// <summary><see cref="ICompute.Drop"/>. The key of the mask is that of the step's seed, forked by <paramref name="Number"/>.</summary>
    public sealed record Drop(Slice X, Shape Shape, float Rate, int Number, Slice Y) : Operation;

    /// <summary><see cref="ICompute.Softmax"/>.</summary>
    public sealed record Softmax(Slice X, int Units, Slice Y) : Operation;

    /// <summary><see cref="ICompute.SoftmaxBackward"/>.</summary>
    public sealed record SoftmaxBackward(Slice Y, Slice Dy, int Units, Slice Dx) : Operation;

    /// <summary><see cref="ICompute.Loss"/>, into the metrics of the step's slot.</summary>
    public sealed record Loss(LossKind Kind, Slice Scores, int Units, Slice? Gradient, LossSlices Slices) : Operation;
}
