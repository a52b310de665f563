namespace FunctionalStack;

/// <summary>A learner with the name it goes by in a stack.</summary>
public sealed record Base(string Name, ILearner Learner);

/// <summary>
/// Stacked generalization: cross-fitted bases side by side, and a meta-learner on their out-of-fold predictions:
/// <c>Union(bases.CrossFit(plan), Identity?).Then(meta)</c>. A stack is a learner, so levels nest.
/// </summary>
/// <param name="Bases">The learners of this level, under distinct names.</param>
/// <param name="Meta">The meta-learner.</param>
/// <param name="Plan">The folds that all bases share.</param>
/// <param name="Combine">Which models answer for later rows.</param>
/// <param name="StackColumns">What columns the bases' predictions become.</param>
/// <param name="Passthrough">Original columns that the meta-learner sees as well; null for none.</param>
/// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
public sealed record Stack(
    EquatableArray<Base> Bases,
    ILearner Meta,
    FoldPlan Plan,
    Combine Combine = Combine.Average,
    StackColumns? StackColumns = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop) : ICompositeLearner
{
    /// <summary>What reports call it.</summary>
    public string Name { get; init; } = "stack";

    /// <summary>The level below the meta-learner.</summary>
    public Union Level => new(
        [
            // A lone base could not be left out, but one of its own bases could.
            .. Bases.Select(b => new Part(b.Name, b.Learner.CrossFit(b.Name, Plan, Combine, StackColumns)) { IsOptional = Bases.Count > 1 }),
            .. Passthrough is null ? Array.Empty<Part>() : [new Part("passthrough", Passthrough)],
        ],
        OnFailure);

    // What the meta-learner reads are predictions, unless columns pass through to it as they are.
    public Capabilities Capabilities => new Capabilities(Meta.Capabilities.Targets, Passthrough is null || Meta.Capabilities.MissingValues, Passthrough is null || Meta.Capabilities.Categories, Meta.Capabilities.Weights)
        .And(Bases.Select(b => b.Learner.Capabilities));

    IEnumerable<Component> ISpec.Components => [new("", Level), new("meta-learner", Meta) { After = Level }];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => Bases.Select(b => b.Name).Append(Name);

    EquatableArray<Failure> ISpec.Validate() => Bases.Count == 0 ? [new(Name, "has no bases", "Give it at least one.")]
        : Ensure.Twice(Bases.Select(b => b.Name)) is { } twice ? [new(Name, $"two bases are named '{twice}'", "Give each base a name of its own.")]
        : Meta.Capabilities.Above(Meta.Name, Bases.Count) is { } tooMany ? [tooMany]
        : Passthrough is not null && Meta.Capabilities.PredictionsOnly ? [new(Name, $"{Meta.Name} weighs the predictions of bases, but original columns pass through to it", "Leave out passthrough, or take another meta-learner.")]
        : default;

    /// <summary>The seeds that its parts are fitted by when the stack is fitted by <paramref name="seed"/>.</summary>
    public static StackSeeds Seeds(Seed seed) => new(seed);

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        var (seeds, stack) = (Seeds(seed), Seeded(seed));
        var level = rows.Fit(stack.Level, seeds.Level);
        var above = rows.After(level).Unscored.Required;
        var meta = above.Fit(Meta, seeds.Meta);
        // Only for the score: where it cannot be had, the stack can.
        var second = rows.IsScored ? above.Tolerant.Fit(Meta.CrossFit(Name, stack.Plan), seeds.LevelTwo) : null;
        return rows.Join(second is null ? [level.Fitted, meta.Trained] : [level.Fitted, meta.Trained, second.Fitted], () =>
            from bases in level.Fitted.Outcome
            from trained in meta.Trained.Outcome
            from own in Own(second)
            select new Trained(new PipelineModel(bases.Map, trained.Model))
            {
                OutOfFold = [.. bases.OutOfFold, .. own.Select(part => part.Within(level.Covered) with { Role = "stack" })],
            });
    }

    private static Outcome<EquatableArray<OutOfFold>> Own(FittedTransform? second) => second is null ? Outcome.Ok(default(EquatableArray<OutOfFold>)) : second.Fitted.Outcome.Match(
        fitted => Outcome.Ok(fitted.OutOfFold),
        failure => Outcome.Ok(default(EquatableArray<OutOfFold>)).Noting([new Note(failure.Where, $"the stack has no score of its own: {failure.What}")]));

    // By the seed of its refit: where the stack refits too, the graph fits it once.
    IEnumerable<FittedBase> ICompositeLearner.Bases(FitRows rows, Seed seed) => Bases.Select(b =>
    {
        var mayFail = OnFailure == OnFailure.LeaveOut;
        var branch = Bases.Count > 1 ? rows.Unscored.Optional(b.Name, b == Bases[0]) : rows.Unscored;
        var own = mayFail ? branch.Tolerant : branch;
        return new FittedBase(b.Name, own.Named(b.Name).Fit(b.Learner, Seeds(seed).RefitOf(b.Name)), mayFail);
    });

    private Stack Seeded(Seed seed) => this with { Plan = Plan.Seeded(Seeds(seed).Folds) };
}

/// <summary>The seeds that a stack's parts are fitted by.</summary>
/// <param name="Seed">The stack's own.</param>
public readonly record struct StackSeeds(Seed Seed)
{
    /// <summary>What a plan that shuffles by the seed of the fit shuffles by.</summary>
    public Seed Folds => FoldPlan.SeedOf(Seed);

    /// <summary>The union of cross-fitted bases.</summary>
    public Seed Level => Pipeline.TransformSeed(Seed);

    /// <summary>The meta-learner on all covered rows.</summary>
    public Seed Meta => Pipeline.LearnerSeed(Seed);

    /// <summary>The meta-learner cross-fitted, for its score.</summary>
    public Seed LevelTwo => Seed.Fork("level two");

    /// <summary>The cross-fit of one base.</summary>
    public Seed Of(string name) => Level.Fork(name);

    /// <summary>One base's refit on all rows.</summary>
    public Seed RefitOf(string name) => CrossFit.RefitSeed(Of(name));
}
