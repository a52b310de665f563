using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of nearest neighbours.</summary>
internal static class NeighborCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new KNearestNeighbors(),
            "The k nearest training rows: their classes' shares, or their mean.",
            [RecordTag.Of<KNearestNeighborsModel>("knn")],
            Recipe.ForDistances));
}
