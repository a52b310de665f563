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
