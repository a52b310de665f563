using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entries of discriminant analysis.</summary>
internal static class DiscriminantCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new LinearDiscriminantAnalysis(),
            "Linear discriminant analysis: normally distributed classes with a shared covariance.",
            [RecordTag.Of<LinearScoresModel>("logistic")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new QuadraticDiscriminantAnalysis(),
            "Quadratic discriminant analysis: normally distributed classes with separate covariances.",
            [RecordTag.Of<QuadraticDiscriminantAnalysisModel>("qda")],
            Recipe.ForLinear));
}
