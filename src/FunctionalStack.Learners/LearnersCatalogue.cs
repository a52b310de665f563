using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue of this assembly's learners and transforms.</summary>
public static class LearnersCatalogue
{
    /// <summary>All entries. Neural networks belong to another assembly.</summary>
    public static Catalogue All { get; } = Catalogue.Empty.With(
        BaselineCatalogue.All,
        NeighborCatalogue.All,
        BayesCatalogue.All,
        DiscriminantCatalogue.All,
        LinearCatalogue.All,
        SupportVectorCatalogue.All,
        TreeCatalogue.All,
        BaggingCatalogue.All,
        VotingCatalogue.All,
        OrdinalCatalogue.All,
        SelectionCatalogue.All,
        AdaBoostCatalogue.All,
        BoostingCatalogue.All,
        BlendingCatalogue.All,
        CalibrationCatalogue.All,
        PreprocessingCatalogue.All);
}
