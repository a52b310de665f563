using System.Runtime.CompilerServices;
using FunctionalStack.Gpu.Launching;
using ILGPU;

namespace FunctionalStack.Gpu.Tests.Kernels;

/// <summary>A kernel as none may be: a loop indexes its array, which puts it into local memory, and it calls a function.</summary>
internal readonly struct Spilling(ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var numbers = new float[4];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Apart(i + item);
        to[item] = numbers[item & 3];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Apart(float x) => x * x;
}
