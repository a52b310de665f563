using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Oracle;

/// <summary>A device that fails: the host, but that it refuses arenas above so many numbers, and is lost when told to be.</summary>
public sealed class SmallDevice(int most = int.MaxValue) : IBackend
{
    private readonly HostBackend host = new(1);

    public string Id => "small:0";

    public string Name => "a device of little memory";

    /// <summary>Whether any operation finds the device gone from now on.</summary>
    public bool Lost { get; set; }

    /// <summary>Sizes of the arenas asked for, in order.</summary>
    public IList<int> Asked { get; } = [];

    /// <summary>How often numbers were read back, which waits for the device.</summary>
    public int Reads { get; private set; }

    /// <summary>Arenas that are not yet disposed.</summary>
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
