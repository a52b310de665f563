namespace FunctionalStack;

/// <summary>Prediction intervals, quantiles and sets of models that were fitted with <see cref="Conformal"/>.</summary>
public static class ConformalPrediction
{
    /// <summary>
    /// The prediction interval of each row, for numeric targets. The method and what it guarantees: <see cref="Conformal"/>.
    /// </summary>
    /// <param name="model">A model, trained or loaded, of <see cref="Conformal"/>.</param>
    /// <param name="rows">The rows to predict.</param>
    /// <param name="level">The level, above 0 and below 1: 0.9 for intervals that contain about 90% of the values.</param>
    /// <returns>
    /// One interval per row. With a note, and infinite bounds, if there are too few training rows for the level. Fails if the model has no
    /// intervals, and like <see cref="IModel.Predict"/>.
    /// </returns>
    public static Outcome<Intervals> PredictInterval(this IModel model, Frame rows, double level) =>
        On(model, rows, (own, converted) => own.Intervals(converted, level));

    /// <summary>
    /// The quantiles of each row, for numeric targets, from the errors of held-out rows with their sign
    /// (<see cref="ConformalModel"/>): skewed errors give skewed quantiles. If the rows to predict and the training rows are exchangeable,
    /// about the share q of the values is at most the quantile of level q.
    /// </summary>
    /// <param name="model">A model, trained or loaded, of <see cref="Conformal"/>.</param>
    /// <param name="rows">The rows to predict.</param>
    /// <param name="levels">The levels, at least one, each above 0 and below 1, ascending: <c>[0.05, 0.5, 0.95]</c>.</param>
    /// <returns>
    /// One quantile per row and level, ascending with the levels. With a note, and infinite values, if there are too few training rows for
    /// a level. Fails if the levels are not as required, if the model has no quantiles, and like <see cref="IModel.Predict"/>.
    /// </returns>
    public static Outcome<Quantiles> PredictQuantiles(this IModel model, Frame rows, EquatableArray<double> levels) =>
        CheckLevels(levels) is { } fault ? new Outcome<Quantiles>.Fail(fault)
            : On(model, rows, (own, converted) => own.Quantiles(converted, levels));

    /// <summary>
    /// The prediction set of each row, for classes. The method and what it guarantees: <see cref="Conformal"/>.
    /// </summary>
    /// <param name="model">A model, trained or loaded, of <see cref="Conformal"/>.</param>
    /// <param name="rows">The rows to predict.</param>
    /// <param name="level">The level, above 0 and below 1: 0.9 for sets that contain about 90% of the actual classes, or more.</param>
    /// <returns>
    /// One set per row. With a note, and all classes in each, if there are too few training rows for the level. Fails if the model has no
    /// sets, and like <see cref="IModel.Predict"/>.
    /// </returns>
    public static Outcome<PredictionSets> PredictSet(this IModel model, Frame rows, double level) =>
        On(model, rows, (own, converted) => own.Sets(converted, level));

    /// <summary>The fault of the levels of quantiles; null if there is none.</summary>
    internal static Failure? CheckLevels(EquatableArray<double> levels)
    {
        if (levels.Count == 0) return new("levels", "there is no level", "Give at least one number above 0 and below 1.");
        for (var j = 0; j < levels.Count; j++)
        {
            if (Ensure.Between("level", levels[j]) is { } fault) return fault;
            if (j > 0 && !(levels[j] > levels[j - 1]))
            {
                return new("levels", FormattableString.Invariant(levels[j] == levels[j - 1]
                    ? (FormattableString)$"{levels[j]} is given twice" : $"{levels[j]} follows {levels[j - 1]}"),
                    "Give ascending levels, each once.");
            }
        }

        return null;
    }

    private static Outcome<T> On<T>(IModel model, Frame rows, Func<ConformalModel, Frame, Outcome<T>> predict) => model switch
    {
        ConformalModel own => predict(own, rows),
        IConformingModel conforming => conforming.Using(rows, (inner, converted) => On(inner, converted, predict)),
        IWrapperModel wrapper => On(wrapper.Model, rows, predict),
        PipelineModel pipeline => pipeline.Map.Apply(rows).Bind(mapped => On(pipeline.Model, mapped, predict)),
        _ => Outcome.Fail<T>("the model", "was fitted without intervals, quantiles and sets",
            "Fit it with Conformal, or with 'fstack fit --conformal'."),
    };
}
