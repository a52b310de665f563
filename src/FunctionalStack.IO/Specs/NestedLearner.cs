using System.Text.Json;
using FunctionalStack.Learners;

namespace FunctionalStack.IO;

/// <summary>
/// A learner as another learner's parameter: <c>{"learner": ..., "params": ..., "preprocess": ...}</c>, with a name if there are
/// several. Its preprocessing makes it a pipeline; without <c>preprocess</c>, <see cref="Dressed"/> adds the default one.
/// </summary>
/// <param name="names">The known learners and transforms.</param>
internal sealed class NestedLearner(SpecNames names)
{
    public ILearner Read(SpecJson json) => Read(json, []);

    public Base ReadNamed(SpecJson json)
    {
        var learner = Read(json, ["name"]);
        return new(json.Find("name")?.Text() ?? learner.Name, learner);
    }

    public void Write(Utf8JsonWriter to, ILearner learner, string? called = null)
    {
        var (before, inner) = learner is Pipeline pipeline ? (Steps(pipeline.Transform), pipeline.Learner) : (null, learner);
        var (name, parameters) = names.Learners.Of(inner);
        to.WriteStartObject();
        if (called is not null) to.WriteString("name", called);
        to.WriteString("learner", name);
        to.WritePropertyName("params");
        parameters.Write(to, inner);
        if (before is not null)
        {
            var writer = new SpecWriter(to, names);
            to.WriteStartArray("preprocess");
            foreach (var step in before) writer.Write(step);
            to.WriteEndArray();
        }

        to.WriteEndObject();
    }

    /// <summary>The same learner, with default preprocessing before each nested learner that has none.</summary>
    public ILearner Dressed(ILearner learner) => learner switch
    {
        Voting voting =>
            voting with { Bases = EquatableArray.From(voting.Bases.Select(voter => voter with { Learner = Voter(voter.Learner) })) },
        Bagging { Learner: { } inner } bagging => bagging with { Learner = Dressed(inner) },
        AdaBoost { Learner: { } inner } boosted => boosted with { Learner = Dressed(inner) },
        Pipeline pipeline => pipeline with { Learner = Dressed(pipeline.Learner) },
        _ => learner,
    };

    private ILearner Voter(ILearner learner) =>
        learner is not Pipeline && names.Catalogue.RecipeFor(learner) is { } recipe ? recipe.Then(Dressed(learner)) : Dressed(learner);

    private ILearner Read(SpecJson json, string[] more)
    {
        json.Keys("a key of a learner within another", ["learner", "params", "preprocess", .. more]);
        var name = json.Find("learner") ?? throw json.No("has no learner", $"Give one of: {string.Join(", ", names.Learners.Names)}.");
        var learner = names.Learners.Read(name, json.Find("params"));
        return new SpecReader(names).Preprocess(json) is { } steps
            ? steps.DefaultIfEmpty(new Identity()).Aggregate((first, second) => first.Then(second)).Then(learner)
            : learner;
    }

    private static IEnumerable<ITransform> Steps(ITransform transform) => transform switch
    {
        Identity => [],
        Chain chain => Steps(chain.First).Concat(Steps(chain.Second)),
        _ => [transform],
    };
}
