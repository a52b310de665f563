using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos;

/// <summary>The same kind of net as on MNIST, in seconds and with nothing to fetch.</summary>
internal static class DigitsDemo
{
    /// <summary>Runs and tells; the JSON object's fields without <c>command</c>.</summary>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="place">Where to compute.</param>
    /// <param name="threads">The thread budget.</param>
    /// <param name="epochs">Of each fold's net.</param>
    /// <param name="seed">Where all randomness comes from.</param>
    /// <param name="report">A folder to draw pictures into; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, BackendRequest request, int threads, int epochs, Seed seed, string? report)
    {
        var watch = Stopwatch.StartNew();
        return request.On(backend =>
            from data in DigitsExperiment.Data()
            from result in DigitsExperiment.Run(terminal, Executor.Threads(threads), backend, data, epochs, seed)
            let shown = Tell(terminal, data, result, watch.Elapsed)
            from pictures in report is null
                ? Outcome.Ok<EquatableArray<string>>(default)
                : NetPictures.Draw(report, "digits", result.History, DigitsExperiment.Images(data), result.Predicted, terminal.Cancellation)
            select Answer(terminal, backend, data, result, pictures, watch.Elapsed));
    }

    private static Done Tell(Terminal terminal, Dataset data, DigitsResult result, TimeSpan elapsed)
    {
        terminal.Say($"digits: {data.RowCount} images of {result.Plan.Network.Input}; {DigitsExperiment.K} folds, mean ± standard deviation on the images held out");
        terminal.Say(Layers.Table(result.Plan));
        terminal.Say("The net, epoch by epoch, the mean over the folds; the test by moving moments:");
        terminal.Say(Histories.Table(Histories.Json(result.History)));
        terminal.Say("On the images held out, the net by population moments and by moving ones, beside others:");
        terminal.Say(Tables.Scores(result.Models, data.Target, terminal.Width));
        terminal.Say($"{elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static JsonObject Answer(Terminal terminal, IBackend backend, Dataset data, DigitsResult result, EquatableArray<string> pictures, TimeSpan elapsed)
    {
        foreach (var picture in pictures) terminal.Say(picture);
        var answer = new JsonObject { ["demo"] = "digits" }.Describe(data.Roles);
        answer["backend"] = backend.Id;
        answer["device"] = backend.Name;
        answer["parameters"] = result.Plan.Numbers();
        answer["trainable"] = result.Plan.ParameterCount;
        answer["folds"] = DigitsExperiment.K;
        answer["history"] = Histories.Json(result.History);
        answer["models"] = Json.Models(result.Models);
        answer["pictures"] = Json.Strings(pictures);
        answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
        return answer;
    }
}
