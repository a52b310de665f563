namespace FunctionalStack;

/// <summary>
/// Chooses the threshold on the probability of the second of two classes, the positive one, that is best on out-of-fold predictions of the
/// whole learner. The model predicts the same probabilities as the learner fitted alone with the same seed, and the positive
/// class if its probability is above the threshold (<see cref="Prediction.Probabilities.Threshold"/>).
/// </summary>
/// <remarks>
/// Probabilities that differ by at most 1e-12 are equal, since they may differ by rounding only: no threshold lies between them. If it
/// is best to predict the positive class for every row, also for one of probability 0, the threshold is -1.
/// This takes K + 1 fits of the learner. Together with <see cref="Conformal"/> of the same folds it takes no more. The score of the chosen
/// threshold is slightly optimistic, since the threshold was chosen for the same predictions;
/// <see cref="CrossValidation.Evaluate"/> is not biased in this way. With weights, a row counts as many times as its weight.
/// Fails if the target does not have two classes.
/// </remarks>
/// <param name="Learner">Any classifier, pipeline or stack.</param>
/// <param name="Rule">What the threshold is best for.</param>
/// <param name="Folds">The folds; null for 5 of the default plan (<see cref="FoldPlan.Usual"/>).</param>
public sealed record Thresholded(ILearner Learner, Threshold Rule, FoldPlan? Folds = null) : IWrapper
{
    /// <inheritdoc/>
    public string Name => Learner.Name;

    /// <inheritdoc/>
    public Capabilities Capabilities => Learner.Capabilities with { Targets = Learner.Capabilities.Targets & TargetKinds.Classes };

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => EquatableArray.From(Rule.Faults.Select(fault => fault.At("threshold")));

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        if (Refused(rows.Roles.Target) is { } refused) return rows.Failed<Trained>(refused);
        var whole = rows.Fit(Learner, seed).Trained;
        var held = HeldOut.Of(rows, Learner, Folds, seed).CrossFit.Fitted;
        return rows.Join([whole, held], () =>
            from trained in whole.Outcome
            from crossed in held.Outcome
            let choice = Choose(crossed.OutOfFold[0], rows.Roles)
            select trained with { Model = new ThresholdModel(trained.Model, Rule, choice.Value, choice.Score, choice.ScoreAtHalf) });
    }

    private static Failure? Refused(Target target) => target switch
    {
        Target.Classes { Levels.Count: 2 } => null,
        Target.Classes { Levels.Count: var count } => new(
            "threshold", $"a threshold is for two classes, but the target has {count}",
            "Leave it out, or merge classes until two are left."),
        _ => new("threshold", "a threshold is for two classes, but the target is numeric",
            "Leave it out, or give a target of two classes."),
    };

    private ThresholdChoice Choose(OutOfFold held, Roles roles)
    {
        var actual = (Target.Classes)roles.Target.Take(held.Rows);
        var predicted = ((Prediction.Probabilities)held.Prediction).For(actual.Levels);
        return ThresholdChoice.Of(
            Rule,
            [.. Enumerable.Range(0, actual.Count).Select(row => predicted.Row(row)[1])],
            [.. actual.Codes.Select(code => code == 1)],
            roles.Weights?.At(held.Rows).ToArray());
    }
}

/// <summary>A model of two classes with a threshold.</summary>
/// <param name="Model">The model that predicts probabilities.</param>
/// <param name="Rule">What the threshold is best for.</param>
/// <param name="Value">The threshold on the probability of the second class, from 0 to 1; or -1 to predict the second class for
/// every row.</param>
/// <param name="Score">The score of the out-of-fold predictions with the threshold: F1, balanced accuracy, or mean cost.</param>
/// <param name="ScoreAtHalf">Their score with the threshold 0.5.</param>
public sealed record ThresholdModel(IModel Model, Threshold Rule, double Value, double Score, double ScoreAtHalf)
    : IWrapperModel, IConsistent
{
    string? IConsistent.Inconsistency => Value is >= -1 and <= 1 ? null : "a threshold that is not from -1 to 1";

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Model.Predict(rows).Map(prediction => prediction is Prediction.Probabilities classes
        ? classes.WithThreshold(Value)
        : prediction);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);
}
