using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu;

internal sealed partial class GpuCompute
{
    // Rows per item: more if there are many, so that the merge stays short. A processor runs few items at once, and merges the
    // channels sequentially.
    private const int FewRows = 128, LeastBlock = 32, MostBlocks = 2048, MostBlocksOfLoops = 64;

    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments)
    {
        scratch.Reset();
        MomentsOf(batch * shape.Pixels, z, shape.Channels, moments);
    }

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation) =>
        launcher.Each(new InverseDeviations(At(variance), epsilon, At(inverseDeviation)), variance.Length);

    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums)
    {
        scratch.Reset();
        SumsOf(batch, dy with { Sums = null }, sums);
    }

    private void MomentsOf(int rows, Slice z, int channels, BatchMoments to)
    {
        var block = rows <= FewRows ? 1 : BlockOf(rows);
        var blocks = (rows + block - 1) / block;
        if (block == 1)
        {
            MergeMoments(At(z), rows, channels, 1, 1, z, to);
            return;
        }

        var partials = scratch.Take(2L * blocks * channels);
        launcher.Each(new MomentPartials(At(z), rows, channels, block, partials), blocks * Octets(channels));
        MergeMoments(partials, rows, channels, block, 1, z, to);
    }

    private void MergeMoments(ArrayView<float> partials, int rows, int channels, int block, int parts, Slice z, BatchMoments to) =>
        launcher.Group(
        new MergeMoments(
            partials, rows, channels, block, parts, At(z), At(to.Mean), At(to.Variance), At(to.InverseDeviation), At(to.MovingMean),
            At(to.MovingVariance), to.Epsilon, to.Momentum),
        channels);

    private void SumsOf(int batch, Gradient dy, NormalizationSums to)
    {
        var (reader, channels) = (new GradientReader(batch, dy, arena), dy.Of.Shape.Channels);
        var seen = batch * reader.Windows.OutputHeight * reader.Windows.OutputWidth;
        var block = BlockOf(seen);
        var blocks = (seen + block - 1) / block;
        var (gammas, betas) = blocks == 1
            ? (At(to.Gamma), At(to.Beta)) : (scratch.Take((long)blocks * channels), scratch.Take((long)blocks * channels));
        if (reader.Windows.IsNone)
            launcher.Each(new NormalizationSumPartials(reader, seen, block, gammas, betas), blocks * Octets(channels));
        else launcher.Each(new PooledSumPartials(reader, seen, block, gammas, betas), blocks * Octets(channels));
        if (blocks > 1) launcher.Group(new MergeSums(gammas, betas, blocks, channels, At(to.Gamma), At(to.Beta)), 2 * channels);
    }

    // A single block needs no merge.
    private int BlockOf(int rows)
    {
        var most = InLockstep ? MostBlocks : MostBlocksOfLoops;
        return rows <= FewRows ? rows : Math.Max(LeastBlock, (rows + most - 1) / most);
    }
}
