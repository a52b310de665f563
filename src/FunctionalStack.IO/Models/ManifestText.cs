using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>A <see cref="TextFormat"/> among the keys of a column in a manifest; what is usual is not written.</summary>
internal static class ManifestText
{
    public static void Write(Utf8JsonWriter json, TextFormat text)
    {
        if (text.Decimal != DecimalMark.Point) json.WriteString("decimal", "comma");
        if (text.Grouped) json.WriteBoolean("grouped", true);
        if (text.Unit.Length > 0) json.WriteString("unit", text.Unit);
        if (text.Missing.Count > 0)
        {
            json.WriteStartArray("missing");
            foreach (var spelling in text.Missing) json.WriteStringValue(spelling);
            json.WriteEndArray();
        }

        if (text.Date is not { } date) return;
        json.WriteStartObject("date");
        json.WriteString("column", date.Column);
        json.WriteString("order", date.Order.Word());
        json.WriteString("part", date.Part.Word());
        json.WriteEndObject();
    }

    /// <exception cref="Refusal">A word is none that this version knows.</exception>
    public static TextFormat Read(JsonElement column)
    {
        var text = new TextFormat(
            column.TryGetProperty("decimal", out var mark) && mark.GetString() == "comma" ? DecimalMark.Comma : DecimalMark.Point,
            column.TryGetProperty("grouped", out var grouped) && grouped.GetBoolean(),
            column.TryGetProperty("unit", out var unit) ? unit.GetString()! : "",
            column.TryGetProperty("missing", out var missing) ? EquatableArray.From(missing.EnumerateArray().Select(spelling => spelling.GetString()!)) : default,
            column.TryGetProperty("date", out var date)
                ? new(date.GetProperty("column").GetString()!, Known<DateOrder>(date, "order"), Known<DatePart>(date, "part"))
                : null);
        return text == TextFormat.Usual ? TextFormat.Usual : text;
    }

    private static T Known<T>(JsonElement json, string key) where T : struct, Enum => Enum.TryParse<T>(json.GetProperty(key).GetString(), ignoreCase: true, out var known)
        ? known
        : throw new Refusal($"the manifest has a date's {key} '{json.GetProperty(key).GetString()}', which this version does not know", Refusal.Update);
}
