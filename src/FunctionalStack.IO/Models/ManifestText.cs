using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionalStack.IO;

/// <summary>
/// A <see cref="TextFormat"/> as JSON keys of a column, in a manifest and elsewhere. Defaults are not written.
/// </summary>
public static class ManifestText
{
    /// <summary>The keys and their values.</summary>
    public static JsonObject Json(TextFormat text)
    {
        var json = new JsonObject();
        if (text.Decimal != DecimalMark.Point) json["decimal"] = "comma";
        if (text.Grouped) json["grouped"] = true;
        if (text.Unit.Length > 0) json["unit"] = text.Unit;
        if (text.Missing.Count > 0) json["missing"] = new JsonArray([.. text.Missing.Select(spelling => JsonValue.Create(spelling))]);
        if (text.Date is { } date)
        {
            json["date"] = new JsonObject { ["column"] = date.Column, ["order"] = date.Order.Word(), ["part"] = date.Part.Word() };
        }

        return json;
    }

    internal static void Write(Utf8JsonWriter json, TextFormat text)
    {
        foreach (var (key, value) in Json(text))
        {
            json.WritePropertyName(key);
            value!.WriteTo(json);
        }
    }

    /// <exception cref="Refusal">A value is not known in this version.</exception>
    internal static TextFormat Read(JsonElement column)
    {
        var text = new TextFormat(
            column.TryGetProperty("decimal", out var mark) && mark.GetString() == "comma" ? DecimalMark.Comma : DecimalMark.Point,
            column.TryGetProperty("grouped", out var grouped) && grouped.GetBoolean(),
            column.TryGetProperty("unit", out var unit) ? unit.GetString()! : "",
            column.TryGetProperty("missing", out var missing)
                ? EquatableArray.From(missing.EnumerateArray().Select(spelling => spelling.GetString()!)) : default,
            column.TryGetProperty("date", out var date)
                ? new(date.GetProperty("column").GetString()!, Known<DateOrder>(date, "order"), Known<DatePart>(date, "part"))
                : null);
        return text == TextFormat.Usual ? TextFormat.Usual : text;
    }

    private static T Known<T>(JsonElement json, string key) where T : struct, Enum =>
        Enum.TryParse<T>(json.GetProperty(key).GetString(), ignoreCase: true, out var known)
        ? known
        : throw new Refusal($"the manifest has a date's {key} '{json.GetProperty(key).GetString()}', which this version does not know",
            Refusal.Update);
}
