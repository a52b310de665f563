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
public sealed record Bagging(ILearner? Learner = null, int Members = 10, double RowShare = 1, double ColumnShare = 1, bool Replacement = true) : IGraphLearner
{
    public string Name => "bagging";

    /// <summary>A <see cref="BaggingModel"/>. Fails on a parameter out of range, where no row has weight, and where a member fails.</summary>
    public Outcome<IModel> Fit(Dataset data, Seed seed) => Bags(data.Roles, seed).Bind(bags =>
        Outcome.All(bags.Select((bag, m) => Member.Fit(data.Take(bag.Inside), SeedOf(seed, m)).At(NameOf(m)).Bind(model => bag.Told(model, data.Frame))))
            .Map(members => Join(data.Roles, members)));

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed) => Bags(scope.Roles, seed).Match(
        bags =>
        {
            var members = bags.Select((bag, m) =>
            {
                var inside = scope.Take(bag.Inside, NameOf(m));
                var model = inside.Fit(Member, SeedOf(seed, m));
                return inside.Task("predict", [model, scope.Frame], () => model.Value.At(NameOf(m)).Bind(fitted => scope.Frame.Value.Bind(frame => bag.Told(fitted, frame))));
            }).ToArray();
            return scope.Task(Name, members, () => Outcome.All(members.Select(member => member.Value)).Map(all => Join(scope.Roles, all)));
        },
        failure => scope.Failed<IModel>(failure));

    private ILearner Member => (Learner ?? new DecisionTree()) is var learner && ColumnShare < 1 ? new DrawColumns(ColumnShare).Then(learner) : learner;

    private static Seed SeedOf(Seed seed, int member) => seed.Fork("member").Fork(member);

    private string NameOf(int member) => $"member {member + 1} of {Members}";

    private Outcome<Values<Bag>> Bags(Roles roles, Seed seed)
    {
        if (Members < 1) return Fail($"Members is {Members}", "Give at least 1.");
        if (!(RowShare > 0 && RowShare <= 1)) return Fail($"RowShare is {RowShare}", "Give a share above 0 and at most 1.");
        if (!(ColumnShare > 0 && ColumnShare <= 1)) return Fail($"ColumnShare is {ColumnShare}", "Give a share above 0 and at most 1.");
        var rows = Enumerable.Range(0, roles.Count).Where(row => roles.Weights is not { } weights || weights[row] > 0).ToArray();
        return rows.Length == 0
            ? Fail("there are no rows of positive weight", "Give at least one.")
            : Outcome.Ok(Values.From(Enumerable.Range(0, Members).Select(m => Bag.Draw(rows, Math.Max(1, (int)(RowShare * rows.Length)), Replacement, SeedOf(seed, m).Fork("rows")))));

        Outcome<Values<Bag>> Fail(string what, string mend) => Outcome.Fail<Values<Bag>>(Name, what, mend);
    }

    private static IModel Join(Roles roles, Values<BagMember> members) =>
        new BaggingModel(Values.From(members.Select(member => member.Model)), OutOfBagPredictions.Of(roles, members));
}

/// <summary>A fitted bag.</summary>
/// <param name="Members">In the order of their seeds.</param>
/// <param name="OutOfBag">What members said of rows that they didn't see; null where every member saw every row.</param>
public sealed record BaggingModel(Values<IModel> Members, OutOfBagPredictions? OutOfBag) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Outcome.All(Members.Select(member => member.Predict(rows))).Map(predictions => Prediction.Mean(predictions));
}
