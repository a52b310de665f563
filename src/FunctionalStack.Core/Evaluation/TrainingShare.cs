namespace FunctionalStack;

/// <summary>A share of training rows. A smaller share is a part of every larger one, and the whole is all rows.</summary>
internal static class TrainingShare
{
    /// <summary>
    /// The rows, ascending. With times they are the latest, and rows with the same time stay together. With groups they are whole groups,
    /// in an order drawn by the seed. Of classes, the same share of each is drawn, and at least one row; the shares are rounded up.
    /// </summary>
    /// <param name="roles">The roles of the training rows.</param>
    /// <param name="share">The share; above 0, at most 1.</param>
    /// <param name="seed">The seed.</param>
    public static EquatableArray<int> Of(Roles roles, double share, Seed seed) => share >= 1 ? EquatableArray.Range(roles.Count)
        : EquatableArray.From((roles switch
        {
            { Time: { } times } => Latest(times, Wanted(roles.Count, share)),
            { Groups: { } groups } => Whole(groups, Wanted(roles.Count, share), seed),
            { Target: Target.Classes classes } => seed.Permutation(roles.Count).GroupBy(row => classes.Codes[row])
                .SelectMany(same => same.ToArray() is var rows ? rows.Take(Wanted(rows.Length, share)) : []),
            _ => seed.Permutation(roles.Count).Take(Wanted(roles.Count, share)),
        }).Order());

    private static int Wanted(int rows, double share) => Math.Clamp((int)Math.Ceiling(rows * share), Math.Min(1, rows), rows);

    private static IEnumerable<int> Latest(EquatableArray<double> times, int wanted)
    {
        if (wanted == 0) return [];
        var from = times.OrderDescending().ElementAt(wanted - 1);
        return Enumerable.Range(0, times.Count).Where(row => times[row] >= from);
    }

    // By the first row of each group in a permutation, groups are drawn in proportion to their sizes.
    private static IEnumerable<int> Whole(EquatableArray<int> groups, int wanted, Seed seed)
    {
        var left = wanted;
        return seed.Permutation(groups.Count).GroupBy(row => groups[row]).Select(group => group.ToArray()).TakeWhile(group =>
        {
            var open = left > 0;
            left -= group.Length;
            return open;
        }).SelectMany(group => group).ToArray();
    }
}
