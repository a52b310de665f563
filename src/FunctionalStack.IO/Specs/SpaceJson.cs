using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>A search space in JSON: <c>{"maxDepth": [3, 6, 9], "eta": {"from": 0.01, "to": 0.3, "scale": "log"}}</c>.</summary>
internal static class SpaceJson
{
    public static SearchSpace Read(SpecJson json)
    {
        if (json.Json.ValueKind != JsonValueKind.Object)
            throw json.No("a space is an object with a key for each parameter", "Write {\"maxDepth\": [3, 6, 9]}.");
        return new(EquatableArray.From(json.Json.EnumerateObject().Select(pair =>
            new SearchParameter(pair.Name, Values(new(pair.Value, $"{json.Path}.{pair.Name}"))))));
    }

    public static void Write(Utf8JsonWriter to, SearchSpace space, SpecNames names)
    {
        to.WriteStartObject();
        foreach (var parameter in space.Parameters)
        {
            to.WritePropertyName(parameter.Path);
            switch (parameter.Values)
            {
                case SearchValues.Listed list:
                    to.WriteStartArray();
                    foreach (var value in list.Values) Write(to, value, names);
                    to.WriteEndArray();
                    break;
                case SearchValues.Range range:
                    to.WriteStartObject();
                    to.WriteNumber("from", range.From);
                    to.WriteNumber("to", range.To);
                    to.WriteString("scale", SpecValue.EnumName(range.Scale));
                    to.WriteEndObject();
                    break;
            }
        }

        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, object? value, SpecNames names)
    {
        // As it was read: 1.0 is not 1.
        if (value is double number && number == Math.Floor(number) && Math.Abs(number) < 1e15) to.WriteRawValue($"{number:0.0}");
        else SpecValue.Write(to, value, names);
    }

    private static SearchValues Values(SpecJson json)
    {
        if (json.IsList)
        {
            var items = json.Items();
            return items.Length == 0
                ? throw json.No("there are no values", "Give at least one.")
                : new SearchValues.Listed(EquatableArray.From(items.Select(Plain)));
        }

        if (json.Json.ValueKind != JsonValueKind.Object)
            throw json.No("is neither a list nor a range", "Write a list, or {\"from\": 0.01, \"to\": 0.3, \"scale\": \"log\"}.");
        json.Keys("a key of a range", ["from", "to", "scale"]);
        return new SearchValues.Range(Number("from"), Number("to"), json.Find("scale")?.EnumName<Scale>() ?? Scale.Linear);

        double Number(string key) => json.Find(key) is { } end ? end.Number() : throw json.No($"a range has no {key}", $"Give {key}.");
    }

    // Whole numbers and others stay distinct, as they are for parameters that are either a count or a share.
    private static object? Plain(SpecJson json) => json.Json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => json.Boolean(),
        JsonValueKind.String => json.Text(),
        JsonValueKind.Number when json.Json.TryGetInt64(out var whole) => whole,
        JsonValueKind.Array => EquatableArray.From(json.Items().Select(Plain)),
        _ => json.Number(),
    };
}
