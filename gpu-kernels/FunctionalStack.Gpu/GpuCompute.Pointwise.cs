using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Neural;

namespace FunctionalStack.Gpu;

internal sealed partial class GpuCompute
{
    // The maximum number of rows per thread before a separate launch for the rows pays off.
    private const int FewScores = 512;

    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        var (windows, reader) = (new PoolWindows(x.Shape, pooling), Reader(x));
        launcher.Each(new ApplySource(reader, windows, At(y)), checked(batch * windows.OutputHeight * windows.OutputWidth * reader.Octets));
    }

    public void ApplyBackward(int batch, Gradient dz, Slice to)
    {
        var (shape, reader) = (dz.Of.Shape, new GradientReader(batch, dz, arena));
        Lay(batch, reader, shape.Height, shape.Width, 1, 0, 0, shape.Channels, At(to));
    }

    public void Add(int batch, Source a, Source b, Slice y)
    {
        var reader = Reader(a);
        launcher.Each(new AddSources(reader, Reader(b), At(y)), checked(batch * a.Shape.Pixels * reader.Octets));
    }

    public void Accumulate(Slice from, Slice to) => launcher.Each(new AccumulateElements(At(from), At(to), to.Length), Octets(to.Length));

    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y) =>
        launcher.Each(new DropElements(At(x), key, DropMask.Threshold(rate), (float)(1 / (1 - (double)rate)), At(y)),
            checked(batch * shape.Size));

    public void Softmax(int batch, Slice x, int units, Slice y) => launcher.Group(new SoftmaxRow(At(x), units, At(y)), batch);

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx) =>
        launcher.Group(new SoftmaxBackwardRow(At(y), At(dy), units, At(dx)), batch);

    public void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before, Slice? weights)
    {
        scratch.Reset();
        var row = new RowLoss(loss, batch, At(scores), At(targets), units, At(gradient), gradient is null ? 0 : 1, At(weights),
            weights is null ? 0 : 1);
        var few = units * batch <= (InLockstep ? FewScores * Launcher.LargestGroup : FewScores);
        var rows = few ? At(metrics) : scratch.Take(2L * batch);
        if (!few) launcher.Each(new LossRows(row, batch, rows), batch);
        launcher.Group(new MeanLoss(row, batch, few ? 0 : 1, rows, At(before), before is null ? 0 : 1, At(metrics)), 1);
    }

    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? mu, Slice? nu, Slice? guard) =>
        launcher.Each(new UpdateParameters(rule, parameters.Length, At(parameters), At(gradients), At(mu), At(nu), At(guard),
            guard is null ? 0 : 1), Octets(parameters.Length));
}
