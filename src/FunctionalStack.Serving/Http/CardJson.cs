using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>The card of a model as JSON.</summary>
internal static class CardJson
{
    public static JsonObject Of(ModelSlot slot)
    {
        var (model, card) = (slot.Current, slot.Current.Card);
        var json = Line(slot);
        json["seed"] = card.Seed;
        json["idColumn"] = card.IdColumn;
        json["library"] = card.Library;
        json["bytes"] = model.Bytes;
        json["columns"] = model is TableModel table ? Columns(table) : new JsonArray();
        if (model is ImageModel image) json["image"] = new JsonObject
        {
            ["height"] = image.Input.Height,
            ["width"] = image.Input.Width,
            ["channels"] = image.Input.Channels,
            ["resized"] = NetworkFile.Resizes(card),
        };
        json["scores"] = new JsonArray([.. card.Scores.Select(score => (JsonNode)new JsonObject
        {
            ["name"] = score.Model,
            ["role"] = score.Role,
            ["metric"] = score.Metric,
            ["mean"] = PlainJson.Number(score.Mean),
        })]);
        json["intervals"] = IsConformal(card) && card.Levels.Count == 0;
        json["sets"] = IsConformal(card) && card.Levels.Count > 0;
        json["lastReloadFailure"] = slot.LastFailure?.ToString();
        return json;
    }

    /// <summary>The name, the kind, the target and the digest.</summary>
    public static JsonObject Line(ModelSlot slot) => new()
    {
        ["name"] = slot.Source.Name,
        ["kind"] = slot.Current is ImageModel ? "images" : "rows",
        ["task"] = slot.Current.Card.Task,
        ["target"] = slot.Current.Card.Target,
        ["classes"] = Strings(slot.Current.Card.Levels),
        ["digest"] = slot.Current.Digest,
    };

    private static bool IsConformal(ModelCard card) => card.Metadata.Any(one => one.Key == CardMetadata.Conformal);

    private static JsonArray Columns(TableModel model) => new([.. model.Schema.Columns
        .Select((column, place) => (Column: column, Place: place)).GroupBy(one => one.Column.Source)
        .Select(parts => (JsonNode)Column(parts.Key, parts.First().Column, parts.First().Place, model))]);

    private static JsonObject Column(string name, ColumnSchema column, int place, TableModel model)
    {
        var json = new JsonObject { ["name"] = name, ["kind"] = Kind(column) };
        if (column is ColumnSchema.Categorical { Levels: var levels }) json["levels"] = Strings(levels);
        if (column.Text.Date is { } date) json["order"] = date.Order.Word();
        json["typical"] = column switch
        {
            ColumnSchema.Categorical known => model.Typical[place] is var code and >= 0 ? known.Levels[(int)code] : null,
            { Text.Date: { Part: DatePart.Days } } when double.IsFinite(model.Typical[place]) =>
                DateTime.UnixEpoch.AddDays(Math.Floor(model.Typical[place])).ToString("yyyy-MM-dd"),
            ColumnSchema.Numeric { Text.Date: null } => PlainJson.Number(model.Typical[place]),
            _ => null,
        };
        return json;
    }

    private static string Kind(ColumnSchema column) => column switch
    {
        ColumnSchema.Categorical => "categorical",
        ColumnSchema.Texts => "text",
        { Text.Date.Order: DateOrder.TimeOnly } => "time",
        { Text.Date: not null } => "date",
        _ => "numeric",
    };

    private static JsonArray Strings(EquatableArray<string> all) => new([.. all.Select(text => (JsonNode)JsonValue.Create(text))]);
}
