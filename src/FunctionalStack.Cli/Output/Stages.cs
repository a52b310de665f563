namespace FunctionalStack.Cli.Output;

/// <summary>Collects the notes of the stages of some work. Mutable; for use inside one function.</summary>
internal sealed class Stages
{
    private readonly List<EquatableArray<Note>> all = [];

    /// <summary>The notes of each stage so far.</summary>
    public EquatableArray<EquatableArray<Note>> Notes => EquatableArray.From(all);

    /// <summary>Adds the notes of the outcome as a stage, and returns the outcome.</summary>
    public Outcome<T> Noted<T>(Outcome<T> outcome)
    {
        all.Add(outcome.Notes);
        return outcome;
    }

    /// <summary>The notes of each stage, of all blocks of rows.</summary>
    public static EquatableArray<EquatableArray<Note>> Merge(IReadOnlyCollection<EquatableArray<EquatableArray<Note>>> blocks, long rows) =>
        EquatableArray.From(Enumerable.Range(0, blocks.Select(stages => stages.Count).DefaultIfEmpty().Max())
            .Select(stage => BlockNotes.Merge(
                EquatableArray.From(blocks.Where(stages => stage < stages.Count).Select(stages => stages[stage])), rows)));
}
