namespace FunctionalStack;

/// <summary>The ready tasks, and which of them the <see cref="Budget"/> allows to run now. Not thread-safe: its owner locks.</summary>
internal sealed class Admission
{
    private readonly PriorityQueue<FitTask, (int Stage, int Depth, int Number)> ready = new();
    private readonly Dictionary<FitTask, long> held = [];
    private readonly Budget budget;

    // Optional parts that have not started, in order, each with its ready tasks.
    private readonly List<OptionalPart> waiting = [];
    private readonly Dictionary<OptionalPart, List<(FitTask Task, (int, int, int) Priority)>> tasksOf = [];
    private long inUse;

    public Admission(IEnumerable<FitTask> tasks, Budget budget)
    {
        this.budget = budget;
        if (budget.TimeIsUp is null) return;
        waiting.AddRange(tasks.Select(task => task.Optional).OfType<OptionalPart>().Distinct());
        foreach (var part in waiting) tasksOf[part] = [];
    }

    public void Add(FitTask task, (int Stage, int Depth, int Number) priority)
    {
        if (task.Optional is { } part && tasksOf.TryGetValue(part, out var own)) own.Add((task, priority));
        else ready.Enqueue(task, priority);
    }

    /// <summary>A task to run now; null if none can run until another has finished.</summary>
    public FitTask? Take()
    {
        while (true)
        {
            if (ready.Count > 0) return Fitting();

            // In order: if the first has no ready task yet, the tasks it depends on are still running.
            if (waiting is not [var next, ..] || tasksOf[next].Count == 0) return null;
            if (!budget.TimeIsUp!())
            {
                Begin(next);
                continue;
            }

            foreach (var part in waiting.ToArray())
            {
                part.Skip();
                Begin(part);
            }
        }
    }

    /// <summary>Returns the budget that the task used.</summary>
    public void Finished(FitTask task)
    {
        if (held.Remove(task, out var bytes)) inUse -= bytes;
    }

    private void Begin(OptionalPart part)
    {
        waiting.Remove(part);
        tasksOf.Remove(part, out var own);
        foreach (var (task, priority) in own!) ready.Enqueue(task, priority);
    }

    // The first task by priority that fits the budget. If nothing runs, any task may start.
    private FitTask? Fitting()
    {
        if (budget.Memory is not { } most) return ready.Dequeue();
        var passed = new List<(FitTask Task, (int, int, int) Priority)>();
        FitTask? found = null;
        while (found is null && ready.TryDequeue(out var task, out var priority))
        {
            if (task.Leaf is not { } leaf) found = task;
            else if (leaf().Match(one => one.Memory, _ => 0) is var bytes && (held.Count == 0 || bytes <= most - inUse))
            {
                held[task] = bytes;
                inUse += bytes;
                found = task;
            }
            else passed.Add((task, priority));
        }

        foreach (var (task, priority) in passed) ready.Enqueue(task, priority);
        return found;
    }
}
