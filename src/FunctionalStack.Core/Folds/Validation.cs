namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// One fold with the validation rows of a learner, such as those for early stopping: the latest rows if rows have times (training
    /// rows within <see cref="Roles.Gap"/> before them are excluded), otherwise
    /// whole groups if they have groups, otherwise a stratified sample. The share refers to all rows: rows left over by rounding go to
    /// the classes with the largest remainders. A class is never held out entirely, unless all its rows are among the latest.
    /// </summary>
    /// <param name="Share">The share held out; above 0 and below 1.</param>
    /// <param name="Shuffle">The order in which rows or groups are taken. Ignored for rows with times.</param>
    public sealed record Validation(double Share, Shuffle Shuffle = default) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (new HoldOut(Share, Shuffle).Check(roles) is { } refused) return refused;
            return roles switch
            {
                { Time: { } times } => Latest(times, roles.Gap, roles.Groups),
                { Groups: { } groups } => Groups(groups, CodesOf(roles)),
                _ => Rows(roles),
            };
        }

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        // At least one row on each side.
        private int Wanted(int count) => Math.Clamp((int)Math.Round(count * Share), 1, count - 1);

        private static int[] CodesOf(Roles roles) => roles.Target is Target.Classes classes ? classes.Codes.ToArray()
            : new int[roles.Count];

        private Outcome<EquatableArray<Fold>> Rows(Roles roles) =>
            roles.Target is Target.Classes classes && classes.Codes.CountBy(code => code).All(same => same.Value == 1)
            ? Refuse("every class has only one row, so none can be held out", "Add rows, or leave the share out.")
            : new HoldOut(Share, Shuffle).Split(roles);

        // A group is taken if it brings the classes closer to their shares and leaves each class a training row.
        private Outcome<EquatableArray<Fold>> Groups(EquatableArray<int> groups, int[] codes)
        {
            var all = Rows(codes.Length, Shuffle).GroupBy(row => groups[row]).ToArray();
            if (all.Length < 2) return Refuse("all rows belong to one group, which cannot be on both sides",
                "Add rows of another group, or leave the share out.");
            var classes = codes.Max() + 1;
            var totals = Counts(Enumerable.Range(0, codes.Length));
            var held = new HashSet<int>();
            var sofar = new double[totals.Length];
            foreach (var group in all)
            {
                var counts = Counts(group);
                var with = sofar.Zip(counts, (a, b) => a + b).ToArray();
                if (held.Count + 1 == all.Length || totals.Where((total, c) => total > 0 && with[c] == total).Any()
                    || Distance(with) >= Distance(sofar)) continue;
                held.Add(group.Key);
                sofar = with;
            }

            if (held.Count == 0)
            {
                var least =
                    all.Where(group => Counts(group) is var counts && !totals.Where((total, c) => total > 0 && counts[c] == total).Any())
                    .MinBy(group => group.Count());
                if (least is null)
                    return Refuse("every group contains all rows of a class, so none can be held out",
                        "Add groups of each class, or leave the share out.");
                held.Add(least.Key);
            }

            return Of(codes.Length, row => held.Contains(groups[row]));

            double[] Counts(IEnumerable<int> rows)
            {
                var counts = new double[classes];
                foreach (var row in rows) counts[codes[row]]++;
                return counts;
            }

            double Distance(double[] counts) =>
                counts.Zip(totals, (count, total) => (count - total * Share) * (count - total * Share)).Sum();
        }

        // Rows with the same time stay together, and no group is on both sides. The remaining earlier rows are training rows.
        private Outcome<EquatableArray<Fold>> Latest(EquatableArray<double> times, double gap, EquatableArray<int>? groups)
        {
            var order = Enumerable.Range(0, times.Count).OrderBy(row => times[row]).ToArray();
            var from = times[order[^Wanted(times.Count)]];
            if (from == times[order[0]]) from = order.Select(row => times[row]).FirstOrDefault(time => time > from, double.NaN);
            if (double.IsNaN(from)) return Refuse("all rows have the same time",
                "Give times that distinguish the rows, or leave the share out.");
            var known = groups is { } all ? order.Where(row => times[row] >= from).Select(row => all[row]).ToHashSet() : [];
            var train = Enumerable.Range(0, times.Count).Where(row => times[row] < from - gap
                && !(groups is { } group && known.Contains(group[row]))).ToArray();
            return train.Length == 0 && gap > 0
                ? Refuse("no training row is more than the gap before the latest rows",
                    "Hold out a smaller share, or give a smaller gap.")
                : train.Length == 0
                ? Refuse("every group has rows among the latest", "Hold out a smaller share, or leave the groups or the times out.")
                : Outcome.Ok(EquatableArray.Of(new Fold(EquatableArray.Own(train),
                    EquatableArray.From(Enumerable.Range(0, times.Count).Where(row => times[row] >= from)))));
        }

        private static Outcome<EquatableArray<Fold>> Of(int count, Func<int, bool> held) => Outcome.Ok(EquatableArray.Of(new Fold(
            EquatableArray.From(Enumerable.Range(0, count).Where(row => !held(row))),
                EquatableArray.From(Enumerable.Range(0, count).Where(held)))));

        private protected override void Seal() { }
    }
}
