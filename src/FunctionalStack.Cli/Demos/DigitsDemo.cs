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
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="request">The backend.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="epochs">The number of epochs of each net.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, BackendRequest request, int threads, int epochs, Seed seed, bool isDrawn)
    {
        var watch = Stopwatch.StartNew();
        return request.On(backend =>
            from data in DigitsExperiment.Data()
            from result in DigitsExperiment.Run(terminal, Executor.Threads(threads), backend, data, epochs, seed)
            let shown = Print(terminal, data, result, watch.Elapsed)
            select new DemoResult(Answer(backend, data, result, watch.Elapsed),
                isDrawn ? DigitsExperiment.Page(data, result) : DemoPage.None));
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

    private static JsonObject Answer(IBackend backend, Dataset data, DigitsResult result, TimeSpan elapsed)
    {
        var answer = new JsonObject { ["demo"] = "digits" }.Describe(data.Roles);
        answer["backend"] = backend.Id;
        answer["device"] = backend.Name;
        answer["parameters"] = result.Plan.TotalParameters();
        answer["trainable"] = result.Plan.ParameterCount;
        answer["folds"] = DigitsExperiment.K;
        answer["history"] = Histories.Json(result.History);
        answer["models"] = Json.Models(result.Models);
        answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
        return answer;
    }
}
