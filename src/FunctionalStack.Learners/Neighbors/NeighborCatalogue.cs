using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of nearest neighbours.</summary>
internal static class NeighborCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new KNearestNeighbors(),
            "K-nearest neighbours.",
            [RecordTag.Of<KNearestNeighborsModel>("knn")],
            Recipe.ForDistances));
}
