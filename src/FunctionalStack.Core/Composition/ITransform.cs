namespace FunctionalStack;

/// <summary>A way to make columns from columns: plain data. Fitted by <see cref="Fitting.Fit(ITransform, Dataset, Seed)"/>, or by an <see cref="IExecutor"/>.</summary>
public interface ITransform : ISpec
{
    /// <summary>Whether all columns that it makes are predictions of bases.</summary>
    bool MakesPredictions => false;

    /// <summary>Whether its columns are among those given, as they were: predictions of bases remain such.</summary>
    bool KeepsColumns => false;

    /// <summary>
    /// Names, kinds and origins of the columns that it makes of these, the same for any rows; columns among them may yet be
    /// dropped, unless <see cref="KeepsColumns"/> or <see cref="MakesPredictions"/>. Null where only a fit can tell.
    /// </summary>
    Frame? Outline(Frame columns, Target target) => null;
}

/// <summary>A transform whose fit is one pure function of rows and seed.</summary>
public interface ILeafTransform : ITransform
{
    /// <summary>Learns from training rows how to transform, and transforms them. Parameters have been checked.</summary>
    Outcome<Fitted> FitLeaf(Dataset data, Seed seed);
}

/// <summary>A transform composed of others, or of learners.</summary>
public interface ICompositeTransform : ITransform
{
    /// <summary>Adds the fits that it stands for to the graph of <paramref name="rows"/>, in the order in which one would make them by hand.</summary>
    FittedTransform Fit(FitRows rows, Seed seed);
}

/// <summary>
/// The two views of a fitted transform: its own training rows, and the map for any later rows. For standardization they
/// agree; for cross-fitting they must not, and that difference is stacking.
/// </summary>
public sealed record Fitted(Frame TrainView, IMap Map)
{
    /// <summary>Out-of-fold predictions of each cross-fitted part, in order of columns.</summary>
    public EquatableArray<OutOfFold> OutOfFold { get; init; }

    /// <summary>The training rows that <see cref="TrainView"/> has, ascending; null for all of them.</summary>
    public EquatableArray<int>? Covered { get; init; }
}

/// <summary>A fitted transform: an immutable record of data with a pure <see cref="Apply"/>, safe from any thread.</summary>
public interface IMap
{
    /// <summary>The columns made of these rows, in row order.</summary>
    /// <returns>A failure where a column that the map needs is absent, or holds what it cannot read.</returns>
    Outcome<Frame> Apply(Frame rows);

    /// <summary>
    /// Which of the columns it was fitted on it reads, so that later rows need not have the others; all, unless it knows better.
    /// </summary>
    EquatableArray<string> Needs(EquatableArray<string> columns) => columns;
}
