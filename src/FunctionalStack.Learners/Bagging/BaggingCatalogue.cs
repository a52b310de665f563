namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of bagging.</summary>
internal static class BaggingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Bagging(),
            "Bagging: the mean of models fitted on bootstrap samples.",
            [RecordTag.Of<BaggingModel>("bagging"), RecordTag.Of<OutOfBagPredictions>("bagging.outOfBag")],
            (bagging, catalogue) => catalogue.RecipeFor(bagging.Learner ?? new DecisionTree())));
}
