namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of baselines.</summary>
internal static class BaselineCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Majority(),
            "The most frequent class, or the mean: the baseline.",
            [RecordTag.Of<MajorityModel>("majority")]));
}
