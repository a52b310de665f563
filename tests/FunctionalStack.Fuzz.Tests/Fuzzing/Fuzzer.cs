using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>An input that is read wrongly.</summary>
internal sealed record Fault(int Seed, string What);

/// <summary>Reads many inputs and reports those that are read wrongly.</summary>
internal static class Fuzzer
{
    // A parser that takes 5 seconds, or allocates this much, for an input of some kilobytes can be used to stop a service. The tests of
    // other projects take the processors meanwhile.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const long MostBytes = 1 << 30;

    private const int MostFaults = 10;

    /// <summary>
    /// Reads changed inputs, and fails with those that are read wrongly. FSTACK_FUZZ is their number, FSTACK_FUZZ_FROM the first seed, and
    /// FSTACK_FUZZ_KEEP a folder that the inputs are written to.
    /// </summary>
    public static void Check(Parser parser)
    {
        var faults = Faults(parser, Setting("FSTACK_FUZZ_FROM", 0), Math.Min(Setting("FSTACK_FUZZ", 2000), parser.Most));
        if (Environment.GetEnvironmentVariable("FSTACK_FUZZ_KEEP") is { Length: > 0 } folder)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, parser.Name)).FullName;
            foreach (var fault in faults) File.WriteAllBytes(Path.Combine(own, $"{fault.Seed}"), parser.Input(fault.Seed));
        }

        Assert.True(faults.Length == 0, string.Join("\n\n", faults.Select(fault => $"{parser.Name}, seed {fault.Seed}: {fault.What}")));
    }

    /// <summary>What is wrong with one input; null for nothing.</summary>
    public static string? WrongWith(Parser parser, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (parser.Read(input) is { } wrong) return wrong;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > MostBytes ? $"{allocated} bytes were allocated" : null;
    }

    /// <summary>Reads the inputs of the seeds from <paramref name="first"/> on two threads. Returns at most ten faults.</summary>
    private static Fault[] Faults(Parser parser, int first, int count)
    {
        var faults = new ConcurrentQueue<Fault>();
        var readers = Enumerable.Range(0, 2).Select(_ => new Reader()).ToArray();
        var next = first - 1;
        foreach (var reader in readers) reader.Start(Read);

        // A reader that hangs is left behind: a thread cannot be stopped from outside.
        while (readers.Any(reader => reader.IsAlive))
        {
            if (readers.FirstOrDefault(reader => reader.IsAlive && reader.Since > Longest) is { } slow)
                return [.. faults, new(slow.Seed, $"reading takes more than {Longest.TotalSeconds} s")];
            Thread.Sleep(20);
        }

        return [.. faults.Take(MostFaults)];

        void Read(Reader own)
        {
            while (faults.Count < MostFaults && Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                var input = parser.Input(seed);
                own.Begin(seed);
                if (WrongWith(parser, input) is { } wrong) faults.Enqueue(new(seed, wrong));
            }
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : usual;

    private sealed class Reader
    {
        private long began;
        private Thread? thread;

        public int Seed { get; private set; }

        public TimeSpan Since => Stopwatch.GetElapsedTime(Volatile.Read(ref began));

        public bool IsAlive => thread!.IsAlive;

        public void Start(Action<Reader> read)
        {
            Volatile.Write(ref began, Stopwatch.GetTimestamp());
            thread = new(() => read(this)) { IsBackground = true };
            thread.Start();
        }

        public void Begin(int seed)
        {
            Seed = seed;
            Volatile.Write(ref began, Stopwatch.GetTimestamp());
        }
    }
}
