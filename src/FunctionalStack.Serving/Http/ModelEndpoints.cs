using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.IO;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FunctionalStack.Serving;

/// <summary>The handlers of the endpoints.</summary>
internal static class ModelEndpoints
{
    private const string JsonUtf8 = "application/json; charset=utf-8";
    private const string CsvUtf8 = "text/csv; charset=utf-8";

    /// <summary>Answers a request to predict.</summary>
    /// <param name="context">The request.</param>
    /// <param name="store">The models.</param>
    /// <param name="slot">The model; null if there is none of the requested name.</param>
    public static async Task Predict(HttpContext context, ModelStore store, ModelSlot? slot)
    {
        if (slot?.Current is not { } model)
        {
            await Problems.Write(context, Unknown(store));
            return;
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            using var place = store.Gate.Places;
            var csv = MediaTypes.OfAnswer(context.Request, MediaTypes.Json, MediaTypes.Csv) == MediaTypes.Csv;
            var asked = Asked.Of(context.Request);
            var answer = model is TableModel table
                ? await Rows(context, store, table, asked, place) : await Images(context, store, (ImageModel)model, asked, place);
            if (csv && answer.Explanations.Count > 0)
                throw new Refused(StatusCodes.Status406NotAcceptable, "explanations are answered as application/json only");
            using var buffer = new PooledBuffer();
            if (csv) CsvFile.Write(buffer.Stream, answer.Table);
            else AnswerWriter.Write(buffer, answer);
            context.Response.ContentType = csv ? CsvUtf8 : JsonUtf8;
            context.Response.ContentLength = buffer.Written.Length;
            // Before the answer is sent, so that who has it finds it measured.
            ServingMetrics.Answered(model.Name, StatusCodes.Status200OK, answer.Prediction.Count, Stopwatch.GetElapsedTime(began));
            await context.Response.BodyWriter.WriteAsync(buffer.Written, context.RequestAborted);
        }
        catch (Refused refused)
        {
            ServingMetrics.Answered(model.Name, refused.Status, 0, Stopwatch.GetElapsedTime(began));
            await Problems.Write(context, refused);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
    }

    /// <summary>Lists the models.</summary>
    public static Task List(HttpContext context, ModelStore store) => Json(context, new()
    {
        ["models"] = new JsonArray([.. store.All.Select(slot => (JsonNode)CardJson.Line(slot))]),
        ["default"] = store.Default.Source.Name,
    });

    /// <summary>Describes a model.</summary>
    public static Task Describe(HttpContext context, ModelStore store, ModelSlot? slot) =>
        slot is null ? Problems.Write(context, Unknown(store)) : Json(context, CardJson.Of(slot));

    /// <summary>Loads a model again.</summary>
    public static Task Reload(HttpContext context, ModelStore store, ModelSlot? slot) =>
        slot is null ? Problems.Write(context, Unknown(store)) : store.Reload(slot.Source.Name).Match(
            _ => Json(context, CardJson.Line(slot)),
            failure => Problems.Write(context, StatusCodes.Status422UnprocessableEntity, $"the model stays as it is: {failure}"));

    private static Refused Unknown(ModelStore store) =>
        new(StatusCodes.Status404NotFound, $"there is no such model. The models are {Listed.Some([.. store.Names])}");

    private static async Task<Answer> Rows(HttpContext context, ModelStore store, TableModel model, Asked query,
        RequestGate.Place place)
    {
        var type = MediaTypes.OfBody(context.Request, MediaTypes.Json, MediaTypes.Csv);
        var rows = 0;
        var predict = await RequestBody.Read(context, store, body =>
        {
            place.Take();
            return Predicting.Rows(model, store, type, query, type == MediaTypes.Csv ? body.ToArray() : body, out rows);
        });
        if (RequestGate.IsSmall(rows)) return predict(default);
        using var turn = await store.Gate.Turns(context.RequestAborted);
        return InTime(context, store, $"{rows} rows", predict);
    }

    private static async Task<Answer> Images(HttpContext context, ModelStore store, ImageModel model, Asked asked,
        RequestGate.Place place)
    {
        if (asked != Asked.Nothing)
            throw new Refused(StatusCodes.Status422UnprocessableEntity, "nets for images have no intervals, sets and explanations");
        var type = MediaTypes.OfBody(context.Request, MediaTypes.Png, MediaTypes.Jpeg, MediaTypes.Json);
        var pictures = await RequestBody.Read(context, store, body =>
        {
            place.Take();
            return Predicting.Images(store, type, body);
        });
        // Decoding one picture can take longer than predicting many rows.
        using var turn = await store.Gate.Turns(context.RequestAborted);
        return InTime(context, store, $"{pictures.Count} images", cancellation =>
        {
            var outcome = model.Predict(pictures, cancellation);
            return new(model, outcome.Match(found => found, failure => throw Refused.Of(failure)), outcome.Notes);
        });
    }

    private static Answer InTime(HttpContext context, ModelStore store, string what, Func<CancellationToken, Answer> predict)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(store.Options.Timeout);
        try
        {
            return predict(limit.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new Refused(StatusCodes.Status413PayloadTooLarge,
                $"{what} take longer than {store.Options.Timeout.TotalSeconds} s. Send fewer in a request");
        }
    }

    private static Task Json(HttpContext context, JsonObject json)
    {
        try
        {
            MediaTypes.OfAnswer(context.Request, MediaTypes.Json);
        }
        catch (Refused refused)
        {
            return Problems.Write(context, refused);
        }

        context.Response.ContentType = JsonUtf8;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(json.ToJsonString(PlainJson.Options));
    }
}
