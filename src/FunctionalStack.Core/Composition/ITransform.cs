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
public sealed record Fitted(Frame TrainView, IMap Map);

/// <summary>A fitted transform: an immutable record of data with a pure <see cref="Apply"/>, safe from any thread.</summary>
public interface IMap
{
    /// <exception cref="KeyNotFoundException">A column the map needs is absent.</exception>
    Frame Apply(Frame rows);
}
