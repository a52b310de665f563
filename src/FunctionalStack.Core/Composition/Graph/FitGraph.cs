namespace FunctionalStack;

/// <summary>
/// A composition expanded into a flat graph of leaf fits and the tasks that combine them. The results do not depend on the order in
/// which tasks run, as long as each runs after its dependencies. A graph runs once.
/// </summary>
public sealed class FitGraph
{
    private readonly List<FitTask> tasks = [];
    private readonly Dictionary<FitPlace, object> fits = [];
    private readonly Dictionary<string, OptionalPart> optional = [];
    private int failed = int.MaxValue;

    /// <summary>The tasks; each one's dependencies precede it.</summary>
    public IReadOnlyList<FitTask> Tasks => tasks;

    /// <summary>Fits leaves and predicts with their models. Set it before the graph runs.</summary>
    public ILeaves Leaves { get; set; } = FunctionalStack.Leaves.Here;

    /// <summary>Why the composition cannot be fitted, if this is known from the roles of the rows alone.</summary>
    public Failure? Refusal { get; private set; }

    /// <summary>The bases that the run has skipped, in order, once it has run.</summary>
    public EquatableArray<string> Skipped => EquatableArray.From(optional.Values.Where(part => part.Skipped).Select(part => part.Name));

    /// <summary>Whether the run has skipped a base. Then a model containing one differs from its spec.</summary>
    internal bool HasSkipped => optional.Values.Any(part => part.Skipped);

    /// <summary>Whether there are bases that a run may skip: all bases of a stack except the first. Bases with one name are skipped
    /// together.</summary>
    internal bool HasOptional => optional.Count > 0;

    /// <summary>All rows of <paramref name="data"/> as training rows.</summary>
    public FitRows Over(Dataset data) => new(this, new(this, Deferred<Frame>.Now(Outcome.Ok(data.Frame)), null, data.Roles), "", new());

    /// <summary>Runs all tasks as parts of one fit. Those whose dependencies have run are shared among the threads.</summary>
    internal void Run(WorkSharing work)
    {
        var depth = new int[tasks.Count];
        foreach (var task in tasks) depth[task.Number] = task.Needs.Select(need => depth[need.Number] + 1).DefaultIfEmpty().Max();
        foreach (var level in tasks.GroupBy(task => depth[task.Number]).OrderBy(level => level.Key).Select(level => level.ToArray()))
        {
            work.Run(level.Length, i => level[i].Run(work));
        }
    }

    /// <summary>Adds a task that combines the results of others.</summary>
    internal Deferred<T> Join<T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<T>> make) =>
        Add(label, needs, branch, null, _ => make());

    /// <summary>
    /// Adds a task that is skipped if its result is not needed: its part is skipped, or an earlier task has failed for the
    /// whole composition. Tasks are numbered in the order of expansion, so the reported failure is the first in that
    /// order, whichever executor runs the graph.
    /// </summary>
    internal Deferred<T> Step<TFrom, T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<TFrom>> from,
        Func<TFrom, WorkSharing, Outcome<T>> make, Func<Outcome<Leaf>>? leaf = null)
    {
        var number = tasks.Count;
        return Add(label, needs, branch, leaf, Run);

        Outcome<T> Run(WorkSharing work)
        {
            if (branch.Optional is { Skipped: true } part) return new Outcome<T>.Fail(part.NotBegun);
            var made = from().Bind(found => number > Volatile.Read(ref failed)
                ? Outcome.Fail<T>(label, "was not run, since another fit failed", "Fix that.")
                : make(found, work));
            if (made is Outcome<T>.Fail && !branch.Tolerated) FailedAt(number);
            return made;
        }
    }

    /// <summary>Records that the composition cannot be fitted. The first such failure is kept.</summary>
    internal void Refuse(Failure failure) => Refusal ??= failure;

    /// <summary>The optional part with that name.</summary>
    internal OptionalPart Optional(string name)
    {
        if (!optional.TryGetValue(name, out var part)) optional[name] = part = new(name);
        return part;
    }

    /// <summary>The fit of a learner or transform on rows with a seed. Repeated requests are expanded once.</summary>
    internal T Once<T>(object spec, RowSet rows, Seed seed, bool scored, Func<T> unfold) where T : class
    {
        var place = new FitPlace(spec, rows, seed, scored);
        if (!fits.TryGetValue(place, out var known)) fits[place] = known = unfold();
        return (T)known;
    }

    private Deferred<T> Add<T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<Leaf>>? leaf,
        Func<WorkSharing, Outcome<T>> make)
    {
        Deferred<T>? result = null;
        var task = new FitTask(
            tasks.Count, label, [.. needs.Select(need => need.Task).OfType<FitTask>().Distinct()], work =>
                result!.Set(make(work)), () => result!.Release(), branch)
        {
            Leaf = leaf,
        };
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

    // Specs are compared by value, rows (not yet known) by identity. The seed alone nearly always distinguishes fits.
    private sealed record FitPlace(object Spec, RowSet Rows, Seed Seed, bool Scored)
    {
        public override int GetHashCode() => Seed.GetHashCode();
    }
}
