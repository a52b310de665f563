namespace FunctionalStack;

/// <summary>
/// Where a run keeps what its fits have made, so that a run begun again finds it. A memory and nothing else: whether
/// something is found or made anew changes no bit of any result. Safe from any thread.
/// </summary>
public interface IJournal
{
    /// <summary>What was kept under <paramref name="key"/>, as it was; null where nothing sound is there.</summary>
    Outcome<T>.Ok? Find<T>(FitKey key) where T : class;

    /// <summary>Keeps what was made, a model or a prediction, if that can be done. Never fails: a result is worth more than its copy.</summary>
    void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class;

    /// <summary>Says that what <paramref name="learner"/> makes cannot be kept, since it has no key (<see cref="FitKey.Of"/>).</summary>
    void Passed(ILearner learner);
}

/// <summary>What a run's journal has for one fit or prediction, if the run has a journal.</summary>
internal readonly struct Remembered<T> where T : class
{
    private readonly IJournal? journal;
    private readonly FitKey? key;

    public Remembered(IJournal? journal, ILearner learner, Func<FitKey?> keyOf)
    {
        if (journal is null) return;
        (this.journal, key) = (journal, keyOf());
        if (key is { } known) Found = journal.Find<T>(known);
        else journal.Passed(learner);
    }

    public Outcome<T>? Found { get; }

    /// <summary>The same outcome, kept if it is no failure.</summary>
    public Outcome<T> Keep(Outcome<T> made)
    {
        if (made is Outcome<T>.Ok ok && key is { } known) journal!.Keep(known, ok);
        return made;
    }

    /// <summary>What was found, or else what <paramref name="make"/> makes, kept.</summary>
    public Outcome<T> OrMake(Func<Outcome<T>> make) => Found ?? Keep(make());
}
