using FunctionalStack.Gpu.Tiles;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu.Launching;

/// <summary>How kernels are launched on a device.</summary>
internal enum LaunchMode
{
    /// <summary>A GPU: many threads in lockstep, with cheap shared memory and barriers.</summary>
    Lockstep,

    /// <summary>An OpenCL driver for the processor: it runs a group's items sequentially in one loop that its compiler vectorizes. Barriers
    /// split the loop.</summary>
    Loops,

    /// <summary>ILGPU's CPU accelerator: one operating system thread per thread of a group.</summary>
    Chunks,
}

/// <summary>
/// Compiles each kernel once and launches kernels in order on one stream. The launch delegates are kept here because ILGPU's
/// own cache of them is weak.
/// </summary>
internal sealed class Launcher(string device, Accelerator accelerator, LaunchMode launchMode, AcceleratorStream stream)
{
    /// <summary>Maximum size of a group with barriers.</summary>
    public const int LargestGroup = 256;

    // The minimum number of chunks of items on a processor: enough to balance the load, few enough to keep the overhead of groups low.
    private const int ChunksAProcessor = 4;

    private const int LockstepGroup = 128, LongestLoop = 64, LeastLoops = 16;

    private readonly Dictionary<Type, Delegate> compiled = [];

    public Accelerator Accelerator => accelerator;

    public LaunchMode LaunchMode => launchMode;

    public AcceleratorStream Stream => stream;

    /// <summary>Number of kernel launches so far; launches are the overhead of a step.</summary>
    public long Launches { get; private set; }

    /// <summary>Number of device allocations so far.</summary>
    public long Allocations { get; private set; }

    /// <summary>Allocates device memory with undefined content.</summary>
    public GpuMemory Allocate(int floats)
    {
        Allocations++;
        return Guarded(floats, static (launcher, floats) => new GpuMemory(launcher.Accelerator, floats));
    }

    /// <summary>Allocates page-locked host memory.</summary>
    public PageLockedArray1D<float> AllocatePageLocked(long floats)
    {
        Allocations++;
        return accelerator.AllocatePageLocked1D<float>(floats);
    }

    /// <summary>Queues <paramref name="body"/> for items 0 to <paramref name="items"/> - 1.</summary>
    public void Each<T>(T body, int items) where T : struct, IEach
    {
        if (items == 0) return;
        Launches++;
        Guarded((body, items), static (launcher, work) => launcher.Launch(work.body, work.items));
    }

    /// <summary>Queues <paramref name="body"/> for groups 0 to <paramref name="groups"/> - 1.</summary>
    public void Group<T>(T body, int groups) where T : struct, IGroup
    {
        if (groups == 0) return;
        Launches++;
        Guarded((body, groups), static (launcher, work) =>
            launcher.Compiled<T, Action<AcceleratorStream, KernelConfig, T>>(static a => a.LoadKernel<T>(Together))(
                launcher.Stream, new(work.groups, launcher.LaunchMode == LaunchMode.Lockstep ? LargestGroup : 1), work.body));
    }

    /// <summary>Queues <paramref name="body"/> for tiles 0 to <paramref name="tiles"/> - 1. Only on a device that runs in
    /// lockstep.</summary>
    public void Tile<T>(T body, int tiles) where T : struct, ITile
    {
        Launches++;
        Guarded((body, tiles), static (launcher, work) =>
            launcher.Compiled<T, Action<AcceleratorStream, KernelConfig, T>>(static a => a.LoadKernel<T>(OnTile))(launcher.Stream,
                new(work.tiles, T.Threads), work.body));
    }

    /// <summary>Queues a call of a vendor's library on the same stream.</summary>
    public void Library<TWork>(TWork work, Action<TWork> queue)
    {
        Launches++;
        Guarded((work, queue), static (_, its) => its.queue(its.work));
    }

    /// <summary>Runs an operation of the device and translates its exceptions.</summary>
    /// <exception cref="DeviceException">The device or its driver reported an error.</exception>
    public TResult Guarded<TWork, TResult>(TWork work, Func<Launcher, TWork, TResult> todo)
    {
        try
        {
            return todo(this, work);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            throw Translated(exception);
        }
    }

    /// <summary>The library's exception for one of the device or its driver.</summary>
    public DeviceException Translated(Exception exception) => DeviceErrors.Translate(exception, device);

    /// <inheritdoc cref="Guarded{TWork, TResult}"/>
    public void Guarded<TWork>(TWork work, Action<Launcher, TWork> todo)
    {
        try
        {
            todo(this, work);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            throw Translated(exception);
        }
    }

    private void Launch<T>(T body, int items) where T : struct, IEach
    {
        if (launchMode == LaunchMode.Chunks)
        {
            var chunk =
                Math.Max(1,
                    (items + accelerator.NumMultiprocessors * ChunksAProcessor - 1) / (accelerator.NumMultiprocessors * ChunksAProcessor));
            Compiled<T, Action<AcceleratorStream, KernelConfig, T, int, int>>(static a => a.LoadKernel<T, int, int>(Chunk))(stream,
                new(Groups(items, chunk), 1), body, items, chunk);
            return;
        }

        var size = launchMode == LaunchMode.Lockstep ? LockstepGroup : LoopOf(items);
        Compiled<T, Action<AcceleratorStream, KernelConfig, T, int>>(static a => a.LoadKernel<T, int>(One))(stream,
            new(Groups(items, size), size), body, items);
    }

    // Small launches are also distributed over a processor's cores. Chunk sizes are powers of two, since a driver compiles for each size.
    private static int LoopOf(int items)
    {
        var size = LongestLoop;
        while (size > 1 && items < size * LeastLoops) size /= 2;
        return size;
    }

    private static int Groups(int items, int size) => (items + size - 1) / size;

    internal static void One<T>(T body, int items) where T : struct, IEach
    {
        var item = Grid.GlobalIndex.X;
        if (item < items) body.Do(item);
    }

    internal static void Chunk<T>(T body, int items, int chunk) where T : struct, IEach
    {
        var from = Grid.GlobalIndex.X * chunk;
        var to = from + chunk;
        if (to > items) to = items;
        for (var item = from; item < to; item++) body.Do(item);
    }

    internal static void Together<T>(T body) where T : struct, IGroup => body.Do(Grid.IdxX);

    internal static void OnTile<T>(T body) where T : struct, ITile => body.Do(Grid.IdxX);

    private TDelegate Compiled<T, TDelegate>(Func<Accelerator, TDelegate> load) where TDelegate : Delegate
    {
        if (compiled.TryGetValue(typeof(T), out var held)) return (TDelegate)held;
        var fresh = load(accelerator);
        compiled[typeof(T)] = fresh;
        return fresh;
    }
}
