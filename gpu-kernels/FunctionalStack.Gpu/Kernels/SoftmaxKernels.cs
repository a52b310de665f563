using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>y = softmax of a row, a group each.</summary>
internal readonly struct SoftmaxRow(ArrayView<float> x, int units, ArrayView<float> y) : IGroup
{
    public void Do(int row)
    {
        var shared = SharedMemory.Allocate<float>(Launcher.LargestGroup);
        var (member, members, from) = (Group.IdxX, Group.DimX, row * units);
        var greatest = float.NegativeInfinity;
        for (var unit = member; unit < units; unit += members) greatest = Greater(greatest, x[from + unit]);
        shared[member] = greatest;
        Group.Barrier();
        for (var half = members / 2; half > 0; half /= 2)
        {
            if (member < half) shared[member] = Greater(shared[member], shared[member + half]);
            Group.Barrier();
        }

        greatest = shared[0];
        Group.Barrier();
        var total = 0f;
        for (var unit = member; unit < units; unit += members)
        {
            var e = Elementary.Exp(x[from + unit] - greatest);
            y[from + unit] = e;
            total += e;
        }

        shared[member] = total;
        Group.Barrier();
        for (var half = members / 2; half > 0; half /= 2)
        {
            if (member < half) shared[member] += shared[member + half];
            Group.Barrier();
        }

        var share = 1f / shared[0];
        for (var unit = member; unit < units; unit += members) y[from + unit] *= share;
    }

    private static float Greater(float a, float b) => a > b ? a : b;
}

/// <summary>dx = y * (dy - sum(dy * y)) of a row, a group each.</summary>
internal readonly struct SoftmaxBackwardRow(ArrayView<float> y, ArrayView<float> dy, int units, ArrayView<float> dx) : IGroup
{
    public void Do(int row)
    {
        var shared = SharedMemory.Allocate<float>(Launcher.LargestGroup);
        var (member, members, from) = (Group.IdxX, Group.DimX, row * units);
        var dot = 0f;
        for (var unit = member; unit < units; unit += members) dot += dy[from + unit] * y[from + unit];
        shared[member] = dot;
        Group.Barrier();
        for (var half = members / 2; half > 0; half /= 2)
        {
            if (member < half) shared[member] += shared[member + half];
            Group.Barrier();
        }

        dot = shared[0];
        for (var unit = member; unit < units; unit += members) dx[from + unit] = y[from + unit] * (dy[from + unit] - dot);
    }
}
