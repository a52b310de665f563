namespace FunctionalStack.IO;

/// <summary>The content of a model file.</summary>
/// <param name="Format">The format version of the file, at most <see cref="ModelFile.FormatVersion"/>.</param>
/// <param name="Tag">The tag of the record: <c>pipeline</c>, <c>network</c>.</param>
/// <param name="Card">The description of the model.</param>
/// <param name="Model">The record; null if it was not requested.</param>
public sealed record ModelContent(int Format, string Tag, ModelCard Card, object? Model)
{
    /// <summary>The model, which conforms rows to the file's schema. Null for a record that is not a model of tables, or was not
    /// requested.</summary>
    public LoadedModel? Loaded => Model is IModel model ? new(model, Card) : null;
}
