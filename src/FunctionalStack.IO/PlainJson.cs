using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionalStack.IO;

/// <summary>How JSON is written on one line: text as it is, and null for numbers that JSON does not have.</summary>
internal static class PlainJson
{
    /// <summary>No escapes but those that JSON needs, and no line breaks.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number, or null if it is not finite, because JSON has no NaN.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
