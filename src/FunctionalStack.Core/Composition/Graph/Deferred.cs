namespace FunctionalStack;

/// <summary>A value that a <see cref="FitGraph"/> will have once its task has run.</summary>
public abstract class Deferred
{
    internal FitTask? Task { get; init; }
}

/// <summary>The outcome of a task. It is let go once the last task that needs it has run; where none does, it stays.</summary>
public sealed class Deferred<T> : Deferred
{
    private readonly Func<Outcome<T>>? view;
    private Outcome<T>? outcome;

    internal Deferred(Func<Outcome<T>>? view = null) => this.view = view;

    /// <exception cref="InvalidOperationException">The task has not run, or was not named among the needs of the one that asks.</exception>
    public Outcome<T> Outcome => view is not null ? view() : outcome ?? throw new InvalidOperationException($"'{Task?.Label}' has not run yet, or is not among the needs of what asks for it");

    /// <summary>The same, each time it is read, through <paramref name="change"/>: for what costs next to nothing.</summary>
    public Deferred<TResult> Through<TResult>(Func<Outcome<T>, Outcome<TResult>> change) => new(() => change(Outcome)) { Task = Task };

    internal static Deferred<T> Now(Outcome<T> outcome) => new(() => outcome);

    internal void Set(Outcome<T> computed) => outcome = computed;

    internal void Release() => outcome = null;
}
