namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>One fold for each number found in <see cref="Roles.Folds"/>, ascending.</summary>
    public sealed record Given : FoldPlan
    {
        public override Outcome<Values<Fold>> Split(Roles roles)
        {
            if (roles.Folds is not { } folds) return Refuse("no fold column was given", "Name the column that says which fold each row is in.");
            var split = Fold.FromAssignment(folds);
            return split.Count < 2
                ? Refuse("the fold column holds only one fold", "Give at least two different fold numbers.")
                : Outcome.Ok(split);
        }

        private protected override void Seal() { }
    }
}
