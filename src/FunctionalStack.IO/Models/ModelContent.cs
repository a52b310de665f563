namespace FunctionalStack.IO;

/// <summary>What a model file holds.</summary>
/// <param name="Format">The file's own format, at most <see cref="ModelFile.FormatVersion"/>.</param>
/// <param name="Tag">Its record's: <c>pipeline</c>, <c>network</c>.</param>
/// <param name="Card">What people read of it.</param>
/// <param name="Model">The record, where it was wanted.</param>
public sealed record ModelContent(int Format, string Tag, ModelCard Card, object? Model)
{
    /// <summary>The model, which reads rows by the file's schema; null for a record that is no model of tables, or was not wanted.</summary>
    public LoadedModel? Loaded => Model is IModel model ? new(model, Card) : null;
}
