namespace FunctionalStack;

/// <summary>Prediction intervals and sets of models that were fitted with <see cref="Conformal"/>.</summary>
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

    private static Outcome<T> On<T>(IModel model, Frame rows, Func<ConformalModel, Frame, Outcome<T>> predict) => model switch
    {
        ConformalModel own => predict(own, rows),
        IConformingModel conforming => conforming.Using(rows, (inner, converted) => On(inner, converted, predict)),
        IWrapperModel wrapper => On(wrapper.Model, rows, predict),
        PipelineModel pipeline => pipeline.Map.Apply(rows).Bind(mapped => On(pipeline.Model, mapped, predict)),
        _ => Outcome.Fail<T>("the model", "was fitted without intervals and sets",
            "Fit it with Conformal, or with 'fstack fit --conformal'."),
    };
}
