namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of the search over parameters.</summary>
internal static class SelectionCatalogue
{
    // The model is that of the chosen candidate.
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(new Tuned(), "The best of several candidates, by cross-validation: points of a search space, or learners.",
            []))
        .With(LearnerEntry.Of(new Balanced(), "Fits a classifier with its classes weighted evenly.", []));
}
