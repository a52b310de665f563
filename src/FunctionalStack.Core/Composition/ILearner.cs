namespace FunctionalStack;

/// <summary>
/// A learner: an immutable record of hyperparameters. Compositions of learners are learners too, so stacks can be nested.
/// Fit it with <see cref="Fitting.Fit(ILearner, Dataset, Seed)"/> or with an <see cref="IExecutor"/>.
/// </summary>
public interface ILearner : ISpec
{
    /// <summary>What data it can be fitted to.</summary>
    Capabilities Capabilities { get; }

    /// <summary>How complex its models are (<see cref="Evaluation.Simplest"/>).</summary>
    Complexity Complexity => Complexity.Nonlinear;
}

/// <summary>A learner whose fit is one pure function of rows and seed.</summary>
public interface ILeafLearner : ILearner
{
    /// <summary>
    /// Fits a model to <paramref name="data"/>. Equal arguments give an equal model, bit for bit. Parameters and target have been checked
    /// before.
    /// </summary>
    Outcome<IModel> FitLeaf(Dataset data, Seed seed);
}

/// <summary>A leaf learner whose fit has steps with independent parts, such as the trees of a forest or the columns of a
/// histogram.</summary>
public interface IParallelLearner : ILeafLearner
{
    /// <summary>Fits a model to <paramref name="data"/>. The model does not depend on <paramref name="work"/>.</summary>
    Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work);

    Outcome<IModel> ILeafLearner.FitLeaf(Dataset data, Seed seed) => FitLeaf(data, seed, WorkSharing.None);
}

/// <summary>A learner composed of others. It is written over rows and models that are not computed yet.</summary>
public interface ICompositeLearner : ILearner
{
    /// <summary>Adds its fits to the graph of <paramref name="rows"/>, in sequential order.</summary>
    Deferred<Trained> Fit(FitRows rows, Seed seed);

    /// <summary>
    /// The bases of the stack that it contains, each fitted alone on all of <paramref name="rows"/>. An evaluation scores them
    /// next to the stack. Empty if there is no stack.
    /// </summary>
    IEnumerable<FittedBase> Bases(FitRows rows, Seed seed) => [];

    /// <summary>The names of <see cref="Trained.OutOfFold"/>, known before the fit.</summary>
    IEnumerable<string> OutOfFoldNames => [];
}

/// <summary>A fitted model: an immutable record of data. <see cref="Predict"/> is pure and thread-safe.</summary>
public interface IModel
{
    /// <summary>One prediction per row, in row order. The columns that the model was fitted on are found by name.</summary>
    /// <returns>The predictions. A failure if a column that the model needs is absent or cannot be read.</returns>
    Outcome<Prediction> Predict(Frame rows);

    /// <inheritdoc cref="IMap.Needs(EquatableArray{string})"/>
    EquatableArray<string> Needs(EquatableArray<string> columns) => columns;
}
