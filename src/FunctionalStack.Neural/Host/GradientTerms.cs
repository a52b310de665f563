using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// The backward pass of batch normalization as three values per channel: with d = z - mean the gradient is
/// scale * g + (d * slope + offset), slope = -scale * inverseDeviation * sum(g x̂)/m and offset = -scale * sum(g)/m.
/// </summary>
internal readonly unsafe struct GradientTerms
{
    private readonly Normalizer normalizer;
    private readonly float* gammaSums;
    private readonly float* betaSums;
    private readonly float share;

    public GradientTerms(int batch, Gradient gradient, float* arena)
    {
        normalizer = Normalizer.Of(gradient.Of.Normalization, arena);
        share = 1f / (batch * gradient.Of.Shape.Pixels);
        if (gradient.Sums is not { } sums) return;
        gammaSums = arena + sums.Gamma.Offset;
        betaSums = arena + sums.Beta.Offset;
    }

    public bool IsNormalized => !normalizer.IsNone;

    public Normalizer Normalizer => normalizer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Slope<W, M>(int channel) where W : struct where M : struct, ILanes<W> =>
        normalizer.IsNone
            ? M.Zero
            : M.Multiply(M.Multiply(normalizer.Scale<W, M>(channel), normalizer.InverseDeviation<W, M>(channel)),
                Shared<W, M>(gammaSums + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Offset<W, M>(int channel) where W : struct where M : struct, ILanes<W> =>
        normalizer.IsNone ? M.Zero : M.Multiply(normalizer.Scale<W, M>(channel), Shared<W, M>(betaSums + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Shared<W, M>(float* sum) where W : struct where M : struct, ILanes<W> => M.Multiply(M.Load(sum), M.Broadcast(-share));
}
