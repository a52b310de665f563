namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>One fold: a part of the rows held out (of every class alike, where there are classes), the rest to fit on.</summary>
    /// <param name="Fraction">The share held out; above 0 and below 1. Rounded, with at least one row on each side.</param>
    /// <param name="Shuffle">The order in which rows are taken; unless given, the last rows (of each class) are held out.</param>
    public sealed record HoldOut(double Fraction, Shuffle Shuffle = default) : FoldPlan
    {
        public override Outcome<Values<Fold>> Split(Roles roles)
        {
            if (Awaiting(Shuffle) is { } awaiting) return awaiting;
            if (!(Fraction > 0 && Fraction < 1)) return Refuse($"a share of {Fraction} was to be held out", "Name a share above 0 and below 1.");
            if (roles.Count < 2) return Refuse($"there are only {roles.Count} rows", "Bring at least 2.");
            var rows = Rows(roles.Count, Shuffle);
            var strata = roles.Target is Target.Classes classes ? rows.GroupBy(row => classes.Codes[row]) : rows.GroupBy(_ => 0);
            var held = strata.SelectMany(stratum => stratum.Reverse().Take((int)Math.Round(stratum.Count() * Fraction))).ToHashSet();
            if (held.Count == 0) held.Add(rows[^1]);
            if (held.Count == rows.Length) held.Remove(rows[0]);
            return Outcome.Ok(Values.Of(new Fold(
                Values.From(rows.Where(row => !held.Contains(row)).Order()),
                Values.From(held.Order()))));
        }

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
