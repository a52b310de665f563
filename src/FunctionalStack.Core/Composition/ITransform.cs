namespace FunctionalStack;

/// <summary>A way to make columns from columns: plain data with a pure <see cref="Fit"/>.</summary>
public interface ITransform
{
    string Name { get; }

    /// <summary>Learns from training rows how to transform, and transforms them.</summary>
    Outcome<Fitted> Fit(Dataset data, Seed seed);

    /// <summary>
    /// The training rows that <see cref="Fitted.TrainView"/> has, ascending; null for all of them. Only cross-fitting
    /// with a plan that never holds out some rows leaves rows uncovered.
    /// </summary>
    Outcome<Values<int>?> Covered(Roles roles) => Outcome.Ok<Values<int>?>(null);
}

/// <summary>
/// The two views of a fitted transform: its own training rows, and the map for any later rows. For standardization they
/// agree; for cross-fitting they must not, and that difference is stacking.
/// </summary>
public sealed record Fitted(Frame TrainView, IMap Map)
{
    /// <summary>What each cross-fitted part said of the training rows, in order of columns.</summary>
    public Values<OutOfFold> OutOfFold { get; init; }
}

/// <summary>Predictions for training rows, each by models that never saw the row.</summary>
/// <param name="Name">The base.</param>
/// <param name="Rows">The rows predicted, ascending; all of them unless the plan never holds some out.</param>
/// <param name="Prediction">One prediction for each of <paramref name="Rows"/>.</param>
public sealed record OutOfFold(string Name, Values<int> Rows, Prediction Prediction)
{
    /// <summary>The same, where the rows were themselves the rows <paramref name="covered"/> of something larger.</summary>
    internal OutOfFold Within(Values<int>? covered) => covered is { } rows ? this with { Rows = rows.At(Rows) } : this;
}

/// <summary>A fitted transform: an immutable record of data with a pure <see cref="Apply"/>, safe from any thread.</summary>
public interface IMap
{
    /// <summary>The columns made of these rows, in row order.</summary>
    /// <returns>A failure where a column that the map needs is absent, or holds what it cannot read.</returns>
    Outcome<Frame> Apply(Frame rows);
}
