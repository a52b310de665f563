using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Saves the nets of the tool, and describes the files of nets.</summary>
internal static class NetFile
{
    // The names of the scores of the two kinds of moments.
    private const string MovingName = "net";
    private const string PopulationName = "net with population moments";

    /// <summary>Writes a trained net.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="result">The net and its scores.</param>
    public static Outcome<string> Save(string path, NetResult result) =>
        NetworkFile.Save(path, result.TrainedNetwork, result.Asked.Levels, result.Asked.Options, result.Asked.Root, result.Asked.Resizes,
            [.. Scores(MovingName, result.Test), .. Scores(PopulationName, result.Population)]);

    /// <summary>The network plan of a net or a checkpoint; null if <paramref name="model"/> is neither.</summary>
    public static Outcome<NetworkPlan?> Plan(string path, object? model) => model switch
    {
        NetworkModel net => Outcome.Ok<NetworkPlan?>(net.Plan),
        Checkpoint checkpoint => checkpoint.Network.Check().Map<NetworkPlan?>(plan => plan).At(path),
        _ => Outcome.Ok<NetworkPlan?>(null),
    };

    /// <summary>A line for each kind of moments that the net was tested with, and whether the saved net uses it.</summary>
    public static IEnumerable<string> TestLines(ModelCard card)
    {
        var used = Moments(card);
        foreach (var (model, kind, title) in new[]
            { (MovingName, "moving", "moving averages"), (PopulationName, "population", "population moments") })
        {
            var scores = card.Scores.Where(score => score.Model == model).ToArray();
            if (scores.Length == 0) continue;
            yield return $"test images, {title}{(used == kind ? " (used by the saved net)" : "")}: "
                + string.Join(", ", scores.Select(score => $"{score.Metric} {Tables.Fixed(score.Mean)}"));
        }
    }

    /// <summary>The moments that batch normalization uses in the net; null if the file does not have them.</summary>
    public static string? Moments(ModelCard card) => card.Metadata.FirstOrDefault(pair => pair.Key == NetworkFile.MomentsKey)?.Value;

    private static bool IsEpoch(JsonNode? node) =>
        node is JsonObject epoch
            && epoch.All(pair =>
                pair.Value is null
                    || (pair.Value is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number)));

    /// <summary>The training history in a model card; empty if there is none.</summary>
    public static JsonArray History(ModelCard card)
    {
        try
        {
            return card.Metadata.FirstOrDefault(pair => pair.Key == NetworkFile.HistoryKey) is { Value: var text }
                ? JsonNode.Parse(text) is JsonArray all && all.All(IsEpoch) ? all : [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<ScoreCard> Scores(string name, NetScore? score) => score is null ? [] :
    [
        new(name, "learner", "loss", score.Loss),
        .. score.Accuracy is { } accuracy ? [new ScoreCard(name, "learner", "accuracy", accuracy)] : Array.Empty<ScoreCard>(),
    ];
}
