namespace FunctionalStack.IO;

/// <summary>The task of a target column.</summary>
public enum TargetKind
{
    /// <summary>Classes.</summary>
    Classes,

    /// <summary>Numbers.</summary>
    Values,
}

/// <summary>The roles of the columns of a table. Columns without a role are features.</summary>
/// <param name="Target">The target column.</param>
/// <param name="Id">The column of row ids; kept as text for the output.</param>
/// <param name="Weights">The column of weights; at least 0.</param>
/// <param name="Groups">The column of groups; rows of one group are never split. Any text.</param>
/// <param name="FoldColumn">The column of given folds. Any text.</param>
/// <param name="Kind">
/// Null to decide by the cells: numeric if all are numbers, except at most 20 different integers, which are classes.
/// </param>
/// <param name="Categorical">Features that are categorical even if they look like numbers or dates.</param>
/// <param name="Time">The column of times that orders the folds: numbers or dates. It is not a feature.</param>
/// <param name="Text">Rules for reading numbers, dates and missing values; null for none.</param>
public sealed record TableRoles(
    string Target,
    string? Id = null,
    string? Weights = null,
    string? Groups = null,
    string? FoldColumn = null,
    TargetKind? Kind = null,
    EquatableArray<string> Categorical = default,
    string? Time = null,
    TextOptions? Text = null)
{
    /// <summary>The classes of the target in order, from low to high, each once; empty if they have no order. A target of numbers is then
    /// read as classes.</summary>
    public EquatableArray<string> Order { get; init; }

    /// <summary>Columns that are neither features nor have a role.</summary>
    public EquatableArray<string> Drop { get; init; }

    /// <summary>The meaning of the weights.</summary>
    public WeightKind WeightKind { get; init; }

    /// <summary>
    /// The gap before held-out rows (<see cref="Roles.Gap"/>): in days for dates, in hours for times without dates, otherwise in the unit
    /// of the numbers of <see cref="Time"/>.
    /// </summary>
    public double Gap { get; init; }
}

/// <summary>A table that was read for fitting.</summary>
/// <param name="Dataset">Features and roles.</param>
/// <param name="Schema">The columns required for prediction.</param>
/// <param name="Ids">The text of the id column, empty where missing; null without an id column.</param>
public sealed record TrainingTable(Dataset Dataset, Schema Schema, EquatableArray<string>? Ids)
{
    /// <summary>How the columns were read.</summary>
    public TableReading Reading { get; init; } = new(default);

    /// <summary>Other remarks, such as ambiguities. The notes of the outcome are these and the reading's.</summary>
    public EquatableArray<Note> Remarks { get; init; }
}
