namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of meta-learners that weight bases.</summary>
internal static class BlendingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new ConvexWeights(),
            "Meta-learner: the mixture of the bases with the least log-loss or squared error (the Super Learner).",
            [RecordTag.Of<BlendModel>("blend")]))
        .With(LearnerEntry.Of(
            new NonNegative(),
            "Meta-learner: the sum of the bases times coefficients of at least 0 (stacked regression).",
            [RecordTag.Of<BlendModel>("blend"), RecordTag.Of<ClassBlendModel>("blend.classes")]))
        .With(LearnerEntry.Of(
            new Greedy(),
            "Meta-learner: the mean of bases chosen one by one, with repetition (ensemble selection).",
            [RecordTag.Of<BlendModel>("blend")]));
}
