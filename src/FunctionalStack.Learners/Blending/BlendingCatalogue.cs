namespace FunctionalStack.Learners;

/// <summary>The catalogue entries of meta-learners that weight bases.</summary>
internal static class BlendingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new ConvexWeights(),
            "Meta-learner: the convex combination of bases with the lowest loss (Super Learner).",
            [RecordTag.Of<BlendModel>("blend")]))
        .With(LearnerEntry.Of(
            new NonNegative(),
            "Meta-learner: a non-negative linear combination of the bases (stacked regression).",
            [RecordTag.Of<BlendModel>("blend"), RecordTag.Of<ClassBlendModel>("blend.classes")]))
        .With(LearnerEntry.Of(
            new Greedy(),
            "Meta-learner: greedy ensemble selection of bases, with replacement.",
            [RecordTag.Of<BlendModel>("blend")]))
        .With(LearnerEntry.Of(
            new OpinionPool(),
            "Meta-learner: an opinion pool with one weight per base, shrunk towards equal weights.",
            [RecordTag.Of<OpinionPoolModel>("opinionPool")]));
}
