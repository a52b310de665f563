namespace FunctionalStack.Laws;

/// <summary>Runs ready tasks one at a time, in an order drawn by a seed: every order that respects the needs must give the same
/// bits.</summary>
public sealed record AnyOrder(Seed Seed) : IExecutor
{
    public void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var random = Seed.Stream();
        var waiting = graph.Tasks.ToList();
        var finished = new HashSet<FitTask>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(task => task.Needs.All(finished.Contains)).ToArray();
            var next = ready[random.Next(ready.Length)];
            next.Run();
            finished.Add(next);
            waiting.Remove(next);
        }
    }
}
