namespace FunctionalStack.Neural;

/// <summary>A compute device: the host's processor or a GPU. It opens arenas to compute in.</summary>
public interface IBackend : IDisposable
{
    /// <summary>The value of the command line's <c>--backend</c>: <c>host</c>, <c>cuda:0</c>, ...</summary>
    string Id { get; }

    /// <summary>A name for people, such as the processor and the number of threads.</summary>
    string Name { get; }

    /// <summary>Opens a new arena, zeroed, and returns the operations on it. Use it from one thread at a time, and dispose it before the
    /// backend.</summary>
    /// <param name="floats">The size of the arena in float32 values.</param>
    /// <exception cref="DeviceException">The device has too little memory, or is lost.</exception>
    ICompute Open(int floats);
}
