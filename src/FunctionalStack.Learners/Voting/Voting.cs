namespace FunctionalStack.Learners;

/// <summary>How voters are heard.</summary>
public enum VotingRule
{
    /// <summary>The weighted mean of probabilities, or of estimates.</summary>
    Soft,

    /// <summary>Each voter has one vote, for its most probable class; probabilities are the weighted shares of the votes. Classes only.</summary>
    Hard,
}

/// <summary>
/// Learners that vote: all are fitted on the same rows, and later rows get the weighted mean of what they say. Unlike a
/// stack it learns nothing about whom to trust, and costs no folds.
/// </summary>
/// <param name="Bases">The voters, under distinct names, which their randomness is forked by; at least one has a weight.</param>
/// <param name="Weights">A finite number of at least 0 for each voter; none for equal weights. A voter of weight 0 is not even fitted.</param>
/// <param name="Vote">How they are heard.</param>
public sealed record Voting(EquatableArray<Base> Bases = default, EquatableArray<double> Weights = default, VotingRule Vote = VotingRule.Soft) : ICompositeLearner
{
    public string Name => "voting";

    public static Voting Of(params (string Name, ILearner Learner)[] voters) => new(EquatableArray.From(voters.Select(voter => new Base(voter.Name, voter.Learner))));

    public Capabilities Capabilities =>
        new Capabilities(Vote == VotingRule.Hard ? TargetKinds.Classes : TargetKinds.Any, MissingValues: true, Categories: true)
            .And(Fitted.Select(voter => voter.Learner.Capabilities));

    IEnumerable<Component> ISpec.Components => Fitted.Select(voter => new Component(voter.Name, voter.Learner));

    IEnumerable<string> ICompositeLearner.OutOfFoldNames =>
        Bases.SelectMany(voter => (voter.Learner as ICompositeLearner)?.OutOfFoldNames.Select(name => Within(voter, name)) ?? []);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Bases.Count > 0 ? null : new Failure("", "there are no voters", "Give at least one."),
        Ensure.Distinct("bases", Bases.Select(voter => voter.Name)),
        Weights.Count == 0 || Weights.Count == Bases.Count
            ? null
            : new Failure(
                "", $"there are {Weights.Count} weights for {Bases.Count} voters", "Give each voter a weight, or leave the weights out."),
        Ensure.That(Weights.All(weight => weight >= 0 && double.IsFinite(weight)), "weights", Weights, "finite numbers of at least 0"),
        Ensure.That(Weights.Count == 0 || Weights.Any(weight => weight != 0), "weights", Weights, "at least one voter a weight above 0"),
        Ensure.Defined("vote", Vote));

    // A VotingModel. Fails on a hard vote on numbers, and where a voter fails.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        // The check before the fit asks leaves only; this too comes before any of them is fitted.
        if (Vote == VotingRule.Hard && rows.Roles.Target is Target.Numeric)
        {
            return rows.Failed<Trained>(new(
                Name, "a hard vote is for classes, but the target holds numbers", "Take a soft vote: it averages numbers."));
        }

        var voters = Voters;
        var models = voters.Select(voter => rows.Fit(voter.Base.Learner, seed.Fork(voter.Base.Name), voter.Base.Name).Trained).ToArray();
        return rows.Join(models, () => Outcome.All(models.Select(model => model.Outcome)).Map(all => new Trained(Join(voters, EquatableArray.From(all.Select(one => one.Model))))
        {
            OutOfFold = EquatableArray.From(all.SelectMany((one, i) => one.OutOfFold.Select(part => part with { Name = Within(voters[i].Base, part.Name) }))),
        }));
    }

    // A voter of weight 0 is not fitted, so its faults don't matter.
    private IEnumerable<Base> Fitted => Bases.Where((_, i) => Weights.Count != Bases.Count || Weights[i] > 0);

    private static string Within(Base voter, string name) => $"{voter.Name}/{name}";

    private IModel Join(EquatableArray<(Base Base, double Weight)> voters, EquatableArray<IModel> models) => new VotingModel(models, EquatableArray.From(voters.Select(voter => voter.Weight)), Vote);

    // The greatest weight becomes 1: then a lone voter's numbers, and the mean of equal ones, suffer no rounding from weights.
    private EquatableArray<(Base Base, double Weight)> Voters
    {
        get
        {
            var most = Weights.Count > 0 ? Weights.Max() : 1;
            return EquatableArray.From(Bases.Select((voter, i) => (voter, Weights.Count > 0 ? Weights[i] / most : 1)).Where(voter => voter.Item2 > 0));
        }
    }
}

/// <summary>Fitted voters.</summary>
/// <param name="Members">In the order of the bases.</param>
/// <param name="Weights">A number above 0 for each, the greatest 1.</param>
/// <param name="Vote">How they are heard.</param>
public sealed record VotingModel(EquatableArray<IModel> Members, EquatableArray<double> Weights, VotingRule Vote) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Members.Count > 0 ? null : "no voter", Consistency.Count("weights", Weights.Count, Members.Count));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    public Outcome<Prediction> Predict(Frame rows) => Members.PredictEach(rows).Map(Mean);

    private Prediction Mean(EquatableArray<Prediction> predictions)
    {
        if (predictions[0] is not Prediction.Probabilities first) return new Prediction.Numeric(Mean([.. predictions.Select(one => ((Prediction.Numeric)one).Values)]));
        var probabilities = predictions.Select(one => ((Prediction.Probabilities)one).For(first.Levels));
        return new Prediction.Probabilities(first.Levels, Mean([.. probabilities.Select(one => Vote == VotingRule.Soft ? one.Matrix : Votes(one))]));
    }

    private static EquatableArray<double> Votes(Prediction.Probabilities probabilities)
    {
        var votes = new double[probabilities.Matrix.Count];
        var codes = probabilities.Codes();
        for (var row = 0; row < codes.Count; row++) votes[row * probabilities.Levels.Count + codes[row]] = 1;
        return EquatableArray.Own(votes);
    }

    private EquatableArray<double> Mean(EquatableArray<double>[] all)
    {
        var mean = new double[all[0].Count];
        var sum = Weights.Sum();
        for (var m = 0; m < all.Length; m++)
        {
            var numbers = all[m].AsSpan();
            var weight = Weights[m];
            for (var i = 0; i < mean.Length; i++) mean[i] += weight * numbers[i];
        }

        for (var i = 0; i < mean.Length; i++) mean[i] /= sum;
        return EquatableArray.Own(mean);
    }
}
