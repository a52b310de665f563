namespace FunctionalStack.IO;

/// <summary>What a target is read as.</summary>
public enum TargetKind
{
    Classes,
    Values,
}

/// <summary>Which columns of a table play which part; the others are features.</summary>
/// <param name="Target">What is to be predicted.</param>
/// <param name="Id">Names the rows; kept as words for output.</param>
/// <param name="Weights">How much each row counts: numbers of at least 0.</param>
/// <param name="Groups">Which rows belong together; any words.</param>
/// <param name="FoldColumn">Which fold each row is in; any words.</param>
/// <param name="Kind">
/// Classes or values. Null: values where all cells are numbers, unless these are at most 20 different integers.
/// </param>
/// <param name="Categorical">Features that are categorical although they look like numbers or dates.</param>
/// <param name="Time">When each row was: numbers or dates, by which folds are ordered; no feature.</param>
/// <param name="Text">What is said of how numbers, dates and missing values are written; null for nothing.</param>
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
    /// <summary>What the weights mean.</summary>
    public WeightKind WeightKind { get; init; }
}

/// <summary>A table read for fitting.</summary>
/// <param name="Dataset">Features and roles.</param>
/// <param name="Schema">What to ask of a table to predict from.</param>
/// <param name="Ids">The words of the id column, empty where missing; null without an id column.</param>
public sealed record TrainingTable(Dataset Dataset, Schema Schema, EquatableArray<string>? Ids)
{
    /// <summary>How the columns were read.</summary>
    public TableReading Reading { get; init; } = new(default);

    /// <summary>What to know besides, such as what was ambiguous; together with the reading's notes, the notes of the outcome.</summary>
    public EquatableArray<Note> Remarks { get; init; }
}
