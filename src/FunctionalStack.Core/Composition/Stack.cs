namespace FunctionalStack;

/// <summary>A learner with the name it goes by in a stack.</summary>
public sealed record Base(string Name, ILearner Learner);

/// <summary>
/// Stacked generalization: cross-fitted bases side by side, and a meta learner on their out-of-fold predictions. Sugar
/// for <c>Union(bases.CrossFit(plan), Identity?).Then(meta)</c>; a stack is a learner, so levels nest.
/// </summary>
/// <param name="Bases">The learners of this level, under distinct names.</param>
/// <param name="Meta">The learner of the level above.</param>
/// <param name="Plan">The folds that all bases share.</param>
/// <param name="Combine">Which models answer for later rows.</param>
/// <param name="StackOn">What the bases hand upward.</param>
/// <param name="Passthrough">Original columns that the meta learner sees as well; null for none.</param>
/// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
public sealed record Stack(
    Values<Base> Bases,
    ILearner Meta,
    FoldPlan Plan,
    Combine Combine = Combine.Average,
    StackOn? StackOn = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop) : IGraphLearner, IBaseReader
{
    public string Name => "stack";

    /// <summary>The level below the meta learner.</summary>
    public Union Level => new(
        [.. Bases.Select(b => new Part(b.Name, b.Learner.CrossFit(b.Name, Plan, Combine, StackOn)) { IsOptional = true }),
            .. Passthrough is null ? Array.Empty<Part>() : [new Part("passthrough", Passthrough)]],
        OnFailure);

    /// <summary>What this stack stands for.</summary>
    public Pipeline Expand() => Level.Then(Meta);

    /// <summary>Fails, before anything is fitted, without bases, where two share a name, or where columns pass through to a meta learner that reads bases only; and as its parts do.</summary>
    public Outcome<IModel> Fit(Dataset data, Seed seed) => Refusal is { } failure ? new Outcome<IModel>.Fail(failure) : Expand().Fit(data, seed);

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed) =>
        Refusal is { } failure ? scope.Failed<IModel>(failure) : scope.Fit(Expand(), seed);

    private Failure? Refusal => Bases.Count == 0 ? new(Name, "has no bases", "Give it at least one.")
        : Bases.GroupBy(b => b.Name).FirstOrDefault(same => same.Count() > 1) is { } twice ? new(Name, $"two bases are named '{twice.Key}'", "Give each base a name of its own.")
        : Passthrough is not null && Meta is IBaseReader { ReadsBasesOnly: true } ? new(Name, $"{Meta.Name} weighs what bases say, but original columns pass through to it", "Leave out passthrough, or take another meta learner.")
        : null;

    bool IBaseReader.ReadsBasesOnly => Bases.Any(b => b.Learner is IBaseReader { ReadsBasesOnly: true });

    /// <summary>The seed that a base's refit on all rows uses when this stack is fitted by <paramref name="seed"/>.</summary>
    public static Seed RefitSeedOf(string name, Seed seed) => FunctionalStack.CrossFit.RefitSeed(seed.Fork("transform").Fork(name));
}
