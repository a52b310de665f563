using FunctionalStack.Gpu.Launching;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>An open device. It owns ILGPU's context and accelerator and the kernels compiled for it.</summary>
internal sealed class GpuBackend : IBackend
{
    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly AcceleratorStream stream;
    private readonly Launcher launcher;
    private readonly IMatrixLibrary? library;

    /// <summary>Takes ownership of the context and the accelerator.</summary>
    public GpuBackend(string id, Context context, Accelerator accelerator, Precision precision)
        : this(id, context, accelerator, precision, IThreading.Of(accelerator)) =>
        library = CuBlasLibrary.For(accelerator, stream, precision);

    private GpuBackend(string id, Context context, Accelerator accelerator, Precision precision, IThreading threading,
        IMatrixLibrary? library = null)
    {
        (Id, this.context, this.accelerator, Precision, this.library) = (id, context, accelerator, precision, library);
        stream = accelerator.CreateStream();
        launcher = new(id, accelerator, threading, stream);
    }

    /// <summary>For tests: the same device, launched as if it were a GPU, with or without tensor cores. It replaces this backend, which
    /// must not be used or disposed.</summary>
    internal GpuBackend InLockstep(Precision precision = Precision.Fp32) =>
        new(Id + ", lockstep", context, accelerator, precision, new Lockstep());

    /// <summary>For tests: the same device with the test's matrix library. It replaces this backend, which must not be used or
    /// disposed.</summary>
    internal GpuBackend With(IMatrixLibrary library) =>
        new(Id + ", library", context, accelerator, Precision, IThreading.Of(accelerator), library);

    public string Id { get; }

    public string Name => accelerator.Name;

    public Precision Precision { get; }

    /// <summary>Number of kernel launches so far.</summary>
    public long Launches => launcher.Launches;

    /// <summary>Number of device allocations so far.</summary>
    public long Allocations => launcher.Allocations;

    public ICompute Open(int floats) => new GpuCompute(launcher, Precision, library, floats);

    public void Dispose()
    {
        library?.Dispose();
        stream.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }
}
