using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>
/// The operations as kernels over one arena on a device. They are queued on one stream and run in order; only
/// <see cref="Read"/> waits.
/// </summary>
internal sealed partial class GpuCompute : ICompute
{
    private readonly Launcher launcher;
    private readonly Precision precision;
    private readonly IMatrixLibrary? library;
    private readonly GpuMemory arena;
    private readonly GpuScratch scratch;
    private readonly Uploads uploads;

    public GpuCompute(Launcher launcher, Precision precision, IMatrixLibrary? library, int floats)
    {
        (this.launcher, this.precision, this.library) = (launcher, precision, library);
        scratch = new(launcher);
        uploads = new(launcher);
        arena = launcher.Allocate(floats);
        try
        {
            launcher.Guarded(arena, static (launcher, arena) => arena.All.MemSetToZero(launcher.Stream));
        }
        catch (DeviceException)
        {
            arena.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<float> from, Slice to)
    {
        if (from.Length == 0) return;
        try
        {
            uploads.Send(from, arena.At(to.Offset, from.Length));
        }
        catch (AcceleratorException exception)
        {
            throw launcher.Translated(exception);
        }
    }

    public void Read(Slice from, Span<float> to)
    {
        if (to.Length == 0) return;
        try
        {
            arena.At(from.Offset, to.Length).CopyToCPU(launcher.Stream, to);
        }
        catch (AcceleratorException exception)
        {
            throw launcher.Translated(exception);
        }
    }

    public void Fill(Slice to, float value) => launcher.Each(new FillElements(value, arena.At(to), to.Length), Octets(to.Length));

    public void Dispose()
    {
        // A lost device has nothing to free, and its loss has already been reported.
        try
        {
            launcher.Stream.Synchronize();
            arena.Dispose();
            scratch.Dispose();
            uploads.Dispose();
        }
        catch (AcceleratorException)
        {
        }
    }

    private int Run => launcher.Threading.PixelsAnItem;

    private int Runs(int pixels) => (pixels + Run - 1) / Run;

    private static int Octets(int numbers) => (numbers + F8.Count - 1) / F8.Count;

    private ArrayView<float> At(Slice slice) => arena.At(slice);

    // An empty view for an absent argument; the kernels do not read it.
    private ArrayView<float> At(Slice? slice) => slice is { } there ? arena.At(there) : arena.At(0, 1);

    private SourceReader Reader(Source x) => new(x, arena);
}
