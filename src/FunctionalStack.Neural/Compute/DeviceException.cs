namespace FunctionalStack.Neural;

/// <summary>What became of a device, as far as that decides what to do next.</summary>
public enum DeviceFault
{
    /// <summary>It has not the memory asked for; a smaller arena may fit.</summary>
    OutOfMemory,

    /// <summary>It is gone, or its context is beyond use: all that lay there is lost.</summary>
    Lost,

    /// <summary>It refused something else.</summary>
    Other,
}

/// <summary>
/// A device could not do what it was asked: thrown by a backend and by the arenas it opened, whatever the driver behind
/// it is. Nothing on the device is of use after it but for <see cref="DeviceFault.OutOfMemory"/> on opening, which leaves
/// everything else as it was. What lies in managed memory or in a file is intact.
/// </summary>
/// <param name="device">The backend's id: <c>cuda:0</c>.</param>
/// <param name="fault">What kind of thing happened.</param>
/// <param name="what">What happened, for people.</param>
/// <param name="inner">The driver's own words for it.</param>
public sealed class DeviceException(string device, DeviceFault fault, string what, Exception? inner = null) : Exception($"{device}: {what}", inner)
{
    public string Device => device;

    public DeviceFault Fault => fault;

    public string What => what;

    /// <summary>The same as a failure, with how to fix it.</summary>
    public Failure Failure => new(device, what, fault switch
    {
        DeviceFault.OutOfMemory => "Take a smaller batch, or compute on the host.",
        DeviceFault.Lost => "See that it is still there, and open it anew; or compute on the host.",
        _ => "Compute on the host.",
    });
}
