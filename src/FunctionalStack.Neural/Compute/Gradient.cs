namespace FunctionalStack.Neural;

/// <summary>
/// The gradient of the loss with respect to <c>Of.Data</c>. It is computed on read, from the gradient with respect to the output
/// of <see cref="Of"/>'s reader. Nothing of the forward pass is stored for it: the normalized value x̂ and the slope of the
/// activation are recomputed.
/// <list type="number">
/// <item>u = (z - mean) * inverseDeviation * gamma + beta, with z = Of.Data; a = activation(u).</item>
/// <item>With pooling, the reader saw pool(a): the upstream gradient goes to each window's maximum (the first in row order)
/// or in equal shares to all its pixels. Without pooling it is the upstream gradient.</item>
/// <item><item>g = that times activation'(u). At u = 0 the slope of ReLU is 0, and the slope of leaky ReLU is its parameter.</item></item>
/// <item>Without normalization the gradient is g. With normalization, by the chain rule through mean and variance, it is
/// gamma * inverseDeviation * (g - sum(g)/m - x̂ * sum(g x̂)/m), with m = batch x height x width of Of.</item>
/// </list>
/// </summary>
/// <param name="Upstream">The upstream gradient: batch x the shape of the reader's output (after pooling, if any).</param>
/// <param name="Of">The source that was read.</param>
/// <param name="Pooling">The pooling between source and upstream gradient; null for none.</param>
/// <param name="Sums">The complete sums of g x̂ and g; given if and only if <see cref="Of"/> is normalized.</param>
public readonly record struct Gradient(Slice Upstream, Source Of, Pooling? Pooling = null, NormalizationSums? Sums = null);

/// <summary>Sums per channel over batch x height x width. They are also the gradients of gamma and beta.</summary>
/// <param name="Gamma">sum(g x̂).</param>
/// <param name="Beta">sum(g).</param>
public readonly record struct NormalizationSums(Slice Gamma, Slice Beta);

/// <summary>Where an operation writes the gradient with respect to its input.</summary>
/// <param name="Data">Batch x the shape of the input; overwritten.</param>
/// <param name="Sums">If given, the sums over the input are written too; the input is then normalized.</param>
public readonly record struct InputGradient(Slice Data, NormalizationSums? Sums = null);
