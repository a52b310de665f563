using System.Buffers;
using System.Text.Json;
using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>Writes answers as JSON.</summary>
internal static class AnswerWriter
{
    private static readonly JsonWriterOptions options = new() { Encoder = PlainJson.Options.Encoder, SkipValidation = true };
    private static readonly JsonEncodedText model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText digest = JsonEncodedText.Encode("digest");
    private static readonly JsonEncodedText predictions = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText prediction = JsonEncodedText.Encode("prediction");
    private static readonly JsonEncodedText probabilities = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText notes = JsonEncodedText.Encode("notes");

    [ThreadStatic]
    private static Utf8JsonWriter? pooled;

    /// <summary>Writes an answer.</summary>
    public static void Write(IBufferWriter<byte> to, Answer answer)
    {
        var json = pooled ??= new(to, options);
        json.Reset(to);
        json.WriteStartObject();
        json.WriteString(model, answer.Model.Name);
        json.WriteString(digest, answer.Model.Digest);
        json.WriteStartArray(predictions);
        var codes = answer.Prediction is Prediction.Probabilities classes ? classes.Codes() : default;
        for (var row = 0; row < answer.Prediction.Count; row++)
        {
            json.WriteStartObject();
            if (answer.Prediction is Prediction.Probabilities p) Classes(json, p, row, codes[row]);
            else Number(json, prediction, answer.Prediction.Values[row]);
            if (answer.Intervals is { } intervals)
            {
                json.WriteStartObject("interval");
                Number(json, "lower", intervals.Lower[row]);
                Number(json, "upper", intervals.Upper[row]);
                json.WriteEndObject();
            }

            if (answer.Sets is { } sets)
            {
                json.WriteStartArray("set");
                foreach (var level in sets.Of(row)) json.WriteStringValue(level);
                json.WriteEndArray();
            }

            if (answer.Explanations.Count > 0) Explain(json, answer.Explanations[row]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray(notes);
        if (answer.Notes.Count > 0)
        {
            foreach (var note in Note.Summary(answer.Notes)) json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        json.Reset(Nowhere);
    }

    // A writer keeps no buffer of a finished request.
    private static readonly ArrayBufferWriter<byte> Nowhere = new(1);

    private static void Classes(Utf8JsonWriter json, Prediction.Probabilities all, int row, int code)
    {
        json.WriteString(prediction, all.Levels[code]);
        json.WriteStartObject(probabilities);
        for (var level = 0; level < all.Levels.Count; level++)
            Number(json, all.Levels[level], all.Matrix[row * all.Levels.Count + level]);
        json.WriteEndObject();
    }

    private static void Explain(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject("explanation");
        json.WriteString("method", explanation.Method);
        json.WriteString("of", explanation.Of);
        if (explanation.Base is { } expected) Number(json, "base", expected);
        json.WriteStartArray("contributions");
        foreach (var one in explanation.Contributions)
        {
            json.WriteStartObject();
            json.WriteString("column", one.Column);
            Number(json, "contribution", one.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // JSON has no NaN and no infinity.
    private static void Number(Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
