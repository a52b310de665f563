namespace FunctionalStack.Neural;

/// <summary>The kind of device fault; it decides what the caller can do next.</summary>
public enum DeviceFault
{
    /// <summary>The device has too little free memory. A smaller arena may fit.</summary>
    OutOfMemory,

    /// <summary>The device or its context is lost, with everything in its memory.</summary>
    Lost,

    /// <summary>Any other error.</summary>
    Other,
}

/// <summary>
/// A device could not complete an operation. Backends and the arenas they opened throw it, for every driver. After it, nothing
/// on the device is usable. The exception is <see cref="DeviceFault.OutOfMemory"/> on opening an arena: it leaves everything
/// else as it was. Managed memory and files are intact.
/// </summary>
/// <param name="device">The backend's id, such as <c>cuda:0</c>.</param>
/// <param name="fault">The kind of fault.</param>
/// <param name="what">What happened, for the error message.</param>
/// <param name="inner">The driver's exception.</param>
public sealed class DeviceException(string device, DeviceFault fault, string what, Exception? inner = null)
    : Exception($"{device}: {what}", inner)
{
    /// <summary>The backend's id, such as <c>cuda:0</c>.</summary>
    public string Device => device;

    /// <summary>The kind of fault.</summary>
    public DeviceFault Fault => fault;

    /// <summary>What happened, without the device's id.</summary>
    public string What => what;

    /// <summary>The exception as a failure, with a remedy.</summary>
    public Failure Failure => new(device, what, fault switch
    {
        DeviceFault.OutOfMemory => "Take a smaller batch, or compute on the host.",
        DeviceFault.Lost => "Check that the device is available and open it again, or compute on the host.",
        _ => "Compute on the host.",
    });
}
