using System.Text.Json.Nodes;
using FunctionalStack.Learners;

namespace FunctionalStack.Cli.Output;

/// <summary>The weights that the last meta-learner of a stack gives the models that it combines: its bases, or the meta-learners of
/// <c>metas</c>.</summary>
internal static class BaseWeights
{
    /// <summary>The models and their weights as JSON, in column order; null for other models.</summary>
    public static JsonArray? Of(IModel model) => model switch
    {
        PipelineModel pipeline => Of(pipeline.Model),
        OpinionPoolModel pool => Pairs(pool.Bases, pool.Weights),
        BlendModel blend => Pairs(blend.Bases, blend.Weights),
        _ => null,
    };

    private static JsonArray Pairs(EquatableArray<BaseColumns> bases, EquatableArray<double> weights) => new([.. bases.Zip(weights,
        (one, weight) => (JsonNode?)new JsonObject { ["name"] = one.Base, ["weight"] = Json.Number(weight) })]);
}
