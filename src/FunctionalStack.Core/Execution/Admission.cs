namespace FunctionalStack;

/// <summary>Ready tasks, and which of them may run now by a <see cref="Budget"/>. Not safe from several threads: its owner locks.</summary>
internal sealed class Admission
{
    private readonly PriorityQueue<FitTask, (int Depth, int Number)> ready = new();
    private readonly Dictionary<FitMemory, int> unfinished = [];
    private readonly Dictionary<FitMemory, long> held = [];
    private readonly Budget budget;

    // Optional parts that have not begun, in order, each with its ready tasks; the first of all has begun.
    private readonly List<OptionalPart> waiting = [];
    private readonly Dictionary<OptionalPart, List<(FitTask Task, (int, int) Priority)>> tasksOf = [];
    private long inUse;

    public Admission(IEnumerable<FitTask> tasks, Budget budget)
    {
        this.budget = budget;
        foreach (var task in tasks)
        {
            if (task.Memory is { } memory) unfinished[memory] = unfinished.GetValueOrDefault(memory) + 1;
            if (budget.TimeIsUp is null || task.Optional is not { } part || waiting.Contains(part)) continue;
            waiting.Add(part);
        }

        if (waiting.Count > 0) waiting.RemoveAt(0);
        foreach (var part in waiting) tasksOf[part] = [];
    }

    public void Add(FitTask task, (int Depth, int Number) priority)
    {
        if (task.Optional is { } part && tasksOf.TryGetValue(part, out var own)) own.Add((task, priority));
        else ready.Enqueue(task, priority);
    }

    /// <summary>A task to run now; null where there is none until another has finished.</summary>
    public FitTask? Take()
    {
        while (true)
        {
            if (ready.Count > 0) return Fitting();
            if (waiting.Find(part => tasksOf[part].Count > 0) is not { } next) return null;
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

    /// <summary>Gives back what the last task of a fit held.</summary>
    public void Finished(FitTask task)
    {
        if (task.Memory is not { } memory || --unfinished[memory] > 0) return;
        if (held.Remove(memory, out var bytes)) inUse -= bytes;
    }

    private void Begin(OptionalPart part)
    {
        waiting.Remove(part);
        tasksOf.Remove(part, out var own);
        foreach (var (task, priority) in own!) ready.Enqueue(task, priority);
    }

    // The first by priority that fits. A fit that holds its memory goes on; with nothing held anything may begin.
    private FitTask? Fitting()
    {
        if (budget.Memory is not { } most) return ready.Dequeue();
        var passed = new List<(FitTask Task, (int, int) Priority)>();
        FitTask? found = null;
        while (found is null && ready.TryDequeue(out var task, out var priority))
        {
            if (task.Memory is not { } memory || held.ContainsKey(memory)) found = task;
            else if (memory.Bytes() is var bytes && (held.Count == 0 || bytes <= most - inUse))
            {
                held[memory] = bytes;
                inUse += bytes;
                found = task;
            }
            else passed.Add((task, priority));
        }

        foreach (var (task, priority) in passed) ready.Enqueue(task, priority);
        return found;
    }
}
