namespace FunctionalStack.Neural;

/// <summary>
/// The gradient of the loss with respect to <c>Of.Data</c>, computed as it is read from the gradient with respect to
/// what <see cref="Of"/>'s reader saw. Nothing of the forward pass is stored for it: the normalized value x̂ and the
/// activation's slope are computed again.
/// <list type="number">
/// <item>u = (z - mean) * inverseDeviation * gamma + beta, with z = Of.Data; a = activation(u).</item>
/// <item>With a pooling the reader saw pool(a): the upstream gradient goes back to each window's winner (the first
/// greatest in row order) or in equal shares. Without one it is the upstream gradient itself.</item>
/// <item>g = that times activation'(u); at u = 0 the slope of ReLU is 0, that of leaky ReLU is its slope.</item>
/// <item>Without normalization the gradient is g; with one it is, by the chain rule through mean and variance,
/// gamma * inverseDeviation * (g - sum(g)/m - x̂ * sum(g x̂)/m), m = batch x height x width of Of.</item>
/// </list>
/// </summary>
/// <param name="Upstream">Batch x the shape the reader saw (after pooling, if any).</param>
/// <param name="Of">What was read.</param>
/// <param name="Pooling">What lay between, if anything.</param>
/// <param name="Sums">sum(g x̂) and sum(g), complete; present exactly where <see cref="Of"/> is normalized.</param>
public readonly record struct Gradient(Slice Upstream, Source Of, Pooling? Pooling = null, NormalizationSums? Sums = null);

/// <summary>Per channel, over batch x height x width. They are the gradients of gamma and beta as well.</summary>
/// <param name="Gamma">sum(g x̂).</param>
/// <param name="Beta">sum(g).</param>
public readonly record struct NormalizationSums(Slice Gamma, Slice Beta);

/// <summary>Where an operation's gradient with respect to what it read goes.</summary>
/// <param name="Data">Batch x the shape read; overwritten.</param>
/// <param name="Sums">Also written, where given: the sums over what was read, which is normalized then.</param>
public readonly record struct InputGradient(Slice Data, NormalizationSums? Sums = null);
