using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>Bounds what requests take at the same time: their number, the memory of their bodies, and the threads of large ones.</summary>
internal sealed class RequestGate(ServingOptions options)
{
    // Requests of a few rows take less time than a thread switch.
    private const int FewRows = 64;

    // A body becomes several times its length in memory.
    private const int BodiesInMemory = 16;

    private readonly SemaphoreSlim large = new(options.Threads);
    private int inside;
    private long bytes;

    /// <summary>Enters; dispose the result to leave.</summary>
    /// <exception cref="Refused">There are too many requests.</exception>
    public Pass Enter()
    {
        if (Interlocked.Increment(ref inside) <= options.MaxRequests) return new(this);
        Interlocked.Decrement(ref inside);
        throw Busy();
    }

    /// <summary>Waits until a large request may be predicted.</summary>
    public async ValueTask<Turn> Turns(int rows, CancellationToken cancellation)
    {
        if (rows <= FewRows) return default;
        await large.WaitAsync(cancellation);
        return new(large);
    }

    /// <summary>Counts bytes of a body that is kept in memory.</summary>
    /// <exception cref="Refused">All bodies together are too large.</exception>
    public void Keep(long more)
    {
        if (Interlocked.Add(ref bytes, more) <= BodiesInMemory * options.MaxBodyBytes) return;
        Interlocked.Add(ref bytes, -more);
        throw Busy();
    }

    public void Release(long kept) => Interlocked.Add(ref bytes, -kept);

    private static Refused Busy() => new(StatusCodes.Status429TooManyRequests, "the server is busy. Try again in a moment") { RetryAfter = 1 };

    /// <summary>A request inside.</summary>
    public readonly struct Pass(RequestGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref gate.inside);
    }

    /// <summary>A large request that is predicted.</summary>
    public readonly struct Turn(SemaphoreSlim? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }
}
