using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// A pass over the pixels of a band of rows, for as many neighbouring channels as a register has lanes: their
/// constants are loaded once and stay in registers.
/// </summary>
internal interface IChannelKernel
{
    /// <summary>Does channels <paramref name="channel"/> to <paramref name="channel"/> + M.Count - 1.</summary>
    void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation;
}

/// <summary>Runs a kernel over all channels: full registers first, then what is left one by one, by the same arithmetic.</summary>
internal static class ChannelKernels
{
    /// <summary>
    /// Numbers a band of rows aims at: 16 KB, so that what is read and written of it stays in the first-level cache
    /// while the channels' passes go over it.
    /// </summary>
    public const int Band = 4096;

    /// <summary>Rows of <paramref name="rowSize"/> numbers in a band.</summary>
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
