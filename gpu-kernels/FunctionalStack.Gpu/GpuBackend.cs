using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>A device opened for nets: owns ILGPU's context and accelerator and the kernels compiled for it.</summary>
internal sealed class GpuBackend : IBackend
{
    private readonly Context context;
    private readonly Accelerator accelerator;

    /// <summary>Takes ownership of both.</summary>
    public GpuBackend(string id, Context context, Accelerator accelerator, Precision precision) =>
        (Id, this.context, this.accelerator, Precision) = (id, context, accelerator, precision);

    public string Id { get; }

    public string Name => accelerator.Name;

    public Precision Precision { get; }

    public ICompute Open(int floats) => throw new NotSupportedException("the kernels come next");

    public void Dispose()
    {
        accelerator.Dispose();
        context.Dispose();
    }
}
