using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Laws;

/// <summary>A learner held to <see cref="LearnerLaws"/>, under the name that a failing property prints.</summary>
/// <param name="Learner">The learner, behind what it needs of a raw table.</param>
/// <param name="Classes">Whether it takes a target of classes.</param>
/// <param name="Values">Whether it takes a target of values.</param>
public sealed record Known(ILearner Learner, bool Classes, bool Values)
{
    /// <summary>Whether its fit deals rows to folds or draws, by their place among the rows.</summary>
    public bool DealsRows { get; } = Parts(Learner).Any(part => part
        is CrossFit or Pruned or Tuned or Calibration or RandomForest or ExtraTrees or Bagging or AdaBoost or SupportVectorMachine
        or RidgeCV or GradientBoosting { Subsample: < 1 } or GradientBoosting { Rounds: null } or GradientBoosting { Patience: > 0 }
        or { Name: "net" });

    private static IEnumerable<ISpec> Parts(ISpec spec) => spec.Components.SelectMany(part => Parts(part.Spec)).Append(spec);

    /// <summary>
    /// The learners of a catalogue, each with every parameter at its default and behind its recipe. What can't read a table
    /// stands above a small tree; what can't there either, such as a vote of no one, is left out.
    /// </summary>
    /// <param name="catalogue">The entries, and the recipes.</param>
    public static EquatableArray<Known> Of(Catalogue catalogue) => EquatableArray.From(catalogue.Learners
        .Select(entry =>
            new[] { Of(OnTables(entry.Usual, catalogue)), Of(Above(entry.Usual)) }.FirstOrDefault(known => known.Classes || known.Values))
        .OfType<Known>());

    public override string ToString() => Learner.ToString()!;

    private static Known Of(ILearner learner)
    {
        var (rows, levels) = (Enumerable.Range(0, 12), EquatableArray.Of("a", "b"));
        var counts = Frame.Of(("x", new Column.Numeric(EquatableArray.From(rows.Select(row => (double)(row * row % 7))))));
        var classes = new Dataset(counts, new Target.Classes(levels, EquatableArray.From(rows.Select(row => row % 2))));
        var values = new Dataset(counts, new Target.Numeric(EquatableArray.From(rows.Select(row => row % 5.0))));
        return new(learner, Takes(classes), Takes(values));

        bool Takes(Dataset data) => learner.Fit(data, Seed.Of(1)).Match(_ => true, _ => false);
    }

    private static ILearner OnTables(ILearner learner, Catalogue catalogue) =>
        catalogue.RecipeFor(learner) is { } recipe ? recipe.Then(learner) : learner;

    private static Stack Above(ILearner learner) =>
        new([new("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 2)))], learner, new FoldPlan.KFold(2));
}
