namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of bagging.</summary>
internal static class BaggingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Bagging(),
            "The mean of a learner's models on bootstrap samples.",
            [RecordTag.Of<BaggingModel>("bagging"), RecordTag.Of<OutOfBagPredictions>("bagging.outOfBag")],
            (bagging, catalogue) => catalogue.RecipeFor(bagging.Learner ?? new DecisionTree())));
}
