using Microsoft.ML;

namespace FunctionalStack.MLNet;

/// <summary>
/// A trainer of ML.NET. Classes without training rows get probability 0; if only one class has rows, it gets 1 and the trainer is not
/// called.
/// </summary>
/// <remarks>
/// Features, numeric targets and weights are rounded to single precision, as ML.NET computes. Whether equal arguments give equal models is
/// up to the trainer: docs/mlnet.md lists what was tested. A fitted model cannot be saved in a model file, and its fits are not stored in
/// the journal of a long run.
/// </remarks>
/// <param name="Name">The name in reports.</param>
/// <param name="Task">What the trainer predicts.</param>
/// <param name="Trainer">Creates the trainer, or a chain that ends with it, which reads the columns Features, Label and Weight.</param>
/// <param name="ReadsWeights">Whether the trainer reads the column Weight.</param>
public sealed record MlNetLearner(
    string Name, MlNetTask Task, Func<MLContext, IEstimator<ITransformer>> Trainer, bool ReadsWeights = false) : ILeafLearner
{
    /// <inheritdoc/>
    public Capabilities Capabilities =>
        new(Task == MlNetTask.Regression ? TargetKinds.Numeric : TargetKinds.Classes, Weights: ReadsWeights);

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Defined("task", Task));

    /// <summary>
    /// Fits a model. Fails if a column is not numeric and finite in single precision, if there are no columns, if a trainer for two classes
    /// gets more, if ML.NET refuses the rows, and if the model gives classes scores that are no probabilities.
    /// </summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from rows in TrainingRows.Of(data, Name)
        from some in rows.Features.ColumnCount > 0 ? Outcome.Ok(rows)
            : Outcome.Fail<TrainingRows>(Name, "there are no columns", "Give at least one.")
        from cells in SingleRows.Cells(rows.Features)
        from label in Label(rows)
        from model in Fit(rows, cells, label, seed)
        select (IModel)model;

    private Outcome<ViewColumn> Label(TrainingRows rows)
    {
        if (rows.Target is not Target.Classes classes)
        {
            return SingleRows.Values("the target", ((Target.Numeric)rows.Target).Values)
                .Map(values => ViewColumn.Singles(SingleRows.Label, () => values));
        }

        var present = rows.Present;
        var place = new int[classes.Levels.Count];
        for (var i = 0; i < present.Count; i++) place[present[i]] = i;
        if (Task == MlNetTask.Multiclass)
        {
            return Outcome.Ok(ViewColumn.Keys(SingleRows.Label, classes.Levels.At(present),
                () => [.. classes.Codes.Select(code => (uint)place[code] + 1)]));
        }

        return present.Count > 2
            ? Outcome.Fail<ViewColumn>(Name, $"the target has {present.Count} classes, but the trainer is for two",
                "Use one of MulticlassClassification, such as OneVersusAll around this trainer.")
            : Outcome.Ok(ViewColumn.Booleans(SingleRows.Label, () => [.. classes.Codes.Select(code => place[code] == 1)]));
    }

    private Outcome<MlNetModel> Fit(TrainingRows rows, float[] cells, ViewColumn label, Seed seed)
    {
        var names = rows.Features.Names;
        var levels = rows.Target is Target.Classes classes ? classes.Levels : default;
        if (levels.Count > 0 && rows.Present.Count == 1)
            return Outcome.Ok(new MlNetModel(Name, Task, names, levels, rows.Present, null));
        return SingleRows.Values("the weights", rows.Weights).Bind(weights =>
        {
            var view = new ColumnsView(rows.Count,
                ViewColumn.Vectors(SingleRows.Features, names, () => cells), label, ViewColumn.Singles(SingleRows.Weight, () => weights));
            try
            {
                var fitted = Trainer(new MLContext((int)(seed.State & int.MaxValue))).Fit(view);
                var model = new MlNetModel(Name, Task, names, levels, rows.Present, fitted);
                // Scores that are no probabilities are found before the model is used.
                return model.Predict(cells, Math.Min(rows.Count, 100)).Map(_ => model);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                return Outcome.Fail<MlNetModel>(Name, $"ML.NET failed: {exception.Message.TrimEnd('.')}",
                    "Give other rows or columns, or change the parameters of the trainer.");
            }
        });
    }
}
