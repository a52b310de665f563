namespace FunctionalStack;

/// <summary>
/// A cache of the results of fits, so that a restarted run finds them. It never changes a result: cached and newly computed
/// results are bit-identical. Thread-safe.
/// </summary>
public interface IJournal
{
    /// <summary>The result stored under <paramref name="key"/>; null if there is no valid one.</summary>
    Outcome<T>.Ok? Find<T>(FitKey key) where T : class;

    /// <summary>Stores a result, a model or a prediction, if possible. Never fails, since the result itself is still available.</summary>
    void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class;

    /// <summary>Reports that the results of <paramref name="learner"/> cannot be stored, since it has no key
    /// (<see cref="FitKey.Of"/>).</summary>
    void Passed(ILearner learner);
}
