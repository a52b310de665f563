namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of the baseline.</summary>
internal static class BaselineCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Majority(),
            "Baseline: the class frequencies, or the mean.",
            [RecordTag.Of<MajorityModel>("majority")]));
}
