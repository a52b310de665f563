using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// A pass over the pixels of a band of rows for M.Count neighbouring channels: their constants are loaded once and stay in
/// registers.
/// </summary>
internal interface IChannelKernel
{
    /// <summary>Processes channels <paramref name="channel"/> to <paramref name="channel"/> + M.Count - 1.</summary>
    void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation;
}

/// <summary>Runs a kernel over all channels: full vectors first, then the remaining channels one by one with the same arithmetic.</summary>
internal static class ChannelKernels
{
    /// <summary>
    /// The target size of a band of rows in elements: 16 KB, so that its input and output stay in the L1 cache during the passes
    /// over the channels.
    /// </summary>
    public const int Band = 4096;

    /// <summary>The rows of <paramref name="rowSize"/> elements per band.</summary>
    public static int BandRows(int rowSize) => Math.Max(1, Band / rowSize);

    public static void Run<V, L, K>(ref K kernel, int channels, ActivationKind kind)
        where V : struct where L : struct, ILanes<V> where K : struct, IChannelKernel
    {
        switch (kind)
        {
            case ActivationKind.Identity: Run<V, L, K, IdentityActivation>(ref kernel, channels); break;
            case ActivationKind.ReLU: Run<V, L, K, ReLUActivation>(ref kernel, channels); break;
            case ActivationKind.LeakyReLU: Run<V, L, K, LeakyReLUActivation>(ref kernel, channels); break;
            case ActivationKind.Sigmoid: Run<V, L, K, SigmoidActivation>(ref kernel, channels); break;
            case ActivationKind.Tanh: Run<V, L, K, TanhActivation>(ref kernel, channels); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an activation.");
        }
    }

    private static void Run<V, L, K, A>(ref K kernel, int channels)
        where V : struct where L : struct, ILanes<V> where K : struct, IChannelKernel where A : struct, IActivation
    {
        var channel = 0;
        for (; channel + L.Count <= channels; channel += L.Count) kernel.Do<V, L, A>(channel);
        for (; channel < channels; channel++) kernel.Do<float, Lanes32, A>(channel);
    }
}
