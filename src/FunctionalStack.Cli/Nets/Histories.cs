using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Parts;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Nets;

/// <summary>Describes the history of a training as a table, as lines and as JSON.</summary>
internal static class Histories
{
    private static readonly string[] Scores = ["loss", "accuracy", "validationLoss", "validationAccuracy", "testLoss", "testAccuracy"];

    /// <summary>One object per epoch, with the speed if it is known.</summary>
    public static JsonArray Json(EquatableArray<EpochRecord> history, EquatableArray<double?> speeds = default)
    {
        var epochs = NetworkFile.History(history);
        for (var i = 0; i < speeds.Count; i++)
            epochs[i]!["imagesPerSecond"] = speeds[i] is { } speed ? Output.Json.Number(Math.Round(speed, 1)) : null;
        return epochs;
    }

    /// <summary>A score as an object, or null.</summary>
    public static JsonObject? Json(NetScore? score) =>
        score is null
            ? null : new()
            {
                ["loss"] = Output.Json.Number(score.Loss),
                ["accuracy"] = score.Accuracy is { } accuracy ? Output.Json.Number(accuracy) : null
            };

    /// <summary>A table with one row per epoch, from the objects of
    /// <see cref="Json(EquatableArray{EpochRecord}, EquatableArray{double?})"/>.</summary>
    public static Table Table(JsonArray history)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("epoch").RightAligned());
        string[] shown = [.. Scores.Append("imagesPerSecond").Where(name => history.Any(epoch => epoch![name] is not null))];
        foreach (var name in shown) table.AddColumn(new TableColumn(Title(name)).RightAligned());
        foreach (var epoch in history)
        {
            table.AddRow([$"{epoch!["epoch"]}",
                .. shown.Select(name =>
                    epoch[name] is { } number
                        ? name == "imagesPerSecond" ? Tables.Whole((double)number) : Tables.Fixed((double)number) : "-")]);
        }

        return table;
    }

    /// <summary>The scores of an epoch in one line.</summary>
    public static string Line(EpochEnd end, int epochs) => string.Join(", ",
        [$"epoch {end.Record.Epoch}/{epochs}: loss {Tables.Fixed(end.Record.Training.Loss)}",
        .. Scores.Skip(1).Zip(Of(end.Record).Skip(1)).Where(pair => pair.Second is not null)
        .Select(pair => $"{Title(pair.First)} {Tables.Fixed(pair.Second!.Value)}"),
        .. end.ExamplesPerSecond is { } speed ? [$"{Tables.Whole(speed)} images/s"] : Array.Empty<string>()]);

    /// <summary>Prints the test scores of the trained net.</summary>
    public static void Print(Terminal terminal, NetResult result)
    {
        if (result.Test is { } test) terminal.Print($"test images, moving averages:    {Text(test)}");
        if (result.Population is { } population) terminal.Print($"test images, population moments: {Text(population)}");
        if (result.Test is null) terminal.Print("no test images: the score on unseen images is unknown");
    }

    /// <summary>The fields of the JSON object of <c>train</c> that every training has.</summary>
    public static JsonObject Answer(IBackend backend, NetResult result) => new()
    {
        ["backend"] = backend.Id,
        ["device"] = backend.Name,
        ["parameters"] = result.Plan.TotalParameters(),
        ["trainable"] = result.Plan.ParameterCount,
        ["images"] = result.Asked.Data.Train.Count,
        ["classes"] = Output.Json.Strings(result.Asked.Levels),
        ["seed"] = result.Asked.Seed,
        ["epoch"] = result.TrainedNetwork.Epoch,
        ["moments"] = result.Moments,
        ["history"] = Json(result.TrainedNetwork.History, result.Speeds),
        ["test"] = Json(result.Test),
        ["testWithPopulationMoments"] = Json(result.Population),
        ["seconds"] = Output.Json.Number(Math.Round(result.Elapsed.TotalSeconds, 3)),
    };

    private static string Text(NetScore score) =>
        $"loss {Tables.Fixed(score.Loss)}{(score.Accuracy is { } accuracy ? $", accuracy {Tables.Fixed(100 * accuracy, 2)}%" : "")}";

    private static double?[] Of(EpochRecord record) =>
        [record.Training.Loss, record.Training.Accuracy, record.Validation?.Loss, record.Validation?.Accuracy, record.Test?.Loss,
            record.Test?.Accuracy];

    private static string Title(string name) => name switch
    {
        "validationLoss" => "validation loss",
        "validationAccuracy" => "validation accuracy",
        "testLoss" => "test loss",
        "testAccuracy" => "test accuracy",
        "imagesPerSecond" => "images/s",
        _ => name,
    };
}
