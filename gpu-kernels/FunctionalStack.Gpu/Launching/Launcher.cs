using FunctionalStack.Gpu.Tiles;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu.Launching;

/// <summary>
/// Compiles each kernel once and launches kernels in order on one stream. The launch delegates are kept here because ILGPU's
/// own cache of them is weak.
/// </summary>
internal sealed class Launcher(string device, Accelerator accelerator, IThreading threading, AcceleratorStream stream)
{
    /// <summary>Maximum size of a group with barriers.</summary>
    public const int LargestGroup = 256;

    private readonly Dictionary<Type, Delegate> compiled = [];

    public Accelerator Accelerator => accelerator;

    /// <summary>How items and groups are assigned to threads.</summary>
    public IThreading Threading => threading;

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
        Guarded((body, items), static (launcher, work) => launcher.Threading.Each(launcher, work.body, work.items));
    }

    /// <summary>Queues <paramref name="body"/> for groups 0 to <paramref name="groups"/> - 1.</summary>
    public void Group<T>(T body, int groups) where T : struct, IGroup
    {
        if (groups == 0) return;
        Launches++;
        Guarded((body, groups), static (launcher, work) =>
            launcher.Compiled<T, Action<AcceleratorStream, KernelConfig, T>>(static a => a.LoadKernel<T>(Together))(
                launcher.Stream, new(work.groups, launcher.Threading.GroupSize), work.body));
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

    /// <summary>Launches a thread per item, in groups of <paramref name="size"/>.</summary>
    public void ThreadPerItem<T>(T body, int items, int size) where T : struct, IEach =>
        Compiled<T, Action<AcceleratorStream, KernelConfig, T, int>>(static a => a.LoadKernel<T, int>(One))(stream,
            new(Groups(items, size), size), body, items);

    /// <summary>Launches a thread per <paramref name="chunk"/> successive items.</summary>
    public void ThreadPerChunk<T>(T body, int items, int chunk) where T : struct, IEach =>
        Compiled<T, Action<AcceleratorStream, KernelConfig, T, int, int>>(static a => a.LoadKernel<T, int, int>(Chunk))(stream,
            new(Groups(items, chunk), 1), body, items, chunk);

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
