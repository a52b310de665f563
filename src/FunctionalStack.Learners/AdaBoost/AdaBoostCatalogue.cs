namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of AdaBoost.</summary>
internal static class AdaBoostCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new AdaBoost(),
            "AdaBoost: SAMME for classification, AdaBoost.R2 for regression.",
            [RecordTag.Of<AdaBoostModel>("adaBoost")],
            (boosted, catalogue) => catalogue.RecipeFor(boosted.Learner ?? new DecisionTree())));
}
