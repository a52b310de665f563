namespace FunctionalStack;

/// <summary>A named learner of a stack or vote.</summary>
/// <param name="Name">The name in columns, scores and messages.</param>
/// <param name="Learner">The learner.</param>
public sealed record Base(string Name, ILearner Learner);

/// <summary>
/// Stacked generalization: several cross-fitted bases, and a meta-learner fitted on their out-of-fold predictions. Equal to
/// <c>Union(bases.CrossFit(plan), Identity?).Then(meta)</c>. A stack is a learner, so stacks can be nested.
/// </summary>
/// <param name="Bases">The base learners, with distinct names.</param>
/// <param name="Meta">The meta-learner.</param>
/// <param name="Plan">The folds shared by all bases.</param>
/// <param name="Combine">Which models predict new rows.</param>
/// <param name="StackColumns">How the bases' predictions become columns.</param>
/// <param name="Passthrough">Original columns passed to the meta-learner too; null for none.</param>
/// <param name="OnFailure">What happens if a base cannot be fitted.</param>
public sealed record Stack(
    EquatableArray<Base> Bases,
    ILearner Meta,
    FoldPlan Plan,
    Combine Combine = Combine.Average,
    StackColumns? StackColumns = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop) : ICompositeLearner
{
    /// <summary>The name of a stack of one base under a calibration.</summary>
    public const string Calibrated = "calibrated";

    /// <summary>The name in reports.</summary>
    public string Name { get; init; } = "stack";

    /// <summary>The transform that cross-fits the bases and produces the meta-learner's columns.</summary>
    public Union Level => new(
        [
            // A single base cannot be left out, but one of its own bases could be.
            .. Bases.Select(b =>
                new Part(b.Name, b.Learner.CrossFit(b.Name, Plan, Combine, StackColumns)) { IsOptional = Bases.Count > 1 }),
            .. Passthrough is null ? Array.Empty<Part>() : [new Part("passthrough", Passthrough)],
        ],
        OnFailure);

    /// <inheritdoc/>
    // The meta-learner reads predictions, unless original columns are passed through.
    public Capabilities Capabilities =>
        new Capabilities(Meta.Capabilities.Targets, Passthrough is null || Meta.Capabilities.MissingValues,
            Passthrough is null || Meta.Capabilities.Categories, Meta.Capabilities.Weights)
        .And(Bases.Select(b => b.Learner.Capabilities));

    Complexity ILearner.Complexity => Complexity.Stack;

    IEnumerable<Component> ISpec.Components => [new("", Level), new("meta-learner", Meta) { After = Level }];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => Bases.Select(b => b.Name).Append(Name);

    EquatableArray<Failure> ISpec.Validate() => Bases.Count == 0 ? [new(Name, "has no bases", "Give it at least one.")]
        : Ensure.Twice(Bases.Select(b => b.Name)) is { } twice
        ? [new(Name, $"two bases are named '{twice}'", "Give each base a different name.")]
        : Meta.Capabilities.Above(Meta.Name, Bases.Count) is { } tooMany ? [tooMany]
        : Passthrough is not null && Meta.Capabilities.PredictionsOnly
        ? [new(Name, $"{Meta.Name} weights the predictions of bases, but original columns are passed through to it",
            "Leave out passthrough, or use another meta-learner.")]
        : default;

    /// <summary>The seeds of the stack's parts when the stack is fitted with <paramref name="seed"/>.</summary>
    public static StackSeeds Seeds(Seed seed) => new(seed);

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        var (seeds, stack) = (Seeds(seed), Seeded(seed));
        var level = rows.Fit(stack.Level, seeds.Level);
        var metaRows = rows.After(level).Unscored.Required;
        var meta = metaRows.Fit(Meta, seeds.Meta);
        // Needed only for the score. If it fails, the stack can still be fitted.
        var second = rows.IsScored ? metaRows.Tolerant.Fit(Meta.CrossFit(Name, stack.Plan), seeds.LevelTwo) : null;
        return rows.Join(second is null ? [level.Fitted, meta.Trained] : [level.Fitted, meta.Trained, second.Fitted], () =>
            from bases in level.Fitted.Outcome
            from trained in meta.Trained.Outcome
            from own in Own(second)
            select new Trained(new PipelineModel(bases.Map, trained.Model))
            {
                OutOfFold = [.. bases.OutOfFold, .. own.Select(part => part.Within(level.Covered) with { Role = "stack" })],
                Searches = [.. bases.Searches, .. trained.Searches.Select(one => one.At("meta-learner"))],
            });
    }

    private static Outcome<EquatableArray<OutOfFold>> Own(FittedTransform? second) =>
        second is null ? Outcome.Ok(default(EquatableArray<OutOfFold>)) : second.Fitted.Outcome.Match(
        fitted => Outcome.Ok(fitted.OutOfFold),
        failure =>
            Outcome.Ok(default(EquatableArray<OutOfFold>))
                .Noting([new Note(failure.Where, $"the stack could not be scored: {failure.What}")]));

    // With the seed of its refit: if the stack refits too, the graph fits it once.
    IEnumerable<FittedBase> ICompositeLearner.Bases(FitRows rows, Seed seed) => Bases.Select(b =>
    {
        var mayFail = OnFailure == OnFailure.LeaveOut;
        var branch = Bases.Count > 1 ? rows.Unscored.Optional(b.Name, b == Bases[0]) : rows.Unscored;
        var own = mayFail ? branch.Tolerant : branch;
        return new FittedBase(b.Name, own.Named(b.Name).Fit(b.Learner, Seeds(seed).RefitOf(b.Name)),
            mayFail)
        { Complexity = b.Learner.Complexity };
    });

    private Stack Seeded(Seed seed) => this with { Plan = Plan.Seeded(Seeds(seed).Folds) };
}

/// <summary>The seeds of a stack's parts.</summary>
/// <param name="Seed">The stack's seed.</param>
public readonly record struct StackSeeds(Seed Seed)
{
    /// <summary>The seed of a plan that shuffles with the seed of the fit.</summary>
    public Seed Folds => FoldPlan.SeedOf(Seed);

    /// <summary>The seed of the union of cross-fitted bases.</summary>
    public Seed Level => Pipeline.TransformSeed(Seed);

    /// <summary>The seed of the meta-learner fitted on all covered rows.</summary>
    public Seed Meta => Pipeline.LearnerSeed(Seed);

    /// <summary>The seed of the cross-fitted meta-learner, used for its score.</summary>
    public Seed LevelTwo => Seed.Fork("level two");

    /// <summary>The seed of one base's cross-fit.</summary>
    public Seed Of(string name) => Level.Fork(name);

    /// <summary>The seed of one base's refit on all rows.</summary>
    public Seed RefitOf(string name) => CrossFit.RefitSeed(Of(name));
}
