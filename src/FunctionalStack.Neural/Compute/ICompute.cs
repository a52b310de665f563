namespace FunctionalStack.Neural;

/// <summary>
/// The op set that a network's steps are made of, over one arena of float32 numbers: what a backend implements and all
/// that the rest of the library knows of it. Tensors are NHWC. Pure in meaning: an operation reads its sources and
/// overwrites its results, which never overlap them; results depend on the arguments alone, bit for bit, not on
/// threads. Reductions run in a fixed order. Nothing is allocated by an operation once it has run before at its sizes.
/// Operations run one after the other, but may only be queued when their call returns; <see cref="Read"/> alone waits.
/// </summary>
/// <remarks>
/// <c>batch</c> is the number of examples present: 1 up to what the slices hold. Shapes are checked where a network is
/// laid out, not here.
/// </remarks>
public interface ICompute : IDisposable
{
    /// <summary>The numbers are copied before this returns, even where they arrive later.</summary>
    void Write(ReadOnlySpan<float> from, Slice to);

    /// <summary>Waits for all that was asked for before.</summary>
    void Read(Slice from, Span<float> to);

    void Fill(Slice to, float value);

    /// <summary>z = convolution(x, kernel) + bias, and its moments where wanted. The kernel is kernel x kernel x input channels x filters.</summary>
    void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments);

    /// <summary>The gradients of <see cref="Convolve"/>'s kernel, bias and, where wanted, input, given z's.</summary>
    void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx);

    /// <summary>z = x · kernel + bias for vectors x, and its moments where wanted. The kernel is inputs x units, units innermost.</summary>
    void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments);

    /// <summary>The gradients of <see cref="Dense"/>'s kernel, bias and, where wanted, input, given z's.</summary>
    void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx);

    /// <summary>The moments of numbers that lie there already, per channel.</summary>
    void Moments(int batch, Slice z, Shape shape, BatchMoments moments);

    /// <summary>inverse deviation = 1 / sqrt(variance + epsilon), for moments that were kept.</summary>
    void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation);

    /// <summary>The sums of <paramref name="dy"/>, whose own <see cref="Gradient.Sums"/> are not read.</summary>
    void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums);

    /// <summary>y = x as it is read, pooled where asked for.</summary>
    void Apply(int batch, Source x, Pooling? pooling, Slice y);

    /// <summary>dz = the gradient as it is read, batch x shape of <see cref="Gradient.Of"/>.</summary>
    void ApplyBackward(int batch, Gradient dz, Slice to);

    /// <summary>y = a + b, both as they are read; equal shapes.</summary>
    void Add(int batch, Source a, Source b, Slice y);

    /// <summary>to += from, number by number.</summary>
    void Accumulate(Slice from, Slice to);

    /// <summary>
    /// Inverted dropout: y[i] = x[i] / (1 - rate) where kept(key, i), else 0, for i below batch x shape's size. Kept or
    /// not is a pure function of key and index (<see cref="DropMask"/>), so the backward pass is the same operation on the
    /// gradient.
    /// </summary>
    void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y);

    /// <summary>y = softmax of each row of <paramref name="units"/> numbers.</summary>
    void Softmax(int batch, Slice x, int units, Slice y);

    /// <summary>dx = y * (dy - sum(dy * y)), row by row.</summary>
    void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx);

    /// <summary>
    /// The mean loss of the batch into <c>metrics[0]</c>, and into <c>metrics[1]</c> how many rows were right: the
    /// greatest score being the target's class, the score's sign agreeing with the target (all units), or 0 for values.
    /// </summary>
    /// <param name="batch">Rows present.</param>
    /// <param name="loss">Which loss, and so what targets are.</param>
    /// <param name="scores">Rows x units: logits, before softmax or sigmoid.</param>
    /// <param name="targets">A class code a row, or a number a unit.</param>
    /// <param name="units">Numbers a row.</param>
    /// <param name="gradient">Overwritten by the mean loss's gradient with respect to the scores; none where only the loss is wanted.</param>
    /// <param name="metrics">Two numbers.</param>
    /// <param name="before">Metrics of the step before: where its loss is not finite, this one's is NaN, so that whoever looks later sees which was the first.</param>
    /// <param name="weights">What each row's loss, and so its gradient, is multiplied by; the mean still divides by the number of rows.
    /// Null for 1.</param>
    void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before = null,
            Slice? weights = null);

    /// <summary>
    /// One optimizer step over a flat run of parameters; slots the rule does not use are not touched, and nothing is where the
    /// first number of <paramref name="guard"/>, the step's metrics, is not finite.
    /// </summary>
    void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? first, Slice? second, Slice? guard = null);
}
