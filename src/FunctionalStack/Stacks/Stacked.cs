namespace FunctionalStack;

/// <summary>
/// A level of bases under a learner. It means <see cref="Stack"/>, but for one thing that only the target knows:
/// stratified folds where there are classes, plain folds where there are values.
/// </summary>
/// <param name="Level">The bases and how they are cross-fitted.</param>
/// <param name="Meta">The learner above.</param>
public sealed record Stacked(Stacking Level, ILearner Meta) : IGraphLearner
{
    public string Name => "stack";

    /// <summary>The stack this is for such a target.</summary>
    public Stack For(Target target) =>
        new(Level.Bases, Meta, PlanFor(target, Level.Plan), Level.Combine, Level.StackOn, Level.Passthrough, Level.OnFailure);

    public Outcome<IModel> Fit(Dataset data, Seed seed) => For(data.Target).Fit(data, seed);

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed) => scope.Fit(For(scope.Roles.Target), seed);

    private static FoldPlan PlanFor(Target target, FoldPlan plan) => (target, plan) switch
    {
        (Target.Values, FoldPlan.Stratified stratified) => new FoldPlan.KFold(stratified.K, stratified.Shuffle),
        (Target.Values, FoldPlan.StratifiedGroup groups) => new FoldPlan.Group(groups.K),
        (Target.Values, FoldPlan.Repeated repeated) => repeated with { Plan = PlanFor(target, repeated.Plan) },
        _ => plan,
    };
}
