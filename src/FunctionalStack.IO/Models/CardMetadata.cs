using System.Text.Json.Nodes;
using FunctionalStack.Learners;

namespace FunctionalStack.IO;

/// <summary>What the card of a fit says about its model, as JSON by key.</summary>
public static class CardMetadata
{
    /// <summary>The key of the weights that the last meta-learner gives the models that it combines: <c>[{"name": .., "weight":
    /// ..}]</c>.</summary>
    public const string Weights = "weights";

    /// <summary>The key of classes in order: <c>true</c>.</summary>
    public const string Ordinal = "ordinal";

    /// <summary>The key of prediction intervals, quantiles or sets: <c>{"folds": .., "rows": ..}</c>.</summary>
    public const string Conformal = "conformal";

    /// <summary>The key of a chosen threshold: <c>{"class": .., "rule": .., "value": .., "score": .., "scoreAtHalf": ..}</c>.</summary>
    public const string Threshold = "threshold";

    /// <summary>The metadata of a fit; empty if <paramref name="fit"/> is a part of a larger one.</summary>
    public static EquatableArray<MetadataCard> Of(Trained fit)
    {
        if (fit.Origin is not { } origin) return default;
        var thresholded = fit.Model as ThresholdModel;
        var conformal = (thresholded?.Model ?? fit.Model) as ConformalModel;
        return
        [
            .. WeightsOf(conformal?.Model ?? thresholded?.Model ?? fit.Model) is { } weights
                ? [Card(Weights, weights)] : Array.Empty<MetadataCard>(),
            .. origin.IsOrdered ? [new(Ordinal, "true")] : Array.Empty<MetadataCard>(),
            .. conformal is null ? Array.Empty<MetadataCard>() : [Card(Conformal, new JsonObject
            {
                ["folds"] = conformal.Folds.Count,
                ["rows"] = conformal.Folds.Sum(fold => fold.Scores.Count),
            })],
            .. thresholded is null ? Array.Empty<MetadataCard>() : [Card(Threshold, new JsonObject
            {
                ["class"] = origin.Levels[1],
                ["rule"] = thresholded.Rule.ToString(),
                ["value"] = PlainJson.Number(thresholded.Value),
                ["score"] = PlainJson.Number(thresholded.Score),
                ["scoreAtHalf"] = PlainJson.Number(thresholded.ScoreAtHalf),
            })],
        ];
    }

    // The models that the last meta-learner of a stack combines: its bases, or the meta-learners of Metas.
    private static JsonArray? WeightsOf(IModel model) => model switch
    {
        PipelineModel pipeline => WeightsOf(pipeline.Model),
        OpinionPoolModel pool => Pairs(pool.Bases, pool.Weights),
        BlendModel blend => Pairs(blend.Bases, blend.Weights),
        _ => null,
    };

    private static JsonArray Pairs(EquatableArray<BaseColumns> bases, EquatableArray<double> weights) => new([.. bases.Zip(weights,
        (one, weight) => (JsonNode?)new JsonObject { ["name"] = one.Base, ["weight"] = PlainJson.Number(weight) })]);


    private static MetadataCard Card(string key, JsonNode json) => new(key, json.ToJsonString(PlainJson.Options));
}
