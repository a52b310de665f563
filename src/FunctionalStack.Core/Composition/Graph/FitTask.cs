namespace FunctionalStack;

/// <summary>One task of a <see cref="FitGraph"/>: its name, its dependencies and its action.</summary>
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

    /// <summary>The position in the order of expansion. A task's dependencies have smaller numbers.</summary>
    public int Number { get; }

    /// <summary>The name in progress reports and messages.</summary>
    public string Label { get; }

    /// <summary>The tasks that must run before it.</summary>
    public IReadOnlyList<FitTask> Needs { get; }

    /// <summary>Whether it is the fit of a leaf. Progress reports count only these.</summary>
    public bool Counted => Leaf is not null;

    /// <summary>The leaf that it fits, if any. Once its dependencies have run, an executor may have it fitted elsewhere.</summary>
    public Func<Outcome<Leaf>>? Leaf { get; init; }

    /// <summary>Other rows that the model of <see cref="Leaf"/> will predict, known once the composition is expanded.</summary>
    internal EquatableArray<int>? Held { get; set; }

    /// <summary>Whether nothing else than the prediction of <see cref="Held"/> needs the result. Known once the composition is expanded, until
    /// the prediction has run.</summary>
    internal bool IsHeldOnly => Held is not null && users == 1;

    /// <summary>The outer fold. Tasks of lower stages run first, so that outer folds finish in turn.</summary>
    internal int Stage => Branch.Stage;

    internal OptionalPart? Optional => Branch.Optional;

    internal FitBranch Branch { get; }

    /// <summary>Runs the task once, after its dependencies. Results that no remaining task needs are released.</summary>
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
