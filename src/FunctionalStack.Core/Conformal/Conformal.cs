namespace FunctionalStack;

/// <summary>
/// Adds prediction intervals and quantiles, or prediction sets of classes, to the model of a learner. The method is CV+ (Barber, Candes,
/// Ramdas and Tibshirani 2021, section 3). The learner is fitted on all rows, with the seed of the whole, and once for each fold. The
/// predictions are those of the fit on all rows. The intervals come from the fold models and the errors of their held-out rows:
/// <see cref="ConformalModel"/>. With a scale they are wide where the errors are expected to be large, and narrow elsewhere
/// (locally weighted conformal inference: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018, section 5.2).
/// </summary>
/// <remarks>
/// <para>This takes K + 1 fits of the learner, and the model contains K + 1 models. With a hold-out plan
/// (<see cref="FoldPlan.HoldOut"/>) it is split conformal prediction, with 2 fits. A scale takes K more fits, of its own learner.</para>
/// <para>If the rows to predict and the training rows are exchangeable, such as independent draws from one distribution, the intervals
/// of level 1 - a contain at least 1 - 2a of the targets, up to a term of order sqrt(2 / n) at most (theorem 4 of the paper).
/// In practice they contain about 1 - a. Both are means over all rows, and do not hold for each kind of row. Rows with groups or times are
/// not exchangeable. Folds then keep groups whole and respect time, so that the errors are those of new groups or future rows, but
/// nothing is guaranteed. With weights, a row counts as many times as its weight.</para>
/// <para>Fails if the plan holds out a row more than once.</para>
/// </remarks>
/// <param name="Learner">Any learner, pipeline or stack.</param>
/// <param name="Folds">The folds; null for 5 of the default plan (<see cref="FoldPlan.Usual"/>). More folds give slightly narrower
/// intervals, since the fold models get more rows.</param>
/// <param name="Scale">For numeric targets: a learner that predicts how large the errors of a row are, as a positive number in any unit,
/// from the target itself, such as the error forest of FunctionalStack.Learners. Null for intervals of nearly equal width.</param>
public sealed record Conformal(ILearner Learner, FoldPlan? Folds = null, ILearner? Scale = null) : IWrapper
{
    /// <inheritdoc/>
    public string Name => Learner.Name;

    IEnumerable<Component> ISpec.Components => [new("", Learner), .. Scale is null ? Array.Empty<Component>() : [new("scale", Scale)]];

    /// <inheritdoc/>
    public Capabilities Capabilities => Learner.Capabilities;

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        var whole = rows.Fit(Learner, seed).Trained;
        var held = HeldOut.Of(rows, Learner, Folds, seed);
        if (held.Folds is Outcome<EquatableArray<Fold>>.Ok { Value: var split }
            && split.Sum(fold => fold.Holdout.Count) > FoldPlan.Covered(split).Count)
        {
            return rows.Failed<Trained>(new("folds", "some rows are held out more than once, which prediction intervals do not support",
                "Give folds without repeats."));
        }

        var scale = Scale is null ? null : HeldOut.Of(rows, Scale, held.Plan, seed.Fork("scale")).CrossFit.Fitted;
        // If the rows cannot be split, the cross-fit has failed.
        return rows.Join(scale is null ? [whole, held.CrossFit.Fitted] : [whole, held.CrossFit.Fitted, scale], () =>
            from trained in whole.Outcome
            from crossed in held.CrossFit.Fitted.Outcome
            from scaled in scale is null ? Outcome.Ok<Fitted?>(null) : scale.Outcome.Map(one => (Fitted?)one)
            from folds in held.Folds
            from model in Of(trained.Model, crossed, scaled, folds, rows.Roles)
            select trained with { Model = model });
    }

    private static Outcome<ConformalModel> Of(IModel whole, Fitted crossed, Fitted? scaled, EquatableArray<Fold> folds, Roles roles)
    {
        var (covered, predicted) = (crossed.OutOfFold[0].Rows, crossed.OutOfFold[0].Prediction);
        var place = new Dictionary<int, int>(covered.Count);
        for (var i = 0; i < covered.Count; i++) place[covered[i]] = i;
        var (models, scales) = (HeldOut.Models(crossed), scaled is null ? default : HeldOut.Models(scaled));
        return from scale in scaled is null ? Outcome.Ok<double[]?>(null)
                   : ConformalScore.Scales(scaled.OutOfFold[0].Prediction).Map(known => (double[]?)known)
               let scores = ConformalScore.Of(predicted, roles.Target.Take(covered), scale)
               select new ConformalModel(whole, EquatableArray.From(models.Select((model, fold) =>
                   ConformalFold.Of(model, folds[fold].Holdout, row => scores[place[row]], roles.Weights,
                       signed: roles.Target is Target.Numeric) with
                   {
                       Scale = scaled is null ? null : scales[fold],
                   })));
    }
}
