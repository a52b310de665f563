using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Laws;

/// <summary>A learner held to <see cref="LearnerLaws"/>, under the name that a failing property prints.</summary>
/// <param name="Learner">The learner, behind what it needs of a raw table.</param>
/// <param name="Classes">Whether it takes a target of classes.</param>
/// <param name="Values">Whether it takes a target of values.</param>
public sealed record Known(ILearner Learner, bool Classes, bool Values)
{
    /// <summary>
    /// The learners of a catalogue, each with every parameter at its default and behind its recipe; what reads bases only
    /// stands above a small tree. Those that are nothing without a parameter (a vote of no one) are left out.
    /// </summary>
    /// <param name="learners">The entries.</param>
    public static Values<Known> Of(Catalogue learners) =>
        FunctionalStack.Values.From(learners.Learners.Select(entry => Of(Behind(entry.Usual, learners))).Where(known => known.Classes || known.Values));

    public override string ToString() => Learner.ToString()!;

    private static Known Of(ILearner learner)
    {
        var (rows, levels) = (Enumerable.Range(0, 12), FunctionalStack.Values.Of("a", "b"));
        var counts = Frame.Of(("x", new Column.Numeric(FunctionalStack.Values.From(rows.Select(row => (double)(row * row % 7))))));
        var classes = new Dataset(counts, new Target.Classes(levels, FunctionalStack.Values.From(rows.Select(row => row % 2))));
        var values = new Dataset(counts, new Target.Values(FunctionalStack.Values.From(rows.Select(row => row % 5.0))));
        return new(learner, Takes(classes), Takes(values));

        bool Takes(Dataset data) => learner.Fit(data, Seed.Of(1)) is Outcome<IModel>.Ok;
    }

    private static ILearner Behind(ILearner learner, Catalogue catalogue) => learner is IBaseReader
        ? new Stack([new("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 2)))], learner, new FoldPlan.KFold(2))
        : catalogue.RecipeFor(learner) is { } recipe ? recipe.Then(learner) : learner;
}
