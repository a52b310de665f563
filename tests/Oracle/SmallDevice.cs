using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Oracle;

/// <summary>A device that fails: the host, except that it rejects arenas above a size, and is lost on request.</summary>
public sealed class SmallDevice(int most = int.MaxValue) : IBackend
{
    private readonly HostBackend host = new(1);

    public string Id => "small:0";

    public string Name => "a device of little memory";

    /// <summary>Whether all operations find the device lost from now on.</summary>
    public bool Lost { get; set; }

    /// <summary>The sizes of the arenas requested, in order.</summary>
    public IList<int> Asked { get; } = [];

    /// <summary>The number of reads, which wait for the device.</summary>
    public int Reads { get; private set; }

    /// <summary>The number of arenas that are not disposed.</summary>
    public int Held { get; private set; }

    public ICompute Open(int floats)
    {
        Asked.Add(floats);
        Use();
        if (floats > most) throw new DeviceException(Id, DeviceFault.OutOfMemory, "out of memory");
        Held++;
        return new WatchedCompute(host.Open(floats), Use, () => Held--, () => Reads++);
    }

    public void Dispose() => host.Dispose();

    private void Use()
    {
        if (Lost) throw new DeviceException(Id, DeviceFault.Lost, "the device is gone");
    }
}
