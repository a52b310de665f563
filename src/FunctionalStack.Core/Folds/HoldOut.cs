namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// One fold: a fraction of the rows is held out, stratified for classification. The rest are training rows. Each class
    /// keeps at least one training row, unless every class has only one row.
    /// </summary>
    /// <param name="Fraction">The fraction held out; above 0 and below 1. Rounded, with at least one row on each side.</param>
    /// <param name="Shuffle">The order in which rows are taken. Without it, the last rows (of each class) are held out.</param>
    public sealed record HoldOut(double Fraction, Shuffle Shuffle = default) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (Check(roles) is { } refused) return refused;
            var rows = Rows(roles.Count, Shuffle);
            var strata = (roles.Target is Target.Classes classes ? rows.GroupBy(row => classes.Codes[row]) : rows.GroupBy(_ => 0))
                .OrderBy(stratum => stratum.Key).Select(stratum => stratum.Reverse().ToArray()).ToArray();
            var wanted = Math.Clamp((int)Math.Round(rows.Length * Fraction), 1, rows.Length - 1);
            var taken = Array.ConvertAll(strata, stratum => Math.Min((int)(stratum.Length * Fraction), stratum.Length - 1));

            // Rows left over by rounding down go to the classes with the largest remainder, then to the largest class.
            while (taken.Sum() < wanted && Enumerable.Range(0, strata.Length).Where(at => taken[at] < strata[at].Length - 1)
                .OrderByDescending(at => strata[at].Length * Fraction - taken[at]).ThenByDescending(at => strata[at].Length)
                .Cast<int?>().FirstOrDefault() is { } next)
            {
                taken[next]++;
            }

            // Every class has only one row.
            if (taken.Sum() == 0) taken[0] = 1;
            var held = strata.SelectMany((stratum, at) => stratum.Take(taken[at])).ToHashSet();
            return Outcome.Ok(EquatableArray.Of(new Fold(
                EquatableArray.From(rows.Where(row => !held.Contains(row)).Order()),
                EquatableArray.From(held.Order()))));
        }

        internal Outcome<EquatableArray<Fold>>? Check(Roles roles) => Awaiting(Shuffle)
            ?? (!(Fraction > 0 && Fraction < 1) ? Refuse($"the fraction is {Fraction}", "Give a number above 0 and below 1.")
            : roles.Count < 2 ? Refuse($"there are only {roles.Count} rows", "Give at least 2.")
            : null);

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
