namespace FunctionalStack.Learners;

/// <summary>The catalogue's entry of AdaBoost.</summary>
internal static class AdaBoostCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new AdaBoost(),
            "AdaBoost: SAMME for classes, AdaBoost.R2 for values.",
            [RecordTag.Of<AdaBoostModel>("adaBoost")],
            (boosted, catalogue) => catalogue.RecipeFor(boosted.Learner ?? new DecisionTree())));
}
