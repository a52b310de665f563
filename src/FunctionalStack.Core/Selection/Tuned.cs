namespace FunctionalStack;

/// <summary>
/// Selects the best of several candidates by cross-validation, and fits it on all rows. Candidates are points of a search space over
/// the parameters of a learner or composition, or given learners. The best has the lowest mean log-loss, or RMSE, over the inner folds,
/// which all candidates share. Of equal ones, the first is chosen. The model is that of the best candidate.
/// </summary>
/// <remarks>
/// All candidates are fitted with the same seeds, so that parts on which they agree are fitted once: tuning the meta-learner of a stack
/// refits no base. The fit on all rows has the seed of the whole: it equals the best candidate's own fit. A candidate that cannot be fitted
/// is left out, with a note. With a time budget (<see cref="Budget"/>), all trials but the first may be skipped. The choice then depends on
/// time, as a note reports. Points are drawn with the seed's fork <c>"points"</c>, rows of halving with <c>"rows"</c>.
/// </remarks>
/// <param name="Learner">The learner that is tuned: any learner, pipeline or stack. Null if candidates are given.</param>
/// <param name="Space">The search space; null for the default one of the learner (<see cref="ITunable"/>), whose first trial is the learner
/// itself, unless a grid is searched.</param>
/// <param name="Search">Which points are tried. Of given candidates, all are.</param>
/// <param name="Trials">The number of points drawn, at least 1; null for 20. Not for a grid.</param>
/// <param name="Candidates">Learners with distinct names, instead of a learner and its space.</param>
/// <param name="Folds">The inner folds; null for 5 of the default plan (<see cref="FoldPlan.Usual"/>).</param>
public sealed record Tuned(ILearner? Learner = null, SearchSpace? Space = null, Search Search = Search.Random, int? Trials = null,
    EquatableArray<Base> Candidates = default, FoldPlan? Folds = null) : ICompositeLearner
{
    private const int UsualTrials = 20;

    private const int MostCandidates = 10_000;

    /// <inheritdoc/>
    public string Name => "tuned";

    /// <inheritdoc/>
    public Capabilities Capabilities => Bases is [var first, .. var others]
        ? first.Capabilities.And(others.Select(one => one.Capabilities)) : new();

    Complexity ILearner.Complexity => Bases.Select(one => one.Complexity).DefaultIfEmpty(Complexity.Nonlinear).Max();

    IEnumerable<Component> ISpec.Components => Learner is null
        ? Candidates.Select(one => new Component(one.Name, one.Learner)) : [new("", Learner)];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames =>
        Bases.Select(one => (one as ICompositeLearner)?.OutOfFoldNames.ToArray() ?? []).ToArray() is [var first, .. var others]
            && others.All(names => names.SequenceEqual(first)) ? first : [];

    private ILearner[] Bases => Learner is null ? [.. Candidates.Select(one => one.Learner)] : [Learner];

    private SearchSpace? Searched => Space ?? DefaultOf(Learner);

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, [.. Learner is null ? OfCandidates() : OfSpace(Learner)]);

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        // Candidates often differ in the learner alone.
        rows = rows.Expanded;
        var split = rows.Split((Folds ?? new FoldPlan.Usual()).Seeded(FoldPlan.SeedOf(seed))).At(Name);
        var started = from candidates in Expand(seed) from folds in split.WithoutNotes() select (candidates, folds);
        return started.Match(
            one =>
            {
                var least = one.folds.Min(fold => fold.Train.Count);
                var rounds = Search == Search.Halving ? Halving.Of(one.candidates.Count, least) : new(1);
                return new Rounds(Name, seed, one.folds, rounds, one.candidates).From(rows)
                    .Through(outcome => outcome.Noting(split.Notes));
            },
            rows.Failed<Trained>);
    }

    private static SearchSpace? DefaultOf(ILearner? learner) => learner switch
    {
        Pipeline pipeline => DefaultOf(pipeline.Learner),
        ITunable tunable => tunable.DefaultSpace,
        _ => null,
    };

    private Outcome<EquatableArray<Candidate>> Expand(Seed seed) => Learner is null
        ? Outcome.Ok(EquatableArray.From(Candidates.Select((one, i) => new Candidate(i, one.Name, default, one.Learner))))
        : Points(Learner, seed.Fork("points")).At(Name).Bind(points => Outcome.All(points.Select((point, i) =>
            SearchPoints.At(Learner, point).At(Name)
                .Map(made => new Candidate(i, string.Join(", ", made.Point), made.Point, made.Learner)))));

    // A default space is searched around the learner itself, so that the search never ends with less.
    private Outcome<EquatableArray<EquatableArray<Setting>>> Points(ILearner learner, Seed seed) => (Search, Space) switch
    {
        (Search.Grid, _) => Outcome.Ok(EquatableArray.From(SearchPoints.Grid(Searched!))),
        (_, { } space) => Outcome.Ok(EquatableArray.From(SearchPoints.Draw(learner, space, Trials ?? UsualTrials, seed))),
        _ => SearchPoints.Own(learner, Searched!).Map(own => EquatableArray.From(
            SearchPoints.Draw(learner, Searched!, (Trials ?? UsualTrials) - 1, seed).Where(point => point != own).Prepend(own))),
    };

    private IEnumerable<Failure?> OfCandidates() => new Failure?[]
    {
        Candidates.Count > 0 ? null : new Failure("", "there is no learner to tune", "Give a learner, or candidates."),
        Ensure.Distinct("candidates", Candidates.Select(one => one.Name)),
        Space is null ? null : new Failure("space", "is given without a learner", "Give the learner, or leave the space out."),
        Trials is null ? null : new Failure("trials", "is given, but every candidate is tried", "Leave trials out."),
    };

    private IEnumerable<Failure?> OfSpace(ILearner learner)
    {
        if (Candidates.Count > 0) return [new Failure("", "both a learner and candidates are given", "Give one of the two.")];
        if (Searched is not { Parameters.Count: > 0 } space)
        {
            return [new Failure("space", $"is empty, and {learner.Name} has no default one", "Give at least one parameter.")];
        }

        var faults = SearchPoints.Faults(learner, space).ToArray();
        if (faults.Length > 0) return faults;
        return
        [
            Trials is { } trials ? Ensure.InRange("trials", trials, 1, MostCandidates) : null,
            Ensure.Defined("search", Search),
            .. Search == Search.Grid ? OfGrid(space) : [],
        ];
    }

    private IEnumerable<Failure?> OfGrid(SearchSpace space) => new Failure?[]
    {
        Trials is null ? null : new Failure("trials", "is given, but a grid tries every point", "Leave trials out, or search at random."),
        space.Parameters.FirstOrDefault(one => one.Values is SearchValues.Range) is { } range
            ? new Failure($"space: {range.Path}", "is a range, but a grid needs lists", "Give a list of values, or search at random.")
            : null,
        SearchPoints.Count(space) is > MostCandidates and var count
            ? new Failure("space", $"the grid has {count} points", $"Give at most {MostCandidates}, or search at random.") : null,
    };
}
