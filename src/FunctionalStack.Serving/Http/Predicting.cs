using System.Text;
using System.Text.Json;
using FunctionalStack.IO;
using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>From the body of a request to its answer.</summary>
internal static class Predicting
{
    // Each column of a row is one more prediction.
    private const int MostExplained = 1000;

    /// <summary>The request of a body for a model of tables.</summary>
    public static Func<CancellationToken, Answer> Rows(TableModel model, ModelStore store, string type, Asked query,
        ReadOnlyMemory<byte> body, out int rows)
    {
        var limits = store.Options;
        if (type == MediaTypes.Json)
        {
            var request = model.Reader.Read(body.Span, limits.MaxRows, limits.MaxJsonDepth);
            rows = request.Rows.Count;
            var asked = new Asked(request.Intervals ?? query.Intervals, request.Sets ?? query.Sets, request.Explain || query.Explain);
            return cancellation => Of(model, asked, () => request.Rows.Frame(0, request.Rows.Count), () => request.Rows,
                model.Predict(request.Rows, store.Executor, cancellation), null);
        }

        var table = Table.Parse("the body", body).Match(read => read, failure => throw Refused.Form(failure.ToString()));
        if (table.RowCount > limits.MaxRows)
        {
            throw new Refused(StatusCodes.Status413PayloadTooLarge,
                $"the request has more than {limits.MaxRows} rows. Send them in several requests");
        }

        var frame = table.Frame(model.Schema);
        var read = Value(frame);
        var ids = Value(PredictionColumns.Ids(null, model.Card, table));
        rows = table.RowCount;
        return cancellation => Of(model, query, () => read, () => RowBlock.Of(model.Schema, Value(model.Loaded.Conform(read))),
            model.Predict(read, store.Executor, cancellation).Noting(frame.Notes), ids);
    }

    /// <summary>The pictures of a body for a model of images.</summary>
    public static IReadOnlyList<byte[]> Images(ModelStore store, string type, ReadOnlyMemory<byte> body)
    {
        if (type != MediaTypes.Json) return [body.ToArray()];
        const string form = "the body is not {\"images\": [\"...\"]} with pictures in base 64";
        var pictures = new List<byte[]>();
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = store.Options.MaxJsonDepth });
            if (!(reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
                && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("images"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.StartArray)) throw Refused.Form(form);
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                if (pictures.Count == store.Options.MaxRows) throw new Refused(StatusCodes.Status413PayloadTooLarge,
                    $"the request has more than {store.Options.MaxRows} images. Send them in several requests");
                pictures.Add(reader.TryGetBytesFromBase64(out var picture) ? picture
                    : throw Refused.Form($"image {pictures.Count + 1} is not in base 64"));
            }

            if (reader.TokenType != JsonTokenType.EndArray || !reader.Read() || reader.TokenType != JsonTokenType.EndObject)
                throw Refused.Form(form);
            reader.Read();
        }
        catch (JsonException)
        {
            throw Refused.Form(form);
        }
        catch (InvalidOperationException)
        {
            throw Refused.Form("the body is not UTF-8 text");
        }

        return pictures.Count > 0 ? pictures
            : throw new Refused(StatusCodes.Status422UnprocessableEntity, "there are no images. Give at least one");
    }

    private static Answer Of(TableModel model, Asked asked, Func<Frame> frame, Func<RowBlock> rows, Outcome<Prediction> outcome,
        NamedColumn? ids)
    {
        var prediction = Value(outcome);
        var intervals = asked.Intervals is { } level ? Value(model.Loaded.PredictInterval(frame(), level)) : null;
        var sets = asked.Sets is { } covered ? Value(model.Loaded.PredictSet(frame(), covered)) : null;
        if (!asked.Explain) return new(model, prediction, outcome.Notes, intervals, sets, default, ids);
        if (prediction.Count > MostExplained) throw new Refused(StatusCodes.Status422UnprocessableEntity,
            $"at most {MostExplained} rows are explained in a request. Send fewer rows, or leave out 'explain'");
        return new(model, prediction, outcome.Notes, intervals, sets, Value(RowExplanations.Of(model, rows(), prediction)), ids);
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Match(value => value, failure => throw Refused.Of(failure));
}

/// <summary>What is asked for besides predictions.</summary>
internal sealed record Asked(double? Intervals, double? Sets, bool Explain)
{
    /// <summary>What the query of a URL asks for.</summary>
    /// <exception cref="Refused">A level is not one.</exception>
    public static Asked Of(HttpRequest request) =>
        request.QueryString.HasValue ? new(Level(request, "intervals"), Level(request, "sets"), Flag(request, "explain")) : Nothing;

    public static Asked Nothing { get; } = new(null, null, false);

    private static double? Level(HttpRequest request, string name) => request.Query[name] is not { Count: > 0 } given ? null
        : Word.Number(given.ToString()) is { } level and > 0 and < 1 ? level
        : throw Refused.Form($"'{name}' is not a level above 0 and below 1, such as 0.9");

    private static bool Flag(HttpRequest request, string name) => request.Query[name] is { Count: > 0 } given
        && (Word.Truth(given.ToString()) ?? throw Refused.Form($"'{name}' is neither true nor false"));
}
