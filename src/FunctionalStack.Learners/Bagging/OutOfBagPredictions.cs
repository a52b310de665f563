namespace FunctionalStack.Learners;

/// <summary>Out-of-bag predictions, which give an unbiased score without a holdout set (Breiman, Out-of-bag estimation, 1996).</summary>
/// <param name="Rows">The training rows that are out-of-bag for at least one member, ascending.</param>
/// <param name="Prediction">For each of them the mean prediction of the members that were not fitted on it, nor on a row of its
/// group.</param>
/// <param name="Score">Accuracy for classification (ties go to the earlier level), R squared for regression (NaN for a constant target).
/// Weighted.</param>
public sealed record OutOfBagPredictions(EquatableArray<int> Rows, Prediction Prediction, double Score)
{
    internal static OutOfBagPredictions? Of(Roles roles, EquatableArray<BagMember> members)
    {
        var rows = EquatableArray.From(members.SelectMany(member => member.OutOfBag).Distinct().Order());
        if (rows.Count == 0) return null;
        var prediction =
            Prediction.Assemble([.. members.Where(member => member.Prediction is not null)
                .Select(member => (member.OutOfBag, member.Prediction!))], rows);
        var truth = roles.Take(rows);
        return new(rows, prediction, (truth.Target, prediction) switch
        {
            (Target.Classes classes, Prediction.Probabilities predicted) => ClassMetrics.Accuracy(classes, predicted, truth.Weights),
            (Target.Numeric values, Prediction.Numeric predicted) => ValueMetrics.R2(values, predicted, truth.Weights),
            _ => throw new InvalidOperationException(),
        });
    }
}
