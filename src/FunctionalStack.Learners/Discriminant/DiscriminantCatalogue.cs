using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of discriminant analysis.</summary>
internal static class DiscriminantCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new LinearDiscriminantAnalysis(),
            "Linear discriminant analysis: normal classes with a common covariance.",
            [RecordTag.Of<LinearScoresModel>("logistic")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new QuadraticDiscriminantAnalysis(),
            "Quadratic discriminant analysis: normal classes, each with its own covariance.",
            [RecordTag.Of<QuadraticDiscriminantAnalysisModel>("qda")],
            Recipe.ForLinear));
}
