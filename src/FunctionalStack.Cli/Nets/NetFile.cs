using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Saves and loads nets and checkpoints as model files.</summary>
internal static class NetFile
{
    /// <summary>The tag of a net.</summary>
    public const string NetworkTag = "network";
    /// <summary>The tag of a checkpoint.</summary>
    public const string CheckpointTag = "checkpoint";

    /// <summary>The name of the target of images.</summary>
    public const string Target = "class";

    /// <summary>The metadata key of the history, which is stored as in the JSON output of <c>train</c>.</summary>
    public const string HistoryKey = "history";

    /// <summary>The metadata key of the description of the training.</summary>
    public const string TrainingKey = "training";

    /// <summary>The metadata key of the moments that batch normalization uses in the net: <c>moving</c> or <c>population</c>.</summary>
    public const string MomentsKey = "moments";

    /// <summary>The metadata key of the resize filter; absent if images are not resized.</summary>
    private const string ResizeKey = "resize";

    // The names of the scores of the two kinds of moments.
    private const string MovingName = "net";
    private const string PopulationName = "net with population moments";

    // The filter of Resizing.
    private const string Triangle = "triangle";

    private const double Bytes = 255;

    /// <summary>Whether the net was trained on resized images. If so, images to predict are resized too.</summary>
    public static bool Resizes(ModelCard card) => card.Metadata.Any(pair => pair.Key == ResizeKey);

    /// <summary>Writes a trained net.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="result">The net and its scores.</param>
    public static Outcome<string> Save(string path, NetResult result)
    {
        var (asked, trained) = (result.Asked, result.TrainedNetwork);
        var card =
            Card(asked.Levels, asked.Seed, asked.Options, trained.History,
                $", batch normalization with {(result.Moments == "moving" ? "moving averages" : "population moments")}") with
            {
                Scores = EquatableArray.From([.. Scores(MovingName, result.Test), .. Scores(PopulationName, result.Population)]),
            };
        card = card with { Metadata = [.. card.Metadata, new(MomentsKey, result.Moments)] };
        if (asked.Resizes) card = card with { Metadata = [.. card.Metadata, new(ResizeKey, Triangle)] };
        return ModelFile.TrySave(path, new NetworkModel(trained.Network, trained.Variables, asked.Levels, Bytes), card);
    }

    public static Outcome<string> SaveCheckpoint(string path, Checkpoint checkpoint, EquatableArray<string> levels, long seed) =>
        ModelFile.TrySave(path, checkpoint, Card(levels, seed, checkpoint.Options, checkpoint.History));

    /// <summary>Loads a checkpoint. Fails if the file is not a checkpoint, or if its parts are inconsistent.</summary>
    public static Outcome<Checkpoint> LoadCheckpoint(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == CheckpointTag
            ? ModelFile.Load<Checkpoint>(path)
            : Outcome.Fail<(Checkpoint Model, ModelCard Card)>(path, "is a model, not a checkpoint",
                "Give the file written by --checkpoint.")
        from plan in found.Model.Network.Check().At(path)
        from fits in found.Model.Variables.Fit(plan)
            ? Outcome.Ok(default(Done))
            : Outcome.Fail<Done>(path, "the number of parameters does not match the network",
                "The file is damaged. Start a new training without --resume.")
        select found.Model;

    /// <summary>The network plan of a net or a checkpoint; null if <paramref name="model"/> is neither.</summary>
    public static Outcome<NetworkPlan?> Plan(string path, object? model) => model switch
    {
        NetworkModel net => Outcome.Ok<NetworkPlan?>(net.Plan),
        Checkpoint checkpoint => checkpoint.Network.Check().Map<NetworkPlan?>(plan => plan).At(path),
        _ => Outcome.Ok<NetworkPlan?>(null),
    };

    /// <summary>Loads a net that reads images. Fails if the file has another kind of model.</summary>
    public static Outcome<(NetworkModel Model, ModelCard Card)> Load(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == NetworkTag
            ? ModelFile.Load<NetworkModel>(path)
            : Outcome.Fail<(NetworkModel Model, ModelCard Card)>(path,
                tag == CheckpointTag ? "is a checkpoint, not a model" : "is a model for tables, not a net for images",
                tag == CheckpointTag ? "Give the file written by 'fstack train --model'." : "Give the rows with --data.")
        from reads in found.Model.Divisor == Bytes && found.Model.Levels.Count > 0
            ? Outcome.Ok(default(Done))
            : Outcome.Fail<Done>(path, "is a net for numeric data, not for images", "Give a net written by 'fstack train --images'.")
        select found;

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
    public static string? Moments(ModelCard card) => card.Metadata.FirstOrDefault(pair => pair.Key == MomentsKey)?.Value;

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
            return card.Metadata.FirstOrDefault(pair => pair.Key == HistoryKey) is { Value: var text }
                ? JsonNode.Parse(text) is JsonArray all && all.All(IsEpoch) ? all : [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ModelCard Card(EquatableArray<string> levels, long seed, TrainingOptions options, EquatableArray<EpochRecord> history,
        string more = "") => new(Target, levels, new(default), seed)
        {
            Metadata = EquatableArray.Of(
            new MetadataCard(TrainingKey,
                $"{options.Epochs} epochs, batch {options.Batch}, {Optimizers.Text(options.Optimizer ?? new Optimizer.Adam())}"
                    + $"{Augmented(options.Augmentation)}{more}"),
            new MetadataCard(HistoryKey, Histories.Json(history).ToJsonString(Json.Options))),
        };

    private static string Augmented(Augmentation? ranges) => ranges is null ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $", augmentation with shift {ranges.Shift}, rotation {ranges.Rotation}, zoom {ranges.Zoom}");

    private static IEnumerable<ScoreCard> Scores(string name, NetScore? score) => score is null ? [] :
    [
        new(name, "learner", "loss", score.Loss),
        .. score.Accuracy is { } accuracy ? [new ScoreCard(name, "learner", "accuracy", accuracy)] : Array.Empty<ScoreCard>(),
    ];
}
