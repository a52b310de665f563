namespace FunctionalStack.IO;

/// <summary>The labelled rows of a table, in the format of a model.</summary>
/// <param name="Dataset">The rows.</param>
/// <param name="Rows">The row of the table, from 0, that each of them is.</param>
public sealed record LabelledTable(Dataset Dataset, EquatableArray<int> Rows);
