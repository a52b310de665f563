namespace FunctionalStack.IO;

/// <summary>The folds of the default stack, for rows that do not allow five everywhere: few rows, few groups or few times.</summary>
/// <param name="Count">The number of folds, from 2 to 5.</param>
/// <param name="LeastTrainingRows">The number of rows of the smallest fit of a base.</param>
internal sealed record DefaultFolds(int Count, int LeastTrainingRows)
{
    private const int Most = 5;

    // With as many rows, and neither groups nor times, five folds of four fifths are always possible.
    private const int ManyRows = 50;

    // An evaluation trains on parts of the rows. Two outer folds leave the fewest groups, five the fewest early rows.
    private static readonly int[] outerFolds = [2, Most];

    /// <summary>As many folds as these rows, and the training rows of an evaluation of them, allow.</summary>
    public static DefaultFolds For(Roles roles)
    {
        var plain = roles.Groups is null && roles.Time is null;
        // Four fifths of four fifths.
        var twice = roles.Count * 16 / 25;
        if (plain && roles.Count >= ManyRows) return new(Most, twice);
        Roles[] parts = [roles, .. outerFolds.SelectMany(count => Split(roles, count)).Select(fold => roles.Take(fold.Train))];
        var most = Enumerable.Range(2, Most - 1).Reverse().FirstOrDefault(count => parts.All(part => Split(part, count).Count > 0), 2);
        return new(most, plain ? twice
            : parts.SelectMany(part => Split(part, most)).Select(fold => fold.Train.Count).DefaultIfEmpty(0).Min());
    }

    // Empty if the rows do not allow as many.
    private static EquatableArray<Fold> Split(Roles roles, int count) =>
        new FoldPlan.Usual(count) { Shuffle = Shuffle.None }.Split(roles).Match(folds => folds, _ => default);
}
