using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>Describes how the columns of a table were read, as text and as JSON.</summary>
internal static class ColumnReadings
{
    public static void Print(Terminal terminal, TableReading reading)
    {
        terminal.Note("how the columns were read:");
        foreach (var line in reading.Lines) terminal.Note($"  {line}");
    }

    public static JsonArray Json(TableReading reading) => new([.. reading.Columns.Select(column =>
    {
        var json = new JsonObject { ["column"] = column.Name, ["kind"] = column.Kind.ToString().ToLowerInvariant() };
        if (column.Kind == ReadAs.Numbers) Describe(json, column.Text with { Missing = default });
        if (column.Kind == ReadAs.Dates) (json["order"], json["features"]) = (column.Order.Word(), Output.Json.Strings(column.Features));
        if (column.Missing.Count > 0) json["missing"] = Counts(column.Missing);
        if (column.Kept.Count > 0) json["kept"] = Counts(column.Kept);
        return (JsonNode?)json;
    })]);

    /// <summary>Adds the parts of a text format that are not the default, in the form of model files.</summary>
    public static void Describe(JsonObject json, TextFormat text)
    {
        foreach (var (key, value) in ManifestText.Json(text)) json[key] = value?.DeepClone();
    }

    private static JsonObject Counts(EquatableArray<SpellingCount> counts) =>
        new(counts.Select(count => new KeyValuePair<string, JsonNode?>(count.Text, count.Rows)));
}
