using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Nets and checkpoints in model files, with cards that people can read.</summary>
internal static class NetFile
{
    public const string NetworkTag = "network";
    public const string CheckpointTag = "checkpoint";

    /// <summary>What the target of images is called.</summary>
    public const string Target = "class";

    /// <summary>The metadata's key for the history, as in <c>train</c>'s JSON.</summary>
    public const string HistoryKey = "history";

    /// <summary>The metadata's key for how the net was trained, as a sentence.</summary>
    public const string TrainingKey = "training";

    /// <summary>The metadata's key for how images are resized to what the net reads; absent where they are not.</summary>
    private const string ResizeKey = "resize";

    // What Resizing does.
    private const string Triangle = "triangle";

    private const double Bytes = 255;

    /// <summary>Whether the net was trained on images that were resized, so that those to predict are too.</summary>
    public static bool Resizes(ModelCard card) => card.Metadata.Any(pair => pair.Key == ResizeKey);

    /// <summary>Writes a trained net.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="result">The net, and how it does.</param>
    public static Outcome<string> Save(string path, NetResult result)
    {
        var (asked, trained) = (result.Asked, result.TrainedNetwork);
        var card = Card(asked.Levels, asked.Seed, asked.Options, trained.History, $", normalized by {result.Moments} moments") with
        {
            Scores = EquatableArray.From([.. Scores("net", result.Test), .. Scores("net with population moments", result.Population)]),
        };
        if (asked.Resizes) card = card with { Metadata = [.. card.Metadata, new(ResizeKey, Triangle)] };
        return ModelFile.TrySave(path, new NetworkModel(trained.Network, trained.Variables, asked.Levels, Bytes), card);
    }

    public static Outcome<string> SaveCheckpoint(string path, Checkpoint checkpoint, EquatableArray<string> levels, long seed) =>
        ModelFile.TrySave(path, checkpoint, Card(levels, seed, checkpoint.Options, checkpoint.History));

    /// <summary>Fails where the file holds no checkpoint, or one whose parts don't belong together.</summary>
    public static Outcome<Checkpoint> LoadCheckpoint(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == CheckpointTag ? ModelFile.Load<Checkpoint>(path) : Outcome.Fail<(Checkpoint Model, ModelCard Card)>(path, "is a model, not a checkpoint", "Give the file that --checkpoint named.")
        from plan in found.Model.Network.Check().At(path)
        from fits in found.Model.Variables.Fit(plan) ? Outcome.Ok(default(Done)) : Outcome.Fail<Done>(path, "its numbers are not as many as its network's", "The file is damaged: begin anew without --resume.")
        select found.Model;

    /// <summary>The network of a model or checkpoint, laid out; null where <paramref name="model"/> is neither.</summary>
    public static Outcome<NetworkPlan?> Plan(string path, object? model) => model switch
    {
        NetworkModel net => Outcome.Ok<NetworkPlan?>(net.Plan),
        Checkpoint checkpoint => checkpoint.Network.Check().Map<NetworkPlan?>(plan => plan).At(path),
        _ => Outcome.Ok<NetworkPlan?>(null),
    };

    /// <summary>A net that reads images. Fails where the file holds another kind of model.</summary>
    public static Outcome<(NetworkModel Model, ModelCard Card)> Load(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == NetworkTag
            ? ModelFile.Load<NetworkModel>(path)
            : Outcome.Fail<(NetworkModel Model, ModelCard Card)>(path, tag == CheckpointTag ? "is a checkpoint, not a model" : "is a model of tables, not a net that reads images",
                tag == CheckpointTag ? "Give the file that 'fstack train --model' wrote." : "Give its rows by --data.")
        from reads in found.Model.Divisor == Bytes && found.Model.Levels.Count > 0
            ? Outcome.Ok(default(Done))
            : Outcome.Fail<Done>(path, "is a net that reads numbers, not images", "Give a net that 'fstack train --images' wrote.")
        select found;

    private static bool IsEpoch(JsonNode? node) =>
        node is JsonObject epoch && epoch.All(pair => pair.Value is null || (pair.Value is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number)));

    /// <summary>The history in a card; empty where there is none.</summary>
    public static JsonArray History(ModelCard card)
    {
        try
        {
            return card.Metadata.FirstOrDefault(pair => pair.Key == HistoryKey) is { Value: var text } ? JsonNode.Parse(text) is JsonArray all && all.All(IsEpoch) ? all : [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ModelCard Card(EquatableArray<string> levels, long seed, TrainingOptions options, EquatableArray<EpochRecord> history, string more = "") => new(Target, levels, new(default), seed)
    {
        Metadata = EquatableArray.Of(
            new MetadataCard(TrainingKey, $"{options.Epochs} epochs, batch {options.Batch}, {Optimizers.Text(options.Optimizer ?? new Optimizer.Adam())}{more}"),
            new MetadataCard(HistoryKey, Histories.Json(history).ToJsonString(Json.Options))),
    };

    private static IEnumerable<ScoreCard> Scores(string name, NetScore? score) => score is null ? [] :
    [
        new(name, "learner", "loss", score.Loss),
        .. score.Accuracy is { } accuracy ? [new ScoreCard(name, "learner", "accuracy", accuracy)] : Array.Empty<ScoreCard>(),
    ];
}
