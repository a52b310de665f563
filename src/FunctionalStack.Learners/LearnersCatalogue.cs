using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The entries of this assembly's learners and transforms: a line for each family.</summary>
public static class LearnersCatalogue
{
    /// <summary>All of them, without nets, which are another assembly's.</summary>
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
        AdaBoostCatalogue.All,
        BoostingCatalogue.All,
        BlendingCatalogue.All,
        CalibrationCatalogue.All,
        PreprocessingCatalogue.All);
}
