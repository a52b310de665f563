namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of classes in order.</summary>
internal static class OrdinalCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new OrdinalClassifier(),
            "Classes in order: one model for each class but the last of the probability of a higher class.",
            [RecordTag.Of<OrdinalModel>("ordinalClasses")],
            (ordinal, catalogue) => catalogue.RecipeFor(ordinal.Member)));
}
