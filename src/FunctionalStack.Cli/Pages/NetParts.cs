using FunctionalStack.Cli.Nets;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Pages;

/// <summary>The parts of reports about nets.</summary>
internal static class NetParts
{
    /// <summary>Predictions and worst mistakes.</summary>
    /// <param name="name">The name of the net.</param>
    /// <param name="target">The actual classes.</param>
    /// <param name="predicted">The predictions.</param>
    /// <param name="images">The images.</param>
    /// <param name="on">What the images are: <c>test images</c>.</param>
    /// <param name="about">A sentence about them.</param>
    public static Section[] Predicted(string name, Target target, Prediction predicted, Examples images, string on, string about) =>
    [
        PredictionsPart.Of([new(name, EquatableArray.Range(target.Count), predicted)], new(target), about),
        MistakesPart.Of((Target.Classes)target, (Prediction.Probabilities)predicted, images, on),
    ];

    /// <summary>The parts of a cross-validated net.</summary>
    public static EquatableArray<Section> CrossValidated(Evaluation found, Roles roles, Examples images)
    {
        var held = found.Final.OutOfFold;
        return EquatableArray.Of<Section>(
        [
            LeaderboardPart.Of(found, roles.Target),
            .. Predicted("net", roles.Target.Take(held.Rows), held.Prediction, images.Take(held.Rows), "held-out images", Reports.HeldOut),
            FoldsPart.Of(found.Folds, roles),
        ]);
    }

    /// <summary>The parts of a training: its curves, and the predictions of the test images, or of the validation images without
    /// them.</summary>
    public static Outcome<EquatableArray<Section>> Training(IBackend backend, NetResult result)
    {
        var (net, data) = (result.TrainedNetwork, result.Asked.Data);
        var (held, on) = (data.Test ?? data.Validation, data.Test is null ? "validation images" : "test images");
        Section[] training = [NetPart.Training(net.History, $"the net of epoch {net.Epoch} was kept")];
        return (held is null ? Outcome.Ok<Section[]>([Section.Without("predictions", "Predictions",
                    "No images were held out, so there are no predictions of images that the net was not trained on.")])
                : NetPredictions.Of(backend, net.Network, net.Variables, result.Asked.Levels, held.Inputs).Map(predicted =>
                    Predicted("net", held.Target, predicted, held.Inputs, on,
                        $"The charts are made from the {on}, which the net was not trained on.")))
            .Map(parts => EquatableArray.Of<Section>([.. training, .. parts, NetPart.Layers(result.Plan)]));
    }
}
