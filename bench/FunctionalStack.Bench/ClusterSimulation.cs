using System.Diagnostics;
using System.Globalization;
using FunctionalStack;
using FunctionalStack.IO;

/// <summary>
/// How a cluster of up to 1,000 cores would run <c>evaluate</c>, by discrete events, from fit times and model sizes measured here:
/// <c>cluster FILE.csv TARGET [REPEATS]</c>. Equal measurements give equal tables.
/// </summary>
/// <remarks>
/// The coordinator sends one message at a time over its link, and fetches one result at a time. A silo is sent the columns of the file
/// once, and the numbers, targets and held-out rows of each fold once. Fits are sent when a core is free, long ones first. Nothing is
/// compressed but models.
/// </remarks>
internal static class ClusterSimulation
{
    private const int Outer = 5;
    private const int Inner = 5;

    // 1 Gbit/s, less headers; and the time of an order and its answer, of which docs/cluster.md speaks.
    private const double BytesPerSecond = 118e6;
    private const double SecondsPerOrder = 0.002;

    private static readonly int[] cores = [1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000];

    // A number and a target, or a number that is held out.
    private const int BytesPerRow = 12;

    private static readonly int[] coresOfSilo = [1, 16];

    private sealed record Work(int Base, int Fold, int Inner, double Seconds, double Fetched);

    public static void Run(string[] args)
    {
        var data = DatasetReader.Read(args[0], new TableRoles(args[1])).OrThrow().Dataset;
        var repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        var fits = Measured(data);
        foreach (var one in fits)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{one.Name,-16} {one.Seconds,8:F3} s {one.Bytes / 1e6,8:F2} MB"));
        }

        var (columns, rows) = (8.0 * data.RowCount * data.Frame.Columns.Count, (double)BytesPerRow * data.RowCount);
        Work[] work = [.. from fold in Enumerable.Range(0, Outer * repeats)
                          from at in Enumerable.Range(0, fits.Length)
                          from inner in Enumerable.Range(0, Inner + 1)
                          select new Work(at, fold, inner, fits[at].Seconds, fits[at].Bytes)];
        foreach (var each in coresOfSilo)
        {
            Console.WriteLine($"silos of {each} cores\ncores      time  speed-up  link busy");
            var alone = 0.0;
            foreach (var count in cores)
            {
                var (time, link) = Simulated(work, count, each, columns, rows);
                if (count == 1) alone = time;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{count,5} {time,8:F1} s {alone / time,8:F1} {100 * link / time,9:F0}%"));
            }
        }
    }

    // A fit of each base on four fifths of the rows.
    private static (string Name, double Seconds, double Bytes)[] Measured(Dataset data)
    {
        var some = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % Inner != 0)));
        var stack = (NodeSpec.Stack)DefaultStack.For(data).Root;
        return [.. stack.Bases.Select(one =>
        {
            var learner = new StackSpec(one.Node).Build(some).OrThrow();
            learner.Fit(some, Seed.Of(1)).OrThrow();
            var watch = Stopwatch.StartNew();
            var fit = learner.Fit(some, Seed.Of(1)).OrThrow();
            var seconds = watch.Elapsed.TotalSeconds;
            using var file = new MemoryStream();
            ModelFile.Write(file, "model", fit.Model, ModelCard.Of(fit).OrThrow()).OrThrow();
            return (one.Name, seconds, (double)file.Length);
        })];
    }

    private static (double Time, double Link) Simulated(Work[] all, int count, int coresOfSilo, double columns,
        double rows)
    {
        // Long fits first, as the executor orders them by the length of what follows.
        var waiting = new Queue<Work>(all.OrderBy(work => work.Fold).ThenByDescending(work => work.Seconds));
        var holds = new HashSet<(int Silo, int Fold, int Inner)>();
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, count).Select(core => (core, 0.0)));
        var (link, busy, end) = (0.0, 0.0, 0.0);
        var done = new PriorityQueue<(int Core, Work Work), double>();
        while (waiting.Count > 0 || done.Count > 0)
        {
            done.TryPeek(out _, out var ended);
            free.TryPeek(out _, out var idle);
            if (waiting.Count > 0 && free.Count > 0 && (done.Count == 0 || idle <= ended))
            {
                free.TryDequeue(out var core, out var at);
                var work = waiting.Dequeue();
                var silo = core / coresOfSilo;
                var bytes = (holds.Add((silo, -1, 0)) ? columns : 0) + (holds.Add((silo, work.Fold, work.Inner)) ? rows : 0);
                var sent = Math.Max(link, at) + SecondsPerOrder + bytes / BytesPerSecond;
                busy += sent - Math.Max(link, at);
                link = sent;
                done.Enqueue((core, work), sent + work.Seconds);
            }
            else
            {
                done.TryDequeue(out var made, out var at);
                var fetched = Math.Max(link, at) + SecondsPerOrder + made.Work.Fetched / BytesPerSecond;
                busy += fetched - Math.Max(link, at);
                link = end = fetched;
                free.Enqueue(made.Core, fetched);
            }
        }

        return (end, busy);
    }
}
