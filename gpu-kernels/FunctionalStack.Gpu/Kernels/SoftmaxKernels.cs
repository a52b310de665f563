using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>y = softmax of each row, one group per row.</summary>
internal readonly struct SoftmaxRow(ArrayView<float> x, int units, ArrayView<float> y) : IGroup
{
    public void Do(int row)
    {
        var shared = SharedMemory.Allocate<float>(Launcher.LargestGroup);
        var (thread, threads, from) = (Group.IdxX, Group.DimX, row * units);
        var greatest = float.NegativeInfinity;
        for (var unit = thread; unit < units; unit += threads) greatest = Greater(greatest, x[from + unit]);
        shared[thread] = greatest;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half) shared[thread] = Greater(shared[thread], shared[thread + half]);
            Group.Barrier();
        }

        greatest = shared[0];
        Group.Barrier();
        var total = 0f;
        for (var unit = thread; unit < units; unit += threads)
        {
            var e = Elementary.Exp(x[from + unit] - greatest);
            y[from + unit] = e;
            total += e;
        }

        shared[thread] = total;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half) shared[thread] += shared[thread + half];
            Group.Barrier();
        }

        var share = 1f / shared[0];
        for (var unit = thread; unit < units; unit += threads) y[from + unit] *= share;
    }

    private static float Greater(float a, float b) => a > b ? a : b;
}

/// <summary>dx = y * (dy - sum(dy * y)) of each row, one group per row.</summary>
internal readonly struct SoftmaxBackwardRow(ArrayView<float> y, ArrayView<float> dy, int units, ArrayView<float> dx) : IGroup
{
    public void Do(int row)
    {
        var shared = SharedMemory.Allocate<float>(Launcher.LargestGroup);
        var (thread, threads, from) = (Group.IdxX, Group.DimX, row * units);
        var dot = 0f;
        for (var unit = thread; unit < units; unit += threads) dot += dy[from + unit] * y[from + unit];
        shared[thread] = dot;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half) shared[thread] += shared[thread + half];
            Group.Barrier();
        }

        dot = shared[0];
        for (var unit = thread; unit < units; unit += threads) dx[from + unit] = y[from + unit] * (dy[from + unit] - dot);
    }
}
