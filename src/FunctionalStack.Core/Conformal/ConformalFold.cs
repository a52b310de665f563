namespace FunctionalStack;

/// <summary>A fold model and the scores of the rows that it was not fitted on.</summary>
/// <param name="Model">The model.</param>
/// <param name="Scores">Ascending numbers of at least 0: absolute errors, divided by their scale if there is one, or scores of
/// classes.</param>
/// <param name="Cumulative">The summed weight of the scores up to and including each; empty if every row has weight 1.</param>
/// <param name="Scale">The model of how large errors are, fitted on the same rows; null if errors are not scaled.</param>
/// <param name="Errors">For numeric targets: the errors with their sign, actual minus predicted, divided by their scale if there is one,
/// ascending. Empty for classes, and in models of versions without quantiles.</param>
/// <param name="CumulativeErrors">As <paramref name="Cumulative"/>, of <paramref name="Errors"/>.</param>
public sealed record ConformalFold(
    IModel Model, EquatableArray<double> Scores, EquatableArray<double> Cumulative = default, IModel? Scale = null,
    EquatableArray<double> Errors = default, EquatableArray<double> CumulativeErrors = default) : IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Sorted.Inconsistency("scores", 0),
        Errors.Count == 0 ? null : Consistency.Count("errors", Errors.Count, Scores.Count),
        Signed.Inconsistency("errors", double.NegativeInfinity));

    /// <summary>The scores.</summary>
    internal SortedScores Sorted => new(Scores, Cumulative);

    /// <summary>The errors.</summary>
    internal SortedScores Signed => new(Errors, CumulativeErrors);

    /// <summary>A fold of these rows, of an error with its sign of each row if <paramref name="signed"/>, otherwise of a score. Rows of
    /// weight 0 are ignored.</summary>
    internal static ConformalFold Of(
        IModel model, EquatableArray<int> rows, Func<int, double> score, EquatableArray<double>? weights, bool signed)
    {
        var sorted = SortedScores.Of(rows, signed ? row => Math.Abs(score(row)) : score, weights);
        var errors = signed ? SortedScores.Of(rows, score, weights) : default;
        return new(model, sorted.Values, sorted.Cumulative, null, errors.Values, errors.Cumulative);
    }
}
