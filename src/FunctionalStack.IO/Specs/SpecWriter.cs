using System.Text.Json;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>Writes a spec as JSON with every parameter, so that it does not depend on defaults of a later version.</summary>
/// <param name="json">The writer.</param>
/// <param name="names">The names of learners and transforms.</param>
/// <param name="comments">The comments for a reader who will change the spec; null for none.</param>
internal sealed class SpecWriter(Utf8JsonWriter json, SpecNames names, SpecComments? comments = null)
{
    public void Write(StackSpec spec)
    {
        json.WriteStartObject();
        Comment(comments?.Title);
        json.WriteNumber("version", SpecFile.Version);
        WriteKeys(spec.Root);
        json.WriteEndObject();
    }

    private void WriteKeys(NodeSpec node)
    {
        switch (node)
        {
            case NodeSpec.Single single:
                var (name, parameters) = names.Learners.Of(single.Learner);
                json.WriteString("learner", name);
                json.WritePropertyName("params");
                parameters.Write(json, single.Learner);
                break;
            case NodeSpec.Stack stack:
                json.WriteStartObject("stack");
                Write(stack);
                json.WriteEndObject();
                break;
        }

        if (node.Preprocess is { } preprocess)
        {
            json.WriteStartArray("preprocess");
            foreach (var transform in preprocess) Write(transform);
            json.WriteEndArray();
        }

        if (node.Columns is { } columns) WriteNames("columns", columns);
    }

    internal void Write(NodeSpec.Stack stack)
    {
        if (stack.Folds is { } folds)
        {
            Comment(comments?.Folds);
            json.WritePropertyName("folds");
            FoldsJson.Write(json, folds);
        }

        Comment(comments?.Combine);
        json.WriteString("combine", SpecValue.EnumName(stack.Combine));
        if (stack.StackColumns is { } stackColumns)
        {
            json.WriteString("stackMethod", SpecValue.EnumName(stackColumns.StackMethod));
            json.WriteBoolean("dropFirstClass", stackColumns.DropFirstClass);
        }

        switch (stack.Passthrough)
        {
            case null: json.WriteBoolean("passthrough", false); break;
            case Identity: json.WriteBoolean("passthrough", true); break;
            case SelectColumns select: WriteNames("passthrough", select.Columns); break;
            case var other:
                throw new Refusal($"a spec cannot pass through by {other.GetType()}",
                "Pass through all columns, or columns by name.");
        }

        json.WriteBoolean("prune", stack.Prune);
        json.WriteString("onFailure", SpecValue.EnumName(stack.OnFailure));
        Comment(comments?.Bases);
        json.WriteStartArray("bases");
        foreach (var (name, node) in stack.Bases)
        {
            json.WriteStartObject();
            if (node is NodeSpec.Single single) Comment(comments?.Of(single.Learner));
            json.WriteString("name", name);
            WriteKeys(node);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (stack.Meta is { } meta)
        {
            Comment(comments?.Meta);
            json.WriteStartObject("meta");
            WriteKeys(meta);
            json.WriteEndObject();
        }
    }

    internal void Write(ITransform transform)
    {
        var (columns, inner) = transform is OnColumns on ? (on.Columns, on.Transform) : ((EquatableArray<string>?)null, transform);
        var (name, parameters) = names.Transforms.Of(inner);
        if (columns is null && parameters.Names.Count == 0)
        {
            json.WriteStringValue(name);
            return;
        }

        json.WriteStartObject();
        json.WriteString("name", name);
        json.WritePropertyName("params");
        parameters.Write(json, inner);
        if (columns is { } only) WriteNames("columns", only);
        json.WriteEndObject();
    }

    private void Comment(string? text)
    {
        if (text is not null) json.WriteCommentValue($" {text.Replace("*/", "* /", StringComparison.Ordinal)} ");
    }

    private void WriteNames(string key, EquatableArray<string> columns)
    {
        json.WriteStartArray(key);
        foreach (var name in columns) json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
