using System.Diagnostics.Metrics;

namespace FunctionalStack.Serving;

/// <summary>The measurements of a service, for OpenTelemetry or any other listener.</summary>
public static class ServingMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "FunctionalStack.Serving";

    private static readonly Meter meter = new(MeterName);

    private static readonly Counter<long> requests = meter.CreateCounter<long>("functionalstack.requests", "{request}",
        "Requests to predict, by model and status.");

    private static readonly Counter<long> rows = meter.CreateCounter<long>("functionalstack.rows", "{row}",
        "Predicted rows or images, by model.");

    private static readonly Histogram<double> duration = meter.CreateHistogram<double>("functionalstack.request.duration", "s",
        "The time from the headers of a request to its answer, by model.", advice: new()
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Counter<long> reloads = meter.CreateCounter<long>("functionalstack.model.reloads", "{reload}",
        "Reloads of model files, by model and result.");

    internal static void Answered(string model, int status, int predicted, TimeSpan elapsed)
    {
        var name = new KeyValuePair<string, object?>("model", model);
        requests.Add(1, name, new("status", Boxed(status)));
        if (predicted > 0) rows.Add(predicted, name);
        duration.Record(elapsed.TotalSeconds, name);
    }

    internal static void Reloaded(string model, bool succeeded) =>
        reloads.Add(1, new("model", model), new KeyValuePair<string, object?>("result", succeeded ? "loaded" : "failed"));

    // Statuses are boxed once.
    private static object Boxed(int status) => status is >= 200 and < 600 ? boxes[status - 200] : status;

    private static readonly object[] boxes = [.. Enumerable.Range(200, 400).Select(status => (object)status)];
}
