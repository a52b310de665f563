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
    internal FitTask(int number, string label, FitTask[] needs, Action run, bool counted) =>
        (Number, Label, Needs, Run, Counted) = (number, label, needs, run, counted);

    /// <summary>Position in the order of unfolding; a task's needs have smaller numbers.</summary>
    public int Number { get; }

    public string Label { get; }

    public IReadOnlyList<FitTask> Needs { get; }

    public Action Run { get; }

    /// <summary>Whether it is work that a progress bar should count, rather than bookkeeping.</summary>
    public bool Counted { get; }
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

    public IReadOnlyList<FitTask> Tasks => tasks;

    /// <summary>The scope in which all rows of <paramref name="data"/> are the training rows.</summary>
    public FitScope Over(Dataset data) => new(this, Deferred<Outcome<Frame>>.Now(Outcome.Ok(data.Frame)), null, data.Roles, "");

    /// <summary>Adds a task that computes a value once <paramref name="needs"/> have run.</summary>
    public Deferred<T> Add<T>(string label, IEnumerable<Deferred> needs, Func<T> compute, bool counted = false)
    {
        Deferred<T>? result = null;
        var task = new FitTask(tasks.Count, label, [.. needs.Select(need => need.Task).OfType<FitTask>().Distinct()], () => result!.Set(compute()), counted);
        tasks.Add(task);
        return result = new Deferred<T> { Task = task };
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
