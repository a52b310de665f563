using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entries of trees and forests.</summary>
internal static class TreeCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(RecordTag.Of<ErrorForestModel>("errorForest"))
        .With(LearnerEntry.Of(
            new DecisionTree(),
            "Decision tree (CART).",
            [RecordTag.Of<DecisionTreeModel>("tree"), RecordTag.Of<Tree>("tree.nodes")],
            Recipe.ForTrees))
        .With(LearnerEntry.Of(
            new RandomForest(),
            "Random forest.",
            [
                RecordTag.Of<RandomForestModel>("randomForest"),
                RecordTag.Of<OutOfBag>("randomForest.outOfBag"),
                RecordTag.Of<Tree>("tree.nodes"),
            ],
            Recipe.ForTrees))
        .With(LearnerEntry.Of(
            new ExtraTrees(),
            "Extremely randomized trees: a forest with random split thresholds.",
            [
                RecordTag.Of<RandomForestModel>("randomForest"),
                RecordTag.Of<OutOfBag>("randomForest.outOfBag"),
                RecordTag.Of<Tree>("tree.nodes"),
            ],
            Recipe.ForTrees));
}
