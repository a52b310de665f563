using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue's entry of gradient boosting.</summary>
internal static class BoostingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new GradientBoosting(),
            "Gradient boosted trees, which take missing values and categories as they are.",
            [
                RecordTag.Of<GradientBoostingModel>("gradientBoosting"),
                RecordTag.Of<BoostedColumn>("gradientBoosting.column"),
                RecordTag.Of<BoostedTree>("gradientBoosting.tree"),
            ],
            Recipe.ForBoosting));
}
