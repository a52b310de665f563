namespace FunctionalStack;

/// <summary>
/// A learner whose fit has steps that fall into independent parts, each far too short for a task of its own (the columns
/// of a histogram, the trees of a round). It hands such steps to a <see cref="Crew"/>: whoever has a thread to spare helps.
/// </summary>
public interface ICrewLearner : IGraphLearner
{
    /// <summary>The same model whoever helps: <see cref="ILearner.Fit"/> is this with <see cref="Crew.Alone"/>.</summary>
    Outcome<IModel> Fit(Dataset data, Seed seed, Crew crew);

    // Every member of a crew is a task that does the same: the first to run fits, those that come while it does help, those
    // that come later find it done. So no order of tasks, on any number of threads, can leave one waiting for another. Only the
    // first counts as work, so that an executor starts all fits that are ready before it lets any of them be helped.
    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed)
    {
        var (crew, memory) = (new Crew(), scope.MemoryOf(this));
        var members = Enumerable.Range(0, 1 + Math.Min(scope.Roles.Count / Crew.RowsAHelper, Crew.MostHelpers))
            .Select(member => scope.Step(
                Name,
                [scope.Frame],
                () => scope.Data.WithoutNotes(),
                data => Outcome.Ok(crew.Join(() => scope.Remembered(this, data, seed).OrMake(() => Fit(data, seed, crew)))),
                counted: member == 0,
                memory))
            .ToArray();
        return scope.Step(
            Name,
            [scope.Frame, .. members],
            () =>
                from data in scope.Data
                from all in Outcome.All(members.Select(member => member.Value))
                select all,
            all =>
            {
                foreach (var member in members) member.Release();
                return all.First(model => model is not null)!;
            },
            memory: memory);
    }
}

/// <summary>Those who work on one fit: the thread that runs it, and threads that had nothing else to do.</summary>
public sealed class Crew
{
    internal const int RowsAHelper = 2048;
    internal const int MostHelpers = 15;

    private readonly Batch?[] open = new Batch?[16];
    private int joined;
    private volatile int helpers;
    private volatile bool done;

    /// <summary>The crew of a fit that nobody helps.</summary>
    public static Crew Alone { get; } = new();

    /// <summary>Threads at work just now: for deciding how finely to divide what gives the same bits however it is divided.</summary>
    public int Hands => 1 + helpers;

    /// <summary>
    /// Does parts 0 .. <paramref name="parts"/> - 1, each once, in any order, on any of the crew's threads, and returns when
    /// all are done. A part may run parts of its own. Parts must not write what others read.
    /// </summary>
    public void Run(int parts, Action<int> part)
    {
        var batch = parts > 1 && helpers > 0 ? new Batch(parts, part) : null;
        var slot = batch is null ? -1 : Open(batch);
        if (slot < 0)
        {
            for (var i = 0; i < parts; i++) part(i);
            return;
        }

        while (batch!.DoOne()) { }
        Volatile.Write(ref open[slot], null);
        var wait = new SpinWait();
        while (!batch.IsDone)
        {
            if (DoAny()) wait.Reset();
            else wait.SpinOnce(sleep1Threshold: -1);
        }

        batch.ThrowIfFailed();
    }

    /// <summary>What the first to join fits; null for all others, once it is fitted.</summary>
    internal T? Join<T>(Func<T> fit) where T : class
    {
        if (Interlocked.Increment(ref joined) == 1)
        {
            try
            {
                return fit();
            }
            finally
            {
                done = true;
            }
        }

        Interlocked.Increment(ref helpers);
        var wait = new SpinWait();
        while (!done)
        {
            if (DoAny()) wait.Reset();
            else wait.SpinOnce(sleep1Threshold: -1);
        }

        return null;
    }

    private int Open(Batch batch)
    {
        for (var slot = 0; slot < open.Length; slot++)
        {
            if (Interlocked.CompareExchange(ref open[slot], batch, null) is null) return slot;
        }

        return -1;
    }

    private bool DoAny()
    {
        for (var slot = 0; slot < open.Length; slot++)
        {
            if (Volatile.Read(ref open[slot]) is { } batch && batch.DoOne()) return true;
        }

        return false;
    }

    private sealed class Batch(int parts, Action<int> part)
    {
        private int next;
        private int finished;
        private Exception? failure;

        public bool IsDone => Volatile.Read(ref finished) == parts;

        /// <summary>Whether there was one left to do.</summary>
        public bool DoOne()
        {
            if (Volatile.Read(ref next) >= parts) return false;
            var i = Interlocked.Increment(ref next) - 1;
            if (i >= parts) return false;
            try
            {
                part(i);
            }
            catch (Exception exception)
            {
                // Told by whoever opened the batch, since the fit is theirs.
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            Interlocked.Increment(ref finished);
            return true;
        }

        public void ThrowIfFailed()
        {
            if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}
