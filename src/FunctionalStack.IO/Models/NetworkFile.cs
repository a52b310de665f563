using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Neural;

namespace FunctionalStack.IO;

/// <summary>Saves and loads nets for images, and checkpoints of their training, as <c>fstack train</c> does.</summary>
public static class NetworkFile
{
    /// <summary>The tag of a net.</summary>
    public const string NetworkTag = "network";

    /// <summary>The tag of a checkpoint.</summary>
    public const string CheckpointTag = "checkpoint";

    /// <summary>The name of the target of images.</summary>
    public const string Target = "class";

    /// <summary>The metadata key of the history: an array with an object per epoch.</summary>
    public const string HistoryKey = "history";

    /// <summary>The metadata key of the description of the training.</summary>
    public const string TrainingKey = "training";

    /// <summary>The metadata key of the moments that batch normalization uses in the net: <c>moving</c> or <c>population</c>.</summary>
    public const string MomentsKey = "moments";

    /// <summary>The metadata key of the resize filter; absent if images are not resized.</summary>
    public const string ResizeKey = "resize";

    /// <summary>The divisor of pixels.</summary>
    public const double Divisor = 255;

    // The filter of Resizing.
    private const string Triangle = "triangle";

    /// <summary>Writes a net for images. <c>fstack predict --images</c> reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trained">The trained network, whose input are images.</param>
    /// <param name="levels">The classes, by code.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="resized">Whether the images were resized. If so, images to predict are resized too.</param>
    /// <param name="scores">Scores to store.</param>
    /// <returns>The path. Fails if the file cannot be written.</returns>
    /// <exception cref="ArgumentException">The number of classes is not that of the outputs.</exception>
    public static Outcome<string> Save(string path, TrainedNetwork trained, EquatableArray<string> levels, TrainingOptions options,
        Seed seed, bool resized = false, EquatableArray<ScoreCard> scores = default)
    {
        var moving = trained.Moments == MomentsKind.Moving;
        var card = Card(levels, seed, options, trained.History,
            $", batch normalization with {(moving ? "moving averages" : "population moments")}");
        return ModelFile.TrySave(path, new NetworkModel(trained.Network, trained.Variables, levels, Divisor), card with
        {
            Scores = scores,
            Metadata =
            [
                .. card.Metadata, new(MomentsKey, moving ? "moving" : "population"),
                .. resized ? [new(ResizeKey, Triangle)] : Array.Empty<MetadataCard>(),
            ],
        });
    }

    /// <summary>Writes a net for images that was not trained here, such as one of an ONNX file. <c>fstack predict --images</c> reads the
    /// file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="net">The net.</param>
    /// <returns>The path. Fails if the net has no classes or another divisor of pixels than 255, and if the file cannot be
    /// written.</returns>
    public static Outcome<string> Save(string path, NetworkModel net) => net.Levels.Count == 0 || net.Divisor != Divisor
        ? Outcome.Fail<string>("the net", net.Levels.Count == 0 ? "has no classes" : $"divides pixels by {net.Divisor}, not by {Divisor}",
            net.Levels.Count == 0 ? "Name them." : $"Give the divisor {Divisor}, if pixels were from 0 to 1 in its training.")
        : ModelFile.TrySave(path, net, new ModelCard(Target, net.Levels, new(default), 0));

    /// <summary>Loads a net that reads images, with its card. Fails if the file has another kind of model.</summary>
    public static Outcome<(NetworkModel Model, ModelCard Card)> Load(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == NetworkTag
            ? ModelFile.Load<NetworkModel>(path)
            : Outcome.Fail<(NetworkModel Model, ModelCard Card)>(path,
                tag == CheckpointTag ? "is a checkpoint, not a model" : "is a model for tables, not a net for images",
                tag == CheckpointTag ? "Give the file written by 'fstack train --model'." : "Give the rows with --data.")
        from net in found.Model.Divisor == Divisor && found.Model.Levels.Count > 0
            ? Outcome.Ok(found)
            : Outcome.Fail<(NetworkModel Model, ModelCard Card)>(path, "is a net for numeric data, not for images",
                "Give a net written by 'fstack train --images'.")
        select net;

    /// <summary>Writes a checkpoint, completely or not at all: <c>Checkpoints = at => NetworkFile.SaveCheckpoint(path, at,
    /// levels).OrThrow()</c> in a <see cref="TrainingRun"/>.</summary>
    public static Outcome<string> SaveCheckpoint(string path, Checkpoint checkpoint, EquatableArray<string> levels) =>
        ModelFile.TrySave(path, checkpoint, Card(levels, checkpoint.Seed, checkpoint.Options, checkpoint.History));

    /// <summary>Loads a checkpoint, for <see cref="TrainingRun.From"/>. Fails if the file is not a checkpoint, or if its parts do not fit
    /// together.</summary>
    public static Outcome<Checkpoint> LoadCheckpoint(string path) =>
        from tag in ModelFile.Tag(path)
        from found in tag == CheckpointTag
            ? ModelFile.Load<Checkpoint>(path)
            : Outcome.Fail<(Checkpoint Model, ModelCard Card)>(path, "is a model, not a checkpoint",
                "Give the file written by --checkpoint.")
        from plan in found.Model.Network.Check().At(path)
        from fits in found.Model.Variables.Fit(plan)
            ? Outcome.Ok(found.Model)
            : Outcome.Fail<Checkpoint>(path, "the number of parameters does not match the network",
                "The file is damaged. Start a new training without --resume.")
        select fits;

    /// <summary>Whether the net was trained on resized images.</summary>
    public static bool Resizes(ModelCard card) => card.Metadata.Any(pair => pair.Key == ResizeKey);

    /// <summary>One object per epoch, as a file stores them: the losses and accuracies that there are.</summary>
    public static JsonArray History(EquatableArray<EpochRecord> history) => new([.. history.Select(record =>
    {
        var epoch = new JsonObject { ["epoch"] = record.Epoch };
        Add("loss", "accuracy", record.Training);
        Add("validationLoss", "validationAccuracy", record.Validation);
        Add("testLoss", "testAccuracy", record.Test);
        return (JsonNode?)epoch;

        void Add(string loss, string accuracy, NetScore? score)
        {
            if (score is null) return;
            epoch[loss] = PlainJson.Number(score.Loss);
            if (score.Accuracy is { } share) epoch[accuracy] = PlainJson.Number(share);
        }
    })]);

    private static ModelCard Card(EquatableArray<string> levels, Seed seed, TrainingOptions options, EquatableArray<EpochRecord> history,
        string more = "") => new(Target, levels, new(default), seed.Number)
        {
            Metadata = EquatableArray.Of(
            new MetadataCard(TrainingKey,
                $"{options.Epochs} epochs, batch {options.Batch}, {Text(options.OptimizerOrAdam)}"
                    + $"{Augmented(options.Augmentation)}{more}"),
            new MetadataCard(HistoryKey, History(history).ToJsonString(PlainJson.Options))),
        };

    private static string Text(Optimizer optimizer) => FormattableString.Invariant(optimizer switch
    {
        Optimizer.Adam adam => $"Adam, learning rate {adam.Rate}",
        Optimizer.AdamW adam => $"AdamW, learning rate {adam.Rate}",
        Optimizer.RmsProp rmsProp => $"RMSprop, learning rate {rmsProp.Rate}",
        Optimizer.Sgd { Momentum: 0 } sgd => $"SGD, learning rate {sgd.Rate}",
        Optimizer.Sgd sgd => $"SGD with {(sgd.Nesterov ? "Nesterov momentum" : "momentum")} {sgd.Momentum}, learning rate {sgd.Rate}",
        _ => throw new ArgumentException($"{optimizer} has no description", nameof(optimizer)),
    });

    private static string Augmented(Augmentation? ranges) => ranges is null ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $", augmentation with shift {ranges.Shift}, rotation {ranges.Rotation}, zoom {ranges.Zoom}");
}
