namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// The one fold usual for the rows, by which early stopping and the like are decided: the latest rows where they have
    /// times, whole groups where they have groups, of every class alike where the target holds classes, else rows at random.
    /// </summary>
    /// <param name="Fraction">The share held out, above 0 and below 1; groups and times come as near to it as they can.</param>
    /// <param name="Shuffle">The order in which rows are taken, where neither time nor groups decide.</param>
    public sealed record UsualHoldOut(double Fraction, Shuffle Shuffle = default) : FoldPlan
    {
        // Groups are dealt to so many folds at most, of which one is held out.
        private const int MostFolds = 100;

        public override Outcome<Values<Fold>> Split(Roles roles)
        {
            var plain = new HoldOut(Fraction, Shuffle);
            return roles switch
            {
                { Time: { } times } => plain.Check(roles) ?? Latest(times),
                { Groups: { } groups } => plain.Check(roles) ?? Whole(roles, groups.Distinct().Count()),
                _ => plain.Split(roles),
            };
        }

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }

        // No row of the moment at which what is held out begins is fitted on.
        private Outcome<Values<Fold>> Latest(Values<double> times)
        {
            int[] order = [.. Enumerable.Range(0, times.Count).OrderBy(row => times[row])];
            var start = Math.Clamp((int)Math.Round(order.Length * (1 - Fraction)), 1, order.Length - 1);
            var before = start;
            while (before > 0 && times[order[before - 1]] == times[order[start]]) before--;
            if (before == 0) start = before = Array.FindIndex(order, row => times[row] > times[order[0]]);
            return before <= 0
                ? Refuse("all rows are of the same time, so none are later than others", "Leave the time out, or give times that tell rows apart.")
                : Outcome.Ok(Values.Of(new Fold(Values.From(order.Take(before).Order()), Values.From(order.Skip(start).Order()))));
        }

        private Outcome<Values<Fold>> Whole(Roles roles, int groups)
        {
            if (groups < 2) return Refuse("all rows are of one group, of which none can be held out", "Leave the groups out, or bring rows of other groups.");
            var folds = (int)Math.Clamp(Math.Round(1 / Math.Min(Fraction, 1 - Fraction)), 2, Math.Min(groups, MostFolds));
            FoldPlan plan = roles.Target is Target.Classes ? new StratifiedGroup(folds) : new Group(folds);
            return plan.Split(roles).Map(all =>
            {
                var wanted = Math.Min(Fraction, 1 - Fraction) * roles.Count;
                var nearest = all.MinBy(fold => Math.Abs(fold.Holdout.Count - wanted))!;
                return Values.Of(Fraction <= 0.5 ? nearest : new Fold(nearest.Holdout, nearest.Train));
            });
        }
    }
}
