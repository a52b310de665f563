using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Onnx;

/// <summary>The description of the model in an ONNX file, as keys and values.</summary>
internal static class OnnxMetadata
{
    public static IEnumerable<(string Key, string Value)> Of(ModelCard card)
    {
        yield return ("target", card.Target);
        yield return ("task", card.Task);
        if (card.Levels.Count > 0) yield return ("levels", Strings(card.Levels).ToJsonString());
        yield return ("columns", new JsonArray([.. card.Schema.Columns.Select(Column)]).ToJsonString());
        yield return ("seed", card.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return ("library", card.Library);
    }

    private static JsonNode? Column(ColumnSchema column)
    {
        var made = new JsonObject
        {
            ["name"] = column.Name,
            ["kind"] = column switch
            {
                ColumnSchema.Numeric => "numeric",
                ColumnSchema.Texts => "text",
                _ => "categorical",
            },
        };
        if (column is ColumnSchema.Categorical categorical) made["levels"] = Strings(categorical.Levels);
        if (column.Text.Date is { } date) made["date"] = $"{date.Part.Word()} of {date.Column} ({date.Order.Text()})";
        return made;
    }

    private static JsonArray Strings(EquatableArray<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
