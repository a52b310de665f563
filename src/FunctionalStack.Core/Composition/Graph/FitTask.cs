namespace FunctionalStack;

/// <summary>One step of a <see cref="FitGraph"/>: what it is called, what must run before it, and what it does.</summary>
public sealed class FitTask
{
    private readonly Action release;
    private Action<WorkSharing>? run;
    private int users;

    internal FitTask(int number, string label, FitTask[] needs, Action<WorkSharing> run, Action release, FitBranch branch)
    {
        (Number, Label, Needs, Branch, this.run, this.release) = (number, label, needs, branch, run, release);
        foreach (var need in needs) need.users++;
    }

    /// <summary>Position in the order of unfolding; a task's needs have smaller numbers.</summary>
    public int Number { get; }

    public string Label { get; }

    public IReadOnlyList<FitTask> Needs { get; }

    /// <summary>Whether it is the fit of a leaf: work that a progress bar should count, rather than bookkeeping.</summary>
    public bool Counted => Leaf is not null;

    /// <summary>The fit that it is, where it is one: once its needs have run, an executor may have it done elsewhere.</summary>
    public Func<Outcome<Leaf>>? Leaf { get; init; }

    /// <summary>Outer folds are finished one before the next: tasks of a lower stage go first.</summary>
    internal int Stage => Branch.Stage;

    internal OptionalPart? Optional => Branch.Optional;

    internal FitBranch Branch { get; }

    /// <summary>Runs it, once, after its needs. What no task will need any more is let go.</summary>
    public void Run(WorkSharing? work = null)
    {
        run!(work ?? WorkSharing.None);
        run = null;
        foreach (var need in Needs) need.Used();
    }

    private void Used()
    {
        if (Interlocked.Decrement(ref users) == 0) release();
    }
}
