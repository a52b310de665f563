namespace FunctionalStack.Neural;

/// <summary>Something that computes: the host's processor or a device. Opens memories to compute in.</summary>
public interface IBackend : IDisposable
{
    /// <summary>What <c>--backend</c> calls it: <c>host</c>, <c>cuda:0</c>, ...</summary>
    string Id { get; }

    /// <summary>What people call it, such as the processor and the number of threads.</summary>
    string Name { get; }

    /// <summary>The operations over a fresh arena, zeroed. Used from one thread at a time; dispose it before the backend.</summary>
    /// <param name="floats">The arena's size in float32 numbers.</param>
    /// <exception cref="DeviceException">It has not the memory, or is lost.</exception>
    ICompute Open(int floats);
}
