using System.Globalization;
using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>A <see cref="ModelCard"/> as JSON: the readable part of a model file. Keys may be added later, but never renamed.</summary>
internal static class Manifest
{
    // A manifest contains a spec, one level down.
    private const int MaxDepth = SpecFile.MaxDepth + 1;

    private static readonly JsonWriterOptions Readable = SpecFile.Readable with { MaxDepth = MaxDepth };

    /// <exception cref="Refusal">The card has content that JSON cannot represent.</exception>
    public static byte[] Write(ModelCard card)
    {
        var bytes = Print(card);
        return Read(bytes) is var back && (card.Spec is null ? back == card : back == card with { Spec = back.Spec })
            ? bytes
            : throw new Refusal("the model card cannot be represented in JSON", "Give valid Unicode text and distinct metadata keys.");
    }

    /// <exception cref="Refusal">The bytes are not a manifest.</exception>
    public static ModelCard Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = MaxDepth });
            var root = document.RootElement;
            return new(
                Text(root, "target"),
                Texts(root, "levels"),
                new(EquatableArray.From(root.GetProperty("columns").EnumerateArray().Select(Column))),
                root.GetProperty("seed").GetInt64(),
                root.GetProperty("id").GetString(),
                root.TryGetProperty("spec", out var spec) ? Sound(spec).GetRawText() : null,
                EquatableArray.From(root.GetProperty("scores").EnumerateArray().Select(Score)),
                EquatableArray.From(root.GetProperty("metadata").EnumerateObject()
                    .Select(pair => new MetadataCard(pair.Name, pair.Value.GetString()!))))
            {
                Library = Text(root, "library"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException)
        {
            throw Refusal.Damaged($"the manifest cannot be read: {exception.Message}");
        }
    }

    private static byte[] Print(ModelCard card)
    {
        using var stream = new MemoryStream();
        try
        {
            using var json = new Utf8JsonWriter(stream, Readable);
            json.WriteStartObject();
            json.WriteString("library", card.Library);
            json.WriteString("task", card.Task);
            json.WriteString("target", card.Target);
            WriteTexts(json, "levels", card.Levels);
            json.WriteString("id", card.IdColumn);
            json.WriteNumber("seed", card.Seed);
            json.WriteStartArray("columns");
            foreach (var column in card.Schema.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("kind", column switch
                {
                    ColumnSchema.Categorical => "categorical",
                    ColumnSchema.Texts => "text",
                    _ => "numeric",
                });
                if (column is ColumnSchema.Categorical categorical) WriteTexts(json, "levels", categorical.Levels);
                ManifestText.Write(json, column.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (card.Spec is { } spec)
            {
                json.WritePropertyName("spec");
                json.WriteRawValue(spec);
            }

            json.WriteStartArray("scores");
            foreach (var score in card.Scores)
            {
                json.WriteStartObject();
                json.WriteString("model", score.Model);
                json.WriteString("role", score.Role);
                json.WriteString("metric", score.Metric);
                WriteNumber(json, "mean", score.Mean);
                WriteNumber(json, "std", score.Std);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("metadata");
            foreach (var (key, value) in card.Metadata) json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new Refusal($"the model card cannot be written: {exception.Message}",
                "Give a spec of valid JSON and valid Unicode text.");
        }

        return stream.ToArray();
    }

    // Invalid surrogates are rejected here, rather than when the text is shown.
    private static JsonElement Sound(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) json.GetString();
        if (json.ValueKind == JsonValueKind.Array) foreach (var item in json.EnumerateArray()) Sound(item);
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in json.EnumerateObject())
            {
                _ = pair.Name;
                Sound(pair.Value);
            }
        }

        return json;
    }

    private static ColumnSchema Column(JsonElement json) => Text(json, "kind") switch
    {
        "numeric" => new ColumnSchema.Numeric(Text(json, "name")) { Text = ManifestText.Read(json) },
        "categorical" => new ColumnSchema.Categorical(Text(json, "name"), Texts(json, "levels")) { Text = ManifestText.Read(json) },
        "text" => new ColumnSchema.Texts(Text(json, "name")) { Text = ManifestText.Read(json) },
        var kind => throw new Refusal($"the manifest has a column of kind '{kind}', which this version does not know", Refusal.Update),
    };

    private static ScoreCard Score(JsonElement json) =>
        new(Text(json, "model"), Text(json, "role"), Text(json, "metric"), Number(json.GetProperty("mean")),
            Number(json.GetProperty("std")));

    private static string Text(JsonElement json, string key) =>
        json.GetProperty(key).GetString() ?? throw Refusal.Damaged($"the manifest's {key} is null");

    private static EquatableArray<string> Texts(JsonElement json, string key) =>
        EquatableArray.From(json.GetProperty(key).EnumerateArray()
            .Select(item => item.GetString() ?? throw Refusal.Damaged($"one of the manifest's {key} is null")));

    private static void WriteTexts(Utf8JsonWriter json, string key, EquatableArray<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    // JSON has no NaN and no infinities: they are written as strings.
    private static void WriteNumber(Utf8JsonWriter json, string key, double number)
    {
        if (double.IsFinite(number)) json.WriteNumber(key, number);
        else json.WriteString(key, number.ToString(CultureInfo.InvariantCulture));
    }

    private static double Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetDouble();
}
