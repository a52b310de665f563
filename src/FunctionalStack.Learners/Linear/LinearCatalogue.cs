using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entries of linear models.</summary>
internal static class LinearCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new LogisticRegression(),
            "Logistic regression with an L2 penalty.",
            [RecordTag.Of<LinearScoresModel>("logistic")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new RidgeRegression(),
            "Linear regression with an L2 penalty.",
            [RecordTag.Of<LinearModel>("linear")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new RidgeCV(),
            "Ridge regression whose penalty is chosen by leave-one-out cross-validation.",
            [RecordTag.Of<LinearModel>("linear")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new Lasso(),
            "Linear regression with an L1 penalty, which sets many coefficients to 0.",
            [RecordTag.Of<LinearModel>("linear")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new ElasticNet(),
            "Linear regression with L1 and L2 penalties.",
            [RecordTag.Of<LinearModel>("linear")],
            Recipe.ForLinear));
}
