namespace FunctionalStack.Learners;

/// <summary>
/// Bagging (Breiman, Machine Learning 24, 1996): fits a learner on many samples of rows, and optionally of columns (random
/// subspaces, Ho 1998). Predicts the mean of the members' probabilities or predicted values. It improves learners with high
/// variance, such as trees.
/// </summary>
/// <remarks>
/// The seed of member <c>m</c> is <c>seed.Fork("member").Fork(m)</c>. Its rows are drawn with that seed's fork <c>"rows"</c>, its
/// columns and its fit use the seed itself. A bag of all rows and columns, without replacement, therefore equals the learner.
/// Rows of weight 0 are never drawn. Members get the weights of their rows. If rows have groups, a row is out-of-bag only for members
/// that were fitted on no row of its group.
/// </remarks>
/// <param name="Learner">The learner; null for a decision tree.</param>
/// <param name="Members">The number of members; at least 1.</param>
/// <param name="RowShare">The number of rows per member, as a fraction of the rows of positive weight; above 0 and at most 1. Rounded down
/// to at least one row.</param>
/// <param name="ColumnShare">The number of columns per member, drawn without replacement, as a fraction of all; above 0 and at most 1.
/// Rounded down to at least one.</param>
/// <param name="Replacement">Whether rows are drawn with replacement (bootstrap) or without (pasting).</param>
public sealed record Bagging(ILearner? Learner = null, int Members = 10, double RowShare = 1, double ColumnShare = 1,
    bool Replacement = true) : ICompositeLearner
{
    /// <inheritdoc/>
    public string Name => "bagging";

    /// <inheritdoc/>
    public Capabilities Capabilities => Member.Capabilities;

    IEnumerable<Component> ISpec.Components => [new("", Member)];

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("members", Members),
        Ensure.Share("rowShare", RowShare),
        Ensure.Share("columnShare", ColumnShare));

    // A BaggingModel. Fails if no row has positive weight, or if a member fails.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed) => Bags(rows.Roles, seed).Match(
        bags =>
        {
            var members = bags.Select((bag, m) =>
            {
                var model = rows.Take(bag.InBag).Fit(Member, SeedOf(seed, m), NameOf(m));
                return (bag.OutOfBag, model.Trained, Prediction: bag.OutOfBag.Count == 0 ? null : model.Predict(rows.Take(bag.OutOfBag)));
            }).ToArray();
            return rows.Join(members.SelectMany(member =>
                member.Prediction is null ? [member.Trained] : new Deferred[] { member.Trained, member.Prediction }), () =>
                    Outcome.All(members.Select(member =>
                    from trained in member.Prediction is null ? member.Trained.Outcome : member.Trained.Outcome.WithoutNotes()
                    from prediction in member.Prediction is null
                        ? Outcome.Ok<Prediction?>(null) : member.Prediction.Outcome.Map<Prediction?>(known => known)
                    select new BagMember(trained.Model, member.OutOfBag, prediction)))
                .Map(all => new Trained(Join(rows.Roles, all))));
        },
        rows.Failed<Trained>);

    private ILearner Member =>
        (Learner ?? new DecisionTree()) is var learner && ColumnShare < 1 ? new DrawColumns(ColumnShare).Then(learner) : learner;

    private static Seed SeedOf(Seed seed, int member) => seed.Fork("member").Fork(member);

    private string NameOf(int member) => $"member {member + 1} of {Members}";

    private Outcome<EquatableArray<Bag>> Bags(Roles roles, Seed seed) => TrainingRows.RowsOfWeight(roles, Name).Map(rows =>
        EquatableArray.From(Enumerable.Range(0, Members).Select(m =>
            Bag.Draw(rows, roles.Groups, Math.Max(1, (int)(RowShare * rows.Count)), Replacement, SeedOf(seed, m).Fork("rows")))));

    private static IModel Join(Roles roles, EquatableArray<BagMember> members) =>
        new BaggingModel(EquatableArray.From(members.Select(member => member.Model)), OutOfBagPredictions.Of(roles, members));
}

/// <summary>A fitted bagging ensemble.</summary>
/// <param name="Members">The models, in the order of their seeds.</param>
/// <param name="OutOfBag">The out-of-bag predictions; null if no row is out-of-bag for any member.</param>
public sealed record BaggingModel(EquatableArray<IModel> Members, OutOfBagPredictions? OutOfBag) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Members.Count > 0 ? null : "no member";

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => new AveragedModel(Members).Predict(rows);
}
