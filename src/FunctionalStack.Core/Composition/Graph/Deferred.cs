namespace FunctionalStack;

/// <summary>A value that a <see cref="FitGraph"/> computes when its task runs.</summary>
public abstract class Deferred
{
    internal FitTask? Task { get; init; }
}

/// <summary>The outcome of a task. It is released once the last task that needs it has run. If no task needs it, it is kept.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Deferred<T> : Deferred
{
    private readonly Func<Outcome<T>>? view;
    private Outcome<T>? outcome;

    internal Deferred(Func<Outcome<T>>? view = null) => this.view = view;

    /// <summary>The outcome, once the task has run.</summary>
    /// <exception cref="InvalidOperationException">The task has not run, or is not a declared dependency of the task that reads
    /// it.</exception>
    public Outcome<T> Outcome =>
        view is not null
            ? view()
            : outcome
            ?? throw new InvalidOperationException(
                $"'{Task?.Label}' has not run yet, or is not a declared dependency of the task that reads it");

    /// <summary>The outcome mapped by <paramref name="change"/>, which is called on each read. Use it for cheap functions only.</summary>
    public Deferred<TResult> Through<TResult>(Func<Outcome<T>, Outcome<TResult>> change) => new(() => change(Outcome)) { Task = Task };

    internal static Deferred<T> Now(Outcome<T> outcome) => new(() => outcome);

    internal void Set(Outcome<T> computed) => outcome = computed;

    internal void Release() => outcome = null;
}
