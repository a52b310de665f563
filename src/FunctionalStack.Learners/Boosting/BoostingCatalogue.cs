using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of gradient boosting.</summary>
internal static class BoostingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new GradientBoosting(),
            "Gradient boosted trees with native support for missing values and categories.",
            [
                RecordTag.Of<GradientBoostingModel>("gradientBoosting"),
                RecordTag.Of<BoostedColumn>("gradientBoosting.column"),
                RecordTag.Of<BoostedTree>("gradientBoosting.tree"),
            ],
            Recipe.ForBoosting));
}
