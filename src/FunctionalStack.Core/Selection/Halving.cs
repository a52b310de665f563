namespace FunctionalStack;

/// <summary>The rounds of a search: one of all rows, or successive halving with factor 3.</summary>
/// <param name="Rounds">The number of rounds; at least 1. The last one uses all training rows.</param>
internal readonly record struct Halving(int Rounds)
{
    private const int Factor = 3;

    // With fewer training rows, scores hardly tell candidates apart.
    private const int LeastRows = 100;

    /// <summary>As many rounds as leave one to three candidates for the last, and the first at least 100 training rows.</summary>
    public static Halving Of(int candidates, int rows)
    {
        var rounds = 1;
        for (var (left, share) = (candidates, rows); left > Factor && share >= LeastRows * Factor; rounds++)
        {
            (left, share) = (Kept(left), share / Factor);
        }

        return new(rounds);
    }

    /// <summary>The number of candidates that go on to the next round.</summary>
    public static int Kept(int candidates) => (candidates + Factor - 1) / Factor;

    /// <summary>The training rows of a fold in a round: a sample, stratified for classes, of whole groups, and the latest of rows with
    /// times. All rows in the last round, and if they cannot be sampled.</summary>
    public EquatableArray<int> Sample(EquatableArray<int> train, Roles roles, int round, Seed seed)
    {
        var share = Math.Pow(Factor, round - (Rounds - 1));
        return round == Rounds - 1
            ? train
            : new FoldPlan.Validation(share, seed).Split(roles.Take(train)).Match(folds => train.At(folds[0].Holdout), _ => train);
    }
}
