namespace FunctionalStack.Learners;

/// <summary>What the members of a bag say of rows that they didn't see: an honest score without a holdout (Breiman, Out-of-bag estimation, 1996).</summary>
/// <param name="Rows">The training rows that at least one member didn't see, ascending.</param>
/// <param name="Prediction">For each the mean of what those members said.</param>
/// <param name="Score">Accuracy for classes, ties going to the earlier level; R squared for values, NaN where they are all one. Rows count by their weight.</param>
public sealed record OutOfBagPredictions(EquatableArray<int> Rows, Prediction Prediction, double Score)
{
    internal static OutOfBagPredictions? Of(Roles roles, EquatableArray<BagMember> members)
    {
        var rows = EquatableArray.From(members.SelectMany(member => member.OutOfBag).Distinct().Order());
        if (rows.Count == 0) return null;
        var prediction = Prediction.Assemble([.. members.Where(member => member.Prediction is not null).Select(member => (member.OutOfBag, member.Prediction!))], rows);
        var truth = roles.Take(rows);
        return new(rows, prediction, (truth.Target, prediction) switch
        {
            (Target.Classes classes, Prediction.Probabilities predicted) => ClassMetrics.Accuracy(classes, predicted, truth.Weights),
            (Target.Numeric values, Prediction.Numeric predicted) => ValueMetrics.R2(values, predicted, truth.Weights),
            _ => throw new InvalidOperationException(),
        });
    }
}
