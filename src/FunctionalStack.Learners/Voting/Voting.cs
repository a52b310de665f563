namespace FunctionalStack.Learners;

/// <summary>How votes are combined, as in scikit-learn's VotingClassifier.</summary>
public enum VotingRule
{
    /// <summary>The weighted mean of probabilities, or of numeric predictions.</summary>
    Soft,

    /// <summary>Each learner votes for its most probable class. Probabilities are the weighted shares of the votes. Classification
    /// only.</summary>
    Hard,
}

/// <summary>
/// A voting ensemble: all learners are fitted on the same rows, and the weighted mean of their predictions is used. Unlike a
/// stack it has no meta-learner and needs no folds.
/// </summary>
/// <param name="Bases">The learners, with distinct names, by which their seeds are forked. At least one has a positive weight.</param>
/// <param name="Weights">One finite number of at least 0 per learner; empty for equal weights. A learner of weight 0 is not fitted.</param>
/// <param name="Vote">How votes are combined.</param>
public sealed record Voting(EquatableArray<Base> Bases = default, EquatableArray<double> Weights = default,
    VotingRule Vote = VotingRule.Soft) : ICompositeLearner
{
    /// <inheritdoc/>
    public string Name => "voting";

    /// <summary>A soft vote of these learners, with equal weights.</summary>
    public static Voting Of(params (string Name, ILearner Learner)[] voters) =>
        new(EquatableArray.From(voters.Select(voter => new Base(voter.Name, voter.Learner))));

    /// <inheritdoc/>
    public Capabilities Capabilities =>
        new Capabilities(Vote == VotingRule.Hard ? TargetKinds.Classes : TargetKinds.Any, MissingValues: true, Categories: true)
            .And(Fitted.Select(voter => voter.Learner.Capabilities));

    Complexity ILearner.Complexity => Complexity.Ensemble;

    IEnumerable<Component> ISpec.Components => Fitted.Select(voter => new Component(voter.Name, voter.Learner));

    IEnumerable<string> ICompositeLearner.OutOfFoldNames =>
        Bases.SelectMany(voter => (voter.Learner as ICompositeLearner)?.OutOfFoldNames.Select(name => Within(voter, name)) ?? []);

    /// <inheritdoc/>
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

    // A VotingModel. Fails for a hard vote on a numeric target, or if a learner fails.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        // Validation before the fit checks leaves only. This check too precedes the first fit.
        if (Vote == VotingRule.Hard && rows.Roles.Target is Target.Numeric)
        {
            return rows.Failed<Trained>(new(
                Name, "a hard vote needs a target of classes, but the target is numeric",
                    "Use a soft vote, which averages numeric predictions."));
        }

        var voters = Voters;
        var models = voters.Select(voter => rows.Fit(voter.Base.Learner, seed.Fork(voter.Base.Name), voter.Base.Name).Trained).ToArray();
        return rows.Join(models,
            () => Outcome.All(models.Select(model => model.Outcome))
            .Map(all => new Trained(Join(voters, EquatableArray.From(all.Select(one => one.Model))))
            {
                OutOfFold =
                EquatableArray.From(all.SelectMany((one, i) =>
                    one.OutOfFold.Select(part => part with { Name = Within(voters[i].Base, part.Name) }))),
                Searches = EquatableArray.From(all.SelectMany((one, i) =>
                    one.Searches.Select(search => search with { Name = Within(voters[i].Base, search.Name) }))),
            }));
    }

    // A learner of weight 0 is not fitted, so its faults do not matter.
    private IEnumerable<Base> Fitted => Bases.Where((_, i) => Weights.Count != Bases.Count || Weights[i] > 0);

    private static string Within(Base voter, string name) => $"{voter.Name}/{name}";

    private IModel Join(EquatableArray<(Base Base, double Weight)> voters, EquatableArray<IModel> models) =>
        new VotingModel(models, EquatableArray.From(voters.Select(voter => voter.Weight)), Vote);

    // The largest weight becomes 1, so that a single learner's predictions, and the mean of equal ones, are not rounded by weights.
    private EquatableArray<(Base Base, double Weight)> Voters
    {
        get
        {
            var most = Weights.Count > 0 ? Weights.Max() : 1;
            return EquatableArray.From(Bases.Select((voter, i) => (voter, Weights.Count > 0 ? Weights[i] / most : 1))
                .Where(voter => voter.Item2 > 0));
        }
    }
}

/// <summary>A fitted voting ensemble.</summary>
/// <param name="Members">The models, in the order of the learners.</param>
/// <param name="Weights">One number above 0 per model; the largest is 1.</param>
/// <param name="Vote">How votes are combined.</param>
public sealed record VotingModel(EquatableArray<IModel> Members, EquatableArray<double> Weights, VotingRule Vote) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Members.Count > 0 ? null : "no voter", Consistency.Count("weights", Weights.Count, Members.Count));

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Members.PredictEach(rows).Map(Mean);

    private Prediction Mean(EquatableArray<Prediction> predictions)
    {
        if (predictions[0] is not Prediction.Probabilities first)
            return new Prediction.Numeric(Mean([.. predictions.Select(one => ((Prediction.Numeric)one).Values)]));
        var probabilities = predictions.Select(one => ((Prediction.Probabilities)one).For(first.Levels));
        return new Prediction.Probabilities(first.Levels,
            Mean([.. probabilities.Select(one => Vote == VotingRule.Soft ? one.Matrix : Votes(one))]));
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
