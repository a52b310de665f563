namespace FunctionalStack;

/// <summary>
/// A transform: maps columns to columns. An immutable record of parameters. Fit it with
/// <see cref="Fitting.Fit(ITransform, Dataset, Seed)"/> or
/// with an <see cref="IExecutor"/>.
/// </summary>
public interface ITransform : ISpec
{
    /// <summary>Whether all of its output columns are predictions of bases.</summary>
    bool MakesPredictions => false;

    /// <summary>Whether its output columns are unchanged input columns. Predictions of bases then remain such.</summary>
    bool KeepsColumns => false;

    /// <summary>
    /// The names, kinds and origins of its output columns, which are the same for any rows. Unless <see cref="KeepsColumns"/> or
    /// <see cref="MakesPredictions"/> is true, some of these may still be dropped. Null if they are known only after the fit.
    /// </summary>
    Frame? Outline(Frame columns, Target target) => null;
}

/// <summary>A transform whose fit is one pure function of rows and seed.</summary>
public interface ILeafTransform : ITransform
{
    /// <summary>Fits the transform to training rows and transforms them. Parameters have been checked before.</summary>
    Outcome<Fitted> FitLeaf(Dataset data, Seed seed);
}

/// <summary>A transform composed of others, or of learners.</summary>
public interface ICompositeTransform : ITransform
{
    /// <summary>Adds its fits to the graph of <paramref name="rows"/>, in sequential order.</summary>
    FittedTransform Fit(FitRows rows, Seed seed);
}

/// <summary>
/// The result of fitting a transform: the transformed training rows, and the map for new rows. For standardization the two
/// agree. For cross-fitting they differ: training rows get out-of-fold predictions.
/// </summary>
/// <param name="TrainView">The transformed training rows.</param>
/// <param name="Map">The map for new rows.</param>
public sealed record Fitted(Frame TrainView, IMap Map)
{
    /// <summary>Out-of-fold predictions of each cross-fitted part, in column order.</summary>
    public EquatableArray<OutOfFold> OutOfFold { get; init; }

    /// <summary>The path of each search in its parts.</summary>
    public EquatableArray<SearchResult> Searches { get; init; }

    /// <summary>The training rows contained in <see cref="TrainView"/>, ascending; null for all.</summary>
    public EquatableArray<int>? Covered { get; init; }
}

/// <summary>A fitted transform: an immutable record of data. <see cref="Apply"/> is pure and thread-safe.</summary>
public interface IMap
{
    /// <summary>The transformed rows, in row order.</summary>
    /// <returns>The new columns. A failure if a column that the map needs is absent or cannot be read.</returns>
    Outcome<Frame> Apply(Frame rows);

    /// <summary>
    /// The columns it reads, among those it was fitted on. New rows need not have the others. By default all.
    /// </summary>
    EquatableArray<string> Needs(EquatableArray<string> columns) => columns;

    /// <summary>
    /// The columns it reads, among those it was fitted on, if only some columns of its result are read. By default those of
    /// <see cref="Needs(EquatableArray{string})"/>: a map that leaves columns unchanged can exclude those that nothing else reads.
    /// </summary>
    /// <param name="columns">The columns it was fitted on.</param>
    /// <param name="next">The columns that are read of its result, among all of them.</param>
    EquatableArray<string> Needs(EquatableArray<string> columns, Func<EquatableArray<string>, EquatableArray<string>> next) =>
        Needs(columns);
}
