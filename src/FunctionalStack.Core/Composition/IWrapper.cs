namespace FunctionalStack;

/// <summary>
/// A learner that adds to the model of another learner what its cross-fit shows, such as prediction intervals. The probabilities and
/// values are those of the other learner, fitted with the same seed.
/// </summary>
internal interface IWrapper : ICompositeLearner
{
    /// <summary>The other learner.</summary>
    ILearner Learner { get; }

    Complexity ILearner.Complexity => Learner.Complexity;

    IEnumerable<Component> ISpec.Components => [new("", Learner)];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => (Learner as ICompositeLearner)?.OutOfFoldNames ?? [];

    IEnumerable<FittedBase> ICompositeLearner.Bases(FitRows rows, Seed seed) => (Learner as ICompositeLearner)?.Bases(rows, seed) ?? [];
}

/// <summary>A model that predicts with another one.</summary>
internal interface IWrapperModel : IRowwiseModel
{
    /// <summary>The other model.</summary>
    IModel Model { get; }

    RowFunction? IRowwiseModel.ForRow(Frame columns) => Rowwise.Of(Model, columns)?.Function;
}
