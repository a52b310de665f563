namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of voting.</summary>
internal static class VotingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Voting(),
            "Voting: the mean of several learners' predictions, or their majority vote.",
            [RecordTag.Of<VotingModel>("voting")]));
}
