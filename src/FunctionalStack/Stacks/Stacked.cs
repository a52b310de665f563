namespace FunctionalStack;

/// <summary>
/// A level of bases under a learner. It means <see cref="Stack"/>, but for one thing that only the rows know: which
/// folds are usual for them.
/// </summary>
/// <param name="Level">The bases and how they are cross-fitted.</param>
/// <param name="Meta">The learner above.</param>
public sealed record Stacked(Stacking Level, ILearner Meta) : IGraphLearner, IBaseReader
{
    public string Name => "stack";

    /// <summary>The stack this is for such rows.</summary>
    public Stack For(Roles roles) => Over(Level.PlanFor(roles));

    private Stack Over(FoldPlan plan) =>
        new(Level.Bases, Level.Prune ? new Pruned(Meta, plan) : Meta, plan, Level.Combine, Level.StackOn, Level.Passthrough, Level.OnFailure);

    public Outcome<IModel> Fit(Dataset data, Seed seed) => For(data.Roles).Fit(data, seed);

    bool IBaseReader.ReadsBasesOnly => Level.Bases.Any(b => b.Learner is IBaseReader { ReadsBasesOnly: true });

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed) => scope.Fit(For(scope.Roles), seed);
}
