using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the digits demo: a net like that of the MNIST demo, on embedded data, in seconds.</summary>
internal static class DigitsDemo
{
    /// <summary>Runs the demo and prints its results. Returns the JSON fields, without <c>command</c>.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="request">The backend.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="epochs">The number of epochs of each net.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="report">A folder for pictures; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, BackendRequest request, int threads, int epochs, Seed seed, string? report)
    {
        var watch = Stopwatch.StartNew();
        return request.On(backend =>
            from data in DigitsExperiment.Data()
            from result in DigitsExperiment.Run(terminal, Executor.Threads(threads), backend, data, epochs, seed)
            let shown = Print(terminal, data, result, watch.Elapsed)
            from pictures in report is null
                ? Outcome.Ok<EquatableArray<string>>(default)
                : NetPictures.Draw(report, "digits", result.History, DigitsExperiment.Images(data), result.Predicted, terminal.Cancellation)
            select Answer(terminal, backend, data, result, pictures, watch.Elapsed));
    }

    private static Done Print(Terminal terminal, Dataset data, DigitsResult result, TimeSpan elapsed)
    {
        terminal.Print(
            $"digits: {data.RowCount} images of {result.Plan.Network.Input}; {DigitsExperiment.K} folds, mean ± standard deviation on "
                + "held-out images");
        terminal.Print(Layers.Table(result.Plan));
        terminal.Print("The net, scores of each epoch, mean over the folds (test scores with moving averages):");
        terminal.Print(Histories.Table(Histories.Json(result.History)));
        terminal.Print("Scores on held-out images: the net with population moments and with moving averages, and other learners:");
        terminal.Print(Tables.Scores(result.Models, data.Target, terminal.Width));
        terminal.Print($"{elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static JsonObject Answer(Terminal terminal, IBackend backend, Dataset data, DigitsResult result,
        EquatableArray<string> pictures, TimeSpan elapsed)
    {
        foreach (var picture in pictures) terminal.Print(picture);
        var answer = new JsonObject { ["demo"] = "digits" }.Describe(data.Roles);
        answer["backend"] = backend.Id;
        answer["device"] = backend.Name;
        answer["parameters"] = result.Plan.TotalParameters();
        answer["trainable"] = result.Plan.ParameterCount;
        answer["folds"] = DigitsExperiment.K;
        answer["history"] = Histories.Json(result.History);
        answer["models"] = Json.Models(result.Models);
        answer["pictures"] = Json.Strings(pictures);
        answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
        return answer;
    }
}
