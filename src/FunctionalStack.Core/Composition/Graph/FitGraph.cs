namespace FunctionalStack;

/// <summary>
/// A composition unfolded into one flat graph of leaf fits and what joins them: whoever runs its tasks, in any order that
/// respects their needs, gets the same bits. A graph runs once.
/// </summary>
public sealed class FitGraph
{
    private readonly List<FitTask> tasks = [];
    private readonly Dictionary<FitPlace, object> fits = [];
    private readonly Dictionary<string, OptionalPart> optional = [];
    private int failed = int.MaxValue;

    public IReadOnlyList<FitTask> Tasks => tasks;

    /// <summary>Who fits leaves and predicts by their models. Set before the graph runs.</summary>
    public ILeaves Leaves { get; set; } = FunctionalStack.Leaves.Here;

    /// <summary>Why the whole cannot be fitted, where that is known from the roles of the rows alone.</summary>
    public Failure? Refusal { get; private set; }

    /// <summary>The bases that the run has left out, in order, once it has run.</summary>
    public EquatableArray<string> Skipped => EquatableArray.From(optional.Values.Where(part => part.Skipped).Select(part => part.Name));

    /// <summary>Whether the run has left out a base: then what holds one is no longer what its spec says.</summary>
    internal bool HasSkipped => optional.Values.Any(part => part.Skipped);

    /// <summary>Whether there are bases that a run may leave out: of each stack all but the first. Those of one name go together.</summary>
    internal bool HasOptional => optional.Count > 0;

    /// <summary>All rows of <paramref name="data"/> as training rows.</summary>
    public FitRows Over(Dataset data) => new(this, new(this, Deferred<Frame>.Now(Outcome.Ok(data.Frame)), null, data.Roles), "", new());

    /// <summary>Adds a task that joins what others made.</summary>
    internal Deferred<T> Join<T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<T>> make) =>
        Add(label, needs, branch, null, _ => make());

    /// <summary>
    /// Adds a task that is passed over where nobody will see its result: its part is left out, or a task before it has
    /// failed for all. Those are told apart by their numbers, which go in the order of unfolding, so that the failure told
    /// is the first in that order, whoever runs the graph.
    /// </summary>
    internal Deferred<T> Step<TFrom, T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<TFrom>> from, Func<TFrom, WorkSharing, Outcome<T>> make, Func<Outcome<Leaf>>? leaf = null)
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

    /// <summary>Notes that the whole cannot be fitted; the first such failure counts.</summary>
    internal void Refuse(Failure failure) => Refusal ??= failure;

    /// <summary>The part of that name that a run may leave out.</summary>
    internal OptionalPart Optional(string name)
    {
        if (!optional.TryGetValue(name, out var part)) optional[name] = part = new(name);
        return part;
    }

    /// <summary>The fit of a learner or transform on rows by a seed: asked for twice, it is unfolded once.</summary>
    internal T Once<T>(object spec, RowSet rows, Seed seed, bool scored, Func<T> unfold) where T : class
    {
        var place = new FitPlace(spec, rows, seed, scored);
        if (!fits.TryGetValue(place, out var known)) fits[place] = known = unfold();
        return (T)known;
    }

    private Deferred<T> Add<T>(string label, IEnumerable<Deferred> needs, FitBranch branch, Func<Outcome<Leaf>>? leaf, Func<WorkSharing, Outcome<T>> make)
    {
        Deferred<T>? result = null;
        var task = new FitTask(
            tasks.Count, label, [.. needs.Select(need => need.Task).OfType<FitTask>().Distinct()], work => result!.Set(make(work)), () => result!.Release(), branch)
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

    // Specs compare by value, rows (not yet known) by identity. The seed alone nearly always tells fits apart.
    private sealed record FitPlace(object Spec, RowSet Rows, Seed Seed, bool Scored)
    {
        public override int GetHashCode() => Seed.GetHashCode();
    }
}
