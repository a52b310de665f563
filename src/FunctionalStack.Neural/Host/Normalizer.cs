using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// The normalization of a source with its pointers resolved, or none: u = (z - mean) * scale + beta with scale =
/// inverseDeviation * gamma. z is centred first, so that a mean far greater than the deviation costs no digits.
/// </summary>
internal readonly unsafe struct Normalizer
{
    private readonly float* mean;
    private readonly float* inverseDeviation;
    private readonly float* gamma;
    private readonly float* beta;

    private Normalizer(Normalization normalization, float* arena)
    {
        mean = arena + normalization.Mean.Offset;
        inverseDeviation = arena + normalization.InverseDeviation.Offset;
        gamma = arena + normalization.Gamma.Offset;
        beta = arena + normalization.Beta.Offset;
    }

    public bool IsNone => mean is null;

    public static Normalizer Of(Normalization? normalization, float* arena) => normalization is { } given ? new(given, arena) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Mean<W, M>(int channel) where W : struct where M : struct, ILanes<W> => IsNone ? M.Zero : M.Load(mean + channel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W InverseDeviation<W, M>(int channel) where W : struct where M : struct, ILanes<W> =>
        IsNone ? M.Broadcast(1f) : M.Load(inverseDeviation + channel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Scale<W, M>(int channel) where W : struct where M : struct, ILanes<W> =>
        IsNone ? M.Broadcast(1f) : M.Multiply(M.Load(inverseDeviation + channel), M.Load(gamma + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Beta<W, M>(int channel) where W : struct where M : struct, ILanes<W> => IsNone ? M.Zero : M.Load(beta + channel);
}
