namespace FunctionalStack;

/// <summary>
/// A way to learn: plain data, a record of parameters. Compositions of learners are learners, so whatever works for one
/// works for a stack of stacks. Fitted by <see cref="Fitting.Fit(ILearner, Dataset, Seed)"/>, or by an <see cref="IExecutor"/>.
/// </summary>
public interface ILearner : ISpec
{
    /// <summary>What it can be fitted to.</summary>
    Capabilities Capabilities { get; }
}

/// <summary>A learner whose fit is one pure function of rows and seed.</summary>
public interface ILeafLearner : ILearner
{
    /// <summary>The model of these rows. Equal arguments give an equal model, bit for bit. Parameters and target have been checked.</summary>
    Outcome<IModel> FitLeaf(Dataset data, Seed seed);
}

/// <summary>A leaf whose fit has steps that fall into independent parts (the trees of a forest, the columns of a histogram).</summary>
public interface IParallelLearner : ILeafLearner
{
    /// <summary>The same model whoever helps.</summary>
    Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work);

    Outcome<IModel> ILeafLearner.FitLeaf(Dataset data, Seed seed) => FitLeaf(data, seed, WorkSharing.None);
}

/// <summary>A learner composed of others, written once over rows and models that are not known yet.</summary>
public interface ICompositeLearner : ILearner
{
    /// <summary>Adds the fits that it stands for to the graph of <paramref name="rows"/>, in the order in which one would make them by hand.</summary>
    Deferred<Trained> Fit(FitRows rows, Seed seed);

    /// <summary>
    /// The bases of the stack that it holds, each fitted alone on all of <paramref name="rows"/>: what an evaluation scores
    /// beside the whole. None where there is no stack.
    /// </summary>
    IEnumerable<FittedBase> Bases(FitRows rows, Seed seed) => [];

    /// <summary>The names of <see cref="Trained.OutOfFold"/>, known before the fit.</summary>
    IEnumerable<string> OutOfFoldNames => [];
}

/// <summary>What was learned: an immutable record of data with a pure <see cref="Predict"/>, safe from any thread.</summary>
public interface IModel
{
    /// <summary>One prediction a row, in row order, from the columns the model was fitted on, found by name.</summary>
    /// <returns>A failure where a column that the model needs is absent, or holds what it cannot read.</returns>
    Outcome<Prediction> Predict(Frame rows);

    /// <inheritdoc cref="IMap.Needs"/>
    EquatableArray<string> Needs(EquatableArray<string> columns) => columns;
}
