using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>Bounds what requests take at the same time: their number, the memory of their bodies, and the threads of large ones.</summary>
internal sealed class RequestGate(ServingOptions options)
{
    private readonly ServingOptions options = options;

    // Requests of a few rows take less time than a thread switch.
    private const int FewRows = 64;

    // A body becomes several times its length in memory.
    private const int BodiesInMemory = 16;

    private readonly SemaphoreSlim large = new(options.Threads);
    private int inside;
    private long bytes;

    /// <summary>A place that is not taken yet.</summary>
    public Place Places => new(this);

    /// <summary>Whether a request is small enough to be predicted at once, without a time limit.</summary>
    public static bool IsSmall(int rows) => rows <= FewRows;

    /// <summary>Waits until a large request may be predicted.</summary>
    public async ValueTask<Turn> Turns(CancellationToken cancellation)
    {
        await large.WaitAsync(cancellation);
        return new(large);
    }

    /// <summary>The bytes of bodies that are kept in memory until the rest of them is there.</summary>
    public long Kept => Interlocked.Read(ref bytes);

    /// <summary>Counts bytes of a body that is kept in memory.</summary>
    /// <exception cref="Refused">All bodies together are too large.</exception>
    public void Keep(long more)
    {
        if (Interlocked.Add(ref bytes, more) <= BodiesInMemory * options.MaxBodyBytes) return;
        Interlocked.Add(ref bytes, -more);
        throw Busy();
    }

    public void Release(long kept) => Interlocked.Add(ref bytes, -kept);

    private static Refused Busy() => new(StatusCodes.Status429TooManyRequests, "the server is busy. Try again in a moment")
    {
        RetryAfter = 1,
    };

    /// <summary>The place of a request. Dispose it to leave.</summary>
    public sealed class Place(RequestGate gate) : IDisposable
    {
        private bool taken;

        /// <summary>Takes the place, when the body of the request is there: slow clients take none.</summary>
        /// <exception cref="Refused">There are too many requests.</exception>
        public void Take()
        {
            taken = true;
            if (Interlocked.Increment(ref gate.inside) > gate.options.MaxRequests) throw Busy();
        }

        public void Dispose()
        {
            if (taken) Interlocked.Decrement(ref gate.inside);
        }
    }

    /// <summary>A large request that is predicted.</summary>
    public readonly struct Turn(SemaphoreSlim? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }
}
