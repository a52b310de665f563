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
            .. WeightsOf(fit.Model) is { Count: > 0 } weights
                ? [Card(Weights, new JsonArray([.. weights.Select(one => (JsonNode?)new JsonObject
                {
                    ["name"] = one.Name,
                    ["weight"] = PlainJson.Number(one.Weight),
                })]))] : Array.Empty<MetadataCard>(),
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

    /// <summary>The models that the last meta-learner of a stack combines, its bases or the meta-learners of Metas, with their weights.
    /// Empty for other models.</summary>
    internal static EquatableArray<(string Name, double Weight)> WeightsOf(IModel model) => model switch
    {
        ThresholdModel thresholded => WeightsOf(thresholded.Model),
        ConformalModel conformal => WeightsOf(conformal.Model),
        PipelineModel pipeline => WeightsOf(pipeline.Model),
        OpinionPoolModel pool => Pairs(pool.Bases, pool.Weights),
        BlendModel blend => Pairs(blend.Bases, blend.Weights),
        _ => default,
    };

    private static EquatableArray<(string, double)> Pairs(EquatableArray<BaseColumns> bases, EquatableArray<double> weights) =>
        EquatableArray.From(bases.Zip(weights, (one, weight) => (one.Base, weight)));

    private static MetadataCard Card(string key, JsonNode json) => new(key, json.ToJsonString(PlainJson.Options));
}
