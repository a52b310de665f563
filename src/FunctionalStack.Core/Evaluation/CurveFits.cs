namespace FunctionalStack;

/// <summary>The fits of a point of a learning curve, one for each outer fold.</summary>
/// <param name="Share">The share of the training rows.</param>
/// <param name="Folds">In fold order.</param>
internal sealed record CurveFits(double Share, EquatableArray<CurveFit> Folds)
{
    /// <summary>The point; null with a note if a share of a fold cannot be fitted on.</summary>
    public Outcome<LearningPoint?> Score(Dataset data, EquatableArray<Fold> folds)
    {
        var place = FormattableString.Invariant($"learning curve, {100 * Share:0.##}% of the training rows");
        var metrics = Metric.For(data.Target);
        return Outcome.All(Folds.Select((fit, i) =>
                from held in fit.HeldOut.Outcome
                from training in fit.Training.Outcome.WithoutNotes()
                select (HeldOut: Scores(folds[i].Holdout, held), Training: Scores(fit.Rows, training))))
            .Match(
                found => Outcome.Ok<LearningPoint?>(new(Share, EquatableArray.From(Folds.Select(fit => fit.Rows.Count)),
                    Over(found.Select(one => one.HeldOut)), Over(found.Select(one => one.Training)))),
                failure => Outcome.Ok<LearningPoint?>(null).Noting([failure.LeftOut]))
            .At(place);

        double[] Scores(EquatableArray<int> rows, Prediction prediction)
        {
            var roles = data.Roles.Take(rows);
            return [.. metrics.Select(metric => metric.Score(roles.Target, prediction, roles.Weights))];
        }

        EquatableArray<Score> Over(IEnumerable<double[]> perFold) => EquatableArray.From(metrics.Select((metric, at) =>
            new Score(metric.Name, EquatableArray.From(perFold.Select(scores => scores[at])))));
    }
}

/// <summary>A learner fitted on a share of the training rows of an outer fold.</summary>
/// <param name="Rows">The rows it is fitted on.</param>
/// <param name="HeldOut">Its predictions of the held-out rows.</param>
/// <param name="Training">Its predictions of the rows it is fitted on.</param>
internal sealed record CurveFit(EquatableArray<int> Rows, Deferred<Prediction> HeldOut, Deferred<Prediction> Training)
{
    /// <summary>The whole of the training rows: a fit of the evaluation.</summary>
    public static CurveFit Whole(FitRows rows, Fold fold, FittedLearner fit, Deferred<Prediction> heldOut) =>
        new(fold.Train, heldOut, fit.Predict(rows));

    /// <summary>A share of them. It may fail without failing the evaluation.</summary>
    /// <param name="all">All rows.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="fold">The outer fold.</param>
    /// <param name="share">The share; below 1.</param>
    /// <param name="seeds">The seed of the fit in this fold, and that of the shares.</param>
    /// <param name="place">The name of the fold.</param>
    public static CurveFit Part(FitRows all, ILearner learner, Fold fold, double share, (Seed Fit, Seed Share) seeds, string place)
    {
        var taken = fold.Train.At(TrainingShare.Of(all.Roles.Take(fold.Train), share, seeds.Share));
        var own = FormattableString.Invariant($"{100 * share:0.##}% of {place}");
        var rows = all.Tolerant.Take(taken).Named(own);
        var fit = rows.Fit(learner, seeds.Fit);
        return new(taken, fit.Predict(all.Take(fold.Holdout).Named(own)), fit.Predict(rows));
    }
}
