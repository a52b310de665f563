namespace FunctionalStack;

/// <summary>A value that a <see cref="FitGraph"/> will have computed once its task has run.</summary>
public abstract class Deferred
{
    internal FitTask? Task { get; init; }
}

/// <inheritdoc cref="Deferred"/>
public sealed class Deferred<T> : Deferred
{
    private T? value;
    private bool ready;

    /// <exception cref="InvalidOperationException">The task has not run: it was not named among the inputs.</exception>
    public T Value => ready ? value! : throw new InvalidOperationException($"'{Task?.Label}' has not run yet");

    internal void Set(T computed) => (value, ready) = (computed, true);

    /// <summary>Lets go of the value, once nobody will ask for it again: a graph's memory is then bounded by what is still to be used.</summary>
    internal void Release() => (value, ready) = (default, false);

    internal static Deferred<T> Now(T value)
    {
        var now = new Deferred<T>();
        now.Set(value);
        return now;
    }
}

/// <summary>One step of a <see cref="FitGraph"/>: what it is called, what must run before it, and what it does.</summary>
public sealed class FitTask
{
    internal FitTask(int number, string label, FitTask[] needs, Action run, bool counted, OptionalPart? optional, FitMemory? memory) =>
        (Number, Label, Needs, Run, Counted, Optional, Memory) = (number, label, needs, run, counted, optional, memory);

    /// <summary>Position in the order of unfolding; a task's needs have smaller numbers.</summary>
    public int Number { get; }

    public string Label { get; }

    public IReadOnlyList<FitTask> Needs { get; }

    public Action Run { get; }

    /// <summary>Whether it is work that a progress bar should count, rather than bookkeeping.</summary>
    public bool Counted { get; }

    /// <summary>The part that it belongs to, if a run may leave that out.</summary>
    internal OptionalPart? Optional { get; }

    /// <summary>What it holds, shared with the other tasks of the same fit; null for what takes next to nothing.</summary>
    internal FitMemory? Memory { get; }
}

/// <summary>
/// A composition unfolded into one flat graph of leaf fits and what joins them. The graph is the parallel meaning of
/// <see cref="ILearner.Fit"/>: whoever runs its tasks, in any order that respects their needs, gets the same bits.
/// A graph runs once.
/// </summary>
public sealed class FitGraph
{
    private readonly List<FitTask> tasks = [];
    private readonly Dictionary<Fit, Deferred> fits = [];
    private readonly Dictionary<string, OptionalPart> optional = [];
    private int failed = int.MaxValue;

    public IReadOnlyList<FitTask> Tasks => tasks;

    /// <summary>Where finished fits are looked for and kept; null for nowhere. Set before the graph runs.</summary>
    internal IJournal? Journal { get; set; }

    /// <summary>The bases that the run has left out, in order, once it has run.</summary>
    public Values<string> Skipped => Values.From(optional.Values.Where(part => part.Skipped).Select(part => part.Name));

    /// <summary>The scope in which all rows of <paramref name="data"/> are the training rows.</summary>
    public FitScope Over(Dataset data) => new(this, Deferred<Outcome<Frame>>.Now(Outcome.Ok(data.Frame)), null, data.Roles, "", new());

    /// <summary>Adds a task that computes a value once <paramref name="needs"/> have run.</summary>
    public Deferred<T> Add<T>(string label, IEnumerable<Deferred> needs, Func<T> compute, bool counted = false) =>
        Add(label, needs, compute, counted, null, null);

    /// <summary>
    /// Adds a task that is passed over where nobody will see its result: its part is left out, or a task before it has
    /// failed for all. Those are told apart by their numbers, which go in the order of the sequential meaning, so that the
    /// failure told is the first in that order, whoever runs the graph.
    /// </summary>
    internal Deferred<Outcome<T>> Step<TFrom, T>(string label, IEnumerable<Deferred> needs, Func<Outcome<TFrom>> from, Func<TFrom, Outcome<T>> make, FitBranch branch, bool counted, FitMemory? memory)
    {
        var number = tasks.Count;
        return Add(label, needs, Run, counted, branch.Optional, memory);

        Outcome<T> Run()
        {
            if (branch.Optional is { Skipped: true } part) return new Outcome<T>.Fail(part.NotBegun);
            var made = from().Bind(found => number > Volatile.Read(ref failed) ? Outcome.Fail<T>(label, "was not run, since another fit failed", "Mend that.") : make(found));
            if (made is Outcome<T>.Fail && !branch.Tolerated) FailedAt(number);
            return made;
        }
    }

    /// <summary>The part of that name that a run may leave out.</summary>
    internal OptionalPart Optional(string name)
    {
        if (!optional.TryGetValue(name, out var part)) optional[name] = part = new(name);
        return part;
    }

    private Deferred<T> Add<T>(string label, IEnumerable<Deferred> needs, Func<T> compute, bool counted, OptionalPart? part, FitMemory? memory)
    {
        Deferred<T>? result = null;
        var task = new FitTask(tasks.Count, label, [.. needs.Select(need => need.Task).OfType<FitTask>().Distinct()], () => result!.Set(compute()), counted, part, memory);
        tasks.Add(task);
        return result = new Deferred<T> { Task = task };
    }

    private void FailedAt(int number)
    {
        for (var known = Volatile.Read(ref failed); number < known;)
        {
            var seen = Interlocked.CompareExchange(ref failed, number, known);
            if (seen == known) return;
            known = seen;
        }
    }

    /// <summary>The fit of a learner or transform on a scope's rows by a seed: asked for twice, it is unfolded once.</summary>
    internal Deferred<T> Once<T>(object spec, FitScope scope, Seed seed, Func<Deferred<T>> unfold)
    {
        var fit = new Fit(spec, scope.Whole, scope.Rows, seed);
        if (!fits.TryGetValue(fit, out var known)) fits[fit] = known = unfold();
        return (Deferred<T>)known;
    }

    // Specs and rows compare by value, the frame (not yet known) by identity. The seed alone nearly always tells fits apart.
    private sealed record Fit(object Spec, Deferred Frame, Values<int>? Rows, Seed Seed)
    {
        public override int GetHashCode() => Seed.GetHashCode();
    }
}
