namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>One fold per distinct value of <see cref="Roles.Folds"/>, ascending. Fails if the rows of a group are in several
    /// folds.</summary>
    public sealed record Given : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (roles.Folds is not { } folds)
                return Refuse("no fold column was given", "Name the column with the fold number of each row.");
            if (roles.Groups is { } groups && Torn(groups, folds) is { } row)
                return Refuse($"row {row} is in another fold than earlier rows of its group",
                    "Give all rows of a group the same fold, or leave the groups out.");
            var split = Fold.FromAssignment(folds);
            return split.Count < 2
                ? Refuse("the fold column holds only one fold", "Give at least two different fold numbers.")
                : Outcome.Ok(split);
        }

        // 1-based, like all rows in messages.
        private static int? Torn(EquatableArray<int> groups, EquatableArray<int> folds)
        {
            var of = new Dictionary<int, int>();
            for (var row = 0; row < groups.Count; row++)
            {
                if (!of.TryAdd(groups[row], folds[row]) && of[groups[row]] != folds[row]) return row + 1;
            }

            return null;
        }

        private protected override void Seal() { }
    }
}
