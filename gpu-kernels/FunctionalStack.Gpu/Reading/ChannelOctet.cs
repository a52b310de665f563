using FunctionalStack.Gpu.Registers;

namespace FunctionalStack.Gpu.Reading;

/// <summary>
/// The normalization and activation of eight channels of a <see cref="SourceReader"/>, with its values in registers. For kernels
/// that read many pixels, since compilers must reload values that a store in between could have changed.
/// </summary>
internal readonly struct ChannelOctet(int normalized, Activated activation, F8 mean, F8 inverse, F8 scale, F8 beta)
{
    public F8 At(F8 z) => activation.At(Preactivation(z));

    public F8 Preactivation(F8 z) => normalized == 0 ? z : F8.Fma(z - mean, scale, beta);

    /// <summary>x̂ of these values; only if they are normalized.</summary>
    public F8 Normalized(F8 z) => (z - mean) * inverse;

    public F8 Slope(F8 u) => activation.SlopeAt(u);
}

/// <summary>
/// The gradient through mean and variance, for eight channels: scale * (g - share * (sum(g) + x̂ sum(g x̂))).
/// </summary>
internal readonly struct FinishOctet(int withSums, F8 scale, F8 meanGamma, F8 meanBeta)
{
    public F8 Of(ChannelOctet channels, F8 z, F8 g) => withSums == 0 ? g : scale * (g - (meanBeta + channels.Normalized(z) * meanGamma));
}
