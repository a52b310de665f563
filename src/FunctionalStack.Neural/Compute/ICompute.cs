namespace FunctionalStack.Neural;

/// <summary>
/// The operations of a network's steps over one arena of float32 values: the interface that a backend implements and that the
/// rest of the library uses. Tensors are NHWC. An operation reads its sources and overwrites its results; they never overlap.
/// Results depend on the arguments alone, bit for bit, and not on the number of threads: reductions run in a fixed order. An
/// operation allocates nothing once it has run at its sizes. Operations run in order, but a call may return when the operation
/// is only queued; <see cref="Read"/> alone waits.
/// </summary>
/// <remarks>
/// <c>batch</c> is the number of examples present: 1 to the capacity of the slices. Shapes are checked when a network is
/// planned (<see cref="Network.Check"/>), not here.
/// </remarks>
public interface ICompute : IDisposable
{
    /// <summary>Copies values into the arena. The source may be changed once the call returns, even if the device receives the values
    /// later.</summary>
    void Write(ReadOnlySpan<float> from, Slice to);

    /// <summary>Copies values out of the arena. Waits for all operations queued before.</summary>
    void Read(Slice from, Span<float> to);

    /// <summary>Sets every element of the slice to <paramref name="value"/>.</summary>
    void Fill(Slice to, float value);

    /// <summary>z = convolution(x, kernel) + bias, and optionally the moments of z. The kernel is kernel x kernel x input channels x
    /// filters.</summary>
    void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments);

    /// <summary>The gradients of <see cref="Convolve"/>'s kernel, bias and, if <paramref name="dx"/> is given, input, from the gradient of
    /// z.</summary>
    void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient,
        InputGradient? dx);

    /// <summary>z = x · kernel + bias for vectors x, and optionally the moments of z. The kernel is inputs x units, units
    /// innermost.</summary>
    void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments);

    /// <summary>The gradients of <see cref="Dense"/>'s kernel, bias and, if <paramref name="dx"/> is given, input, from the gradient of
    /// z.</summary>
    void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx);

    /// <summary>The moments per channel of a tensor in the arena.</summary>
    void Moments(int batch, Slice z, Shape shape, BatchMoments moments);

    /// <summary>inverse deviation = 1 / sqrt(variance + epsilon), for moving variances.</summary>
    void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation);

    /// <summary>The normalization sums of <paramref name="dy"/>. Its own <see cref="Gradient.Sums"/> are not read.</summary>
    void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums);

    /// <summary>y = x, normalized and activated as <see cref="Source"/> defines, then pooled if <paramref name="pooling"/> is
    /// given.</summary>
    void Apply(int batch, Source x, Pooling? pooling, Slice y);

    /// <summary>Stores a gradient that is otherwise computed on read: batch x shape of <see cref="Gradient.Of"/>.</summary>
    void ApplyBackward(int batch, Gradient dz, Slice to);

    /// <summary>y = a + b for two sources of equal shapes.</summary>
    void Add(int batch, Source a, Source b, Slice y);

    /// <summary>to += from, elementwise.</summary>
    void Accumulate(Slice from, Slice to);

    /// <summary>
    /// Inverted dropout: y[i] = x[i] / (1 - rate) where kept(key, i), else 0, for i below batch x shape's size. The mask is a
    /// pure function of key and index (<see cref="DropMask"/>), so the backward pass is the same operation on the gradient.
    /// </summary>
    void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y);

    /// <summary>y = softmax of each row of <paramref name="units"/> elements.</summary>
    void Softmax(int batch, Slice x, int units, Slice y);

    /// <summary>dx = y * (dy - sum(dy * y)), per row.</summary>
    void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx);

    /// <summary>
    /// Writes the mean loss of the batch to <c>metrics[0]</c> and the number of correct rows to <c>metrics[1]</c>. A row is correct
    /// if its greatest score is the target's class, or if the sign of every score agrees with its target; 0 for squared error.
    /// </summary>
    /// <param name="batch">Rows present.</param>
    /// <param name="loss">The loss; it decides the form of the targets.</param>
    /// <param name="scores">Rows x units: logits, before softmax or sigmoid.</param>
    /// <param name="targets">One class code per row, or rows x units.</param>
    /// <param name="units">Scores per row.</param>
    /// <param name="gradient">Overwritten by the gradient of the mean loss with respect to the scores; null to compute the loss
    /// only.</param>
    /// <param name="metrics">Two elements: written.</param>
    /// <param name="before">Metrics of the previous step. If its loss is not finite, this step's loss is NaN, so that the first step with
    /// such a loss can be found later.</param>
    /// <param name="weights">A factor per row for its loss and so for its gradient. The mean still divides by the number of rows.
    /// Null for 1.</param>
    void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before = null,
            Slice? weights = null);

    /// <summary>
    /// One optimizer step over a contiguous run of parameters. Buffers that the rule does not use are not touched. Nothing is
    /// updated if the first element of <paramref name="guard"/>, the step's metrics, is not finite.
    /// </summary>
    /// <param name="rule">The arithmetic and the hyperparameters.</param>
    /// <param name="parameters">Updated.</param>
    /// <param name="gradients">Of the same length.</param>
    /// <param name="mu">The momentum, or Adam's first moment; updated. Null if the rule does not use it.</param>
    /// <param name="nu">The second moment; updated. Null if the rule does not use it.</param>
    /// <param name="guard">The metrics of the step; null to update in any case.</param>
    void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? mu, Slice? nu, Slice? guard = null);
}
