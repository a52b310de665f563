namespace FunctionalStack.Learners;

/// <summary>
/// Bagging (Breiman, Machine Learning 24, 1996): one learner on many samples of rows, and of columns if asked (Ho's random
/// subspaces, 1998); probabilities and estimates are the mean of the members'. It helps learners that small changes of the
/// data change much, such as trees.
/// </summary>
/// <remarks>
/// Member <c>m</c> comes from <c>seed.Fork("member").Fork(m)</c>: its rows are drawn by that seed's fork <c>"rows"</c>, its
/// columns and its fit by the seed itself, so that a bag of all rows and columns, without replacement, is the learner.
/// Rows of weight 0 are never drawn; weights go to the members with their rows.
/// </remarks>
/// <param name="Learner">What is fitted; null for a decision tree.</param>
/// <param name="Members">At least 1.</param>
/// <param name="RowShare">Rows drawn for each member, as a share of those that have weight, rounded down to at least one row; above 0 and at most 1.</param>
/// <param name="ColumnShare">Columns drawn for each member, without replacement, as a share of all, rounded down to at least one; above 0 and at most 1.</param>
/// <param name="Replacement">Whether a row may be drawn again: a bootstrap sample. Otherwise each is drawn at most once (pasting).</param>
public sealed record Bagging(ILearner? Learner = null, int Members = 10, double RowShare = 1, double ColumnShare = 1, bool Replacement = true) : ICompositeLearner
{
    public string Name => "bagging";

    public Capabilities Capabilities => Member.Capabilities;

    IEnumerable<Component> ISpec.Components => [new("", Member)];

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("members", Members),
        Ensure.Share("rowShare", RowShare),
        Ensure.Share("columnShare", ColumnShare));

    // A BaggingModel. Fails where no row has weight, and where a member fails.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed) => Bags(rows.Roles, seed).Match(
        bags =>
        {
            var members = bags.Select((bag, m) =>
            {
                var model = rows.Take(bag.InBag).Fit(Member, SeedOf(seed, m), NameOf(m));
                return (bag.OutOfBag, model.Trained, Prediction: bag.OutOfBag.Count == 0 ? null : model.Predict(rows.Take(bag.OutOfBag)));
            }).ToArray();
            return rows.Join(members.SelectMany(member => member.Prediction is null ? [member.Trained] : new Deferred[] { member.Trained, member.Prediction }), () => Outcome.All(members.Select(member =>
                    from trained in member.Prediction is null ? member.Trained.Outcome : member.Trained.Outcome.WithoutNotes()
                    from prediction in member.Prediction is null ? Outcome.Ok<Prediction?>(null) : member.Prediction.Outcome.Map<Prediction?>(known => known)
                    select new BagMember(trained.Model, member.OutOfBag, prediction)))
                .Map(all => new Trained(Join(rows.Roles, all))));
        },
        rows.Failed<Trained>);

    private ILearner Member => (Learner ?? new DecisionTree()) is var learner && ColumnShare < 1 ? new DrawColumns(ColumnShare).Then(learner) : learner;

    private static Seed SeedOf(Seed seed, int member) => seed.Fork("member").Fork(member);

    private string NameOf(int member) => $"member {member + 1} of {Members}";

    private Outcome<EquatableArray<Bag>> Bags(Roles roles, Seed seed) => TrainingRows.RowsOfWeight(roles, Name).Map(rows =>
        EquatableArray.From(Enumerable.Range(0, Members).Select(m =>
            Bag.Draw(rows, Math.Max(1, (int)(RowShare * rows.Count)), Replacement, SeedOf(seed, m).Fork("rows")))));

    private static IModel Join(Roles roles, EquatableArray<BagMember> members) =>
        new BaggingModel(EquatableArray.From(members.Select(member => member.Model)), OutOfBagPredictions.Of(roles, members));
}

/// <summary>A fitted bag.</summary>
/// <param name="Members">In the order of their seeds.</param>
/// <param name="OutOfBag">What members said of rows that they didn't see; null where every member saw every row.</param>
public sealed record BaggingModel(EquatableArray<IModel> Members, OutOfBagPredictions? OutOfBag) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Members.Count > 0 ? null : "no member";

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    public Outcome<Prediction> Predict(Frame rows) => new AveragedModel(Members).Predict(rows);
}
