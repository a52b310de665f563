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
        to.WriteStartObject();
        if (called is not null) to.WriteString("name", called);
        if (inner is StackNode stack)
        {
            to.WriteStartObject("stack");
            new SpecWriter(to, names).Write(stack.Node);
            to.WriteEndObject();
        }
        else
        {
            var (name, parameters) = names.Learners.Of(inner);
            to.WriteString("learner", name);
            to.WritePropertyName("params");
            parameters.Write(to, inner);
        }

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
    /// <param name="learner">The learner.</param>
    /// <param name="build">Builds the stacks in it.</param>
    public ILearner Dressed(ILearner learner, Func<NodeSpec.Stack, ILearner> build) => learner switch
    {
        StackNode stack => build(stack.Node),
        // Preprocessing is fitted inside the folds of the search.
        Tuned tuned => tuned with
        {
            Learner = tuned.Learner is { } inner ? Voter(inner, build) : null,
            Candidates = EquatableArray.From(tuned.Candidates.Select(one => one with { Learner = Voter(one.Learner, build) })),
        },
        Balanced { Learner: { } inner } balanced => balanced with { Learner = Voter(inner, build) },
        Voting voting =>
            voting with { Bases = EquatableArray.From(voting.Bases.Select(voter => voter with { Learner = Voter(voter.Learner, build) })) },
        Bagging { Learner: { } inner } bagging => bagging with { Learner = Dressed(inner, build) },
        OrdinalClassifier { Learner: { } inner } ordinal => ordinal with { Learner = Dressed(inner, build) },
        AdaBoost { Learner: { } inner } boosted => boosted with { Learner = Dressed(inner, build) },
        Pipeline pipeline => pipeline with { Learner = Dressed(pipeline.Learner, build) },
        _ => learner,
    };

    private ILearner Voter(ILearner learner, Func<NodeSpec.Stack, ILearner> build) =>
        learner is not Pipeline && names.Catalogue.RecipeFor(learner) is { } recipe
            ? recipe.Then(Dressed(learner, build)) : Dressed(learner, build);

    private ILearner Read(SpecJson json, string[] more)
    {
        json.Keys("a key of a learner within another", ["learner", "params", "stack", "preprocess", .. more]);
        if (json.Find("stack") is { } stack)
        {
            json.Keys("a key beside \"stack\"", ["stack", "preprocess", .. more]);
            return Behind(json, new StackNode(new SpecReader(names).Stack(stack, null, null)));
        }

        var name = json.Find("learner") ?? throw json.No("has no learner", $"Give one of: {string.Join(", ", names.Learners.Names)}.");
        var learner = names.Learners.Read(name, json.Find("params"));
        return Behind(json, learner);
    }

    private ILearner Behind(SpecJson json, ILearner learner) =>
        new SpecReader(names).Preprocess(json) is { } steps ? Behind(steps, learner) : learner;

    /// <summary>A pipeline, also without steps: it gets no default preprocessing.</summary>
    public static Pipeline Behind(EquatableArray<ITransform> steps, ILearner learner) =>
        steps.DefaultIfEmpty(new Identity()).Aggregate((first, second) => first.Then(second)).Then(learner);

    private static IEnumerable<ITransform> Steps(ITransform transform) => transform switch
    {
        Identity => [],
        Chain chain => Steps(chain.First).Concat(Steps(chain.Second)),
        _ => [transform],
    };
}

/// <summary>A stack as another learner's parameter, until it is built for a dataset.</summary>
/// <param name="Node">The stack.</param>
internal sealed record StackNode(NodeSpec.Stack Node) : ILearner
{
    public string Name => "stack";

    public Capabilities Capabilities => new();
}
