using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>A learner as an estimator of ML.NET (<see cref="Estimators.AsEstimator"/>).</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Seed">The seed of each fit.</param>
/// <param name="Label">The column of the target.</param>
/// <param name="Features">The columns of the features.</param>
/// <param name="Weights">The column of sample weights; null for none.</param>
/// <param name="Threads">The number of threads of a fit.</param>
public sealed record LearnerEstimator(
    ILearner Learner, Seed Seed, string Label, EquatableArray<string> Features, string? Weights = null, int Threads = 1)
    : IEstimator<LearnerTransformer>
{
    /// <summary>Fits the learner to all rows of a view.</summary>
    /// <exception cref="OutcomeException">The view cannot be read (<see cref="DataViews"/>), or the fit failed.</exception>
    public LearnerTransformer Fit(IDataView input) => TryFit(input).OrThrow();

    /// <summary>The same, with the failure as an outcome, and the notes of the fit.</summary>
    public Outcome<LearnerTransformer> TryFit(IDataView input) =>
        from label in ViewReader.Find(input, Label)
        from data in input.ToDataset(Label, [.. Features])
        from weighted in Weights is not { } name ? Outcome.Ok(data)
            : ViewReader.Find(input, name).Bind(column => Weighted(data, input, column))
        from trained in Learner.Fit(weighted, Seed, Threads)
        select new LearnerTransformer(trained, Features, label.Type is BooleanDataViewType,
            label.Annotations.Schema.GetColumnOrNull("KeyValues") is null ? null : label.Annotations,
            data.Target is Target.Classes classes ? classes.Levels : default);

    /// <summary>The columns of the input, and those that <see cref="LearnerTransformer"/> adds.</summary>
    /// <exception cref="ArgumentException">There is no column of the label, or its type is no label's.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => AddedColumns.To(inputSchema, Label);

    private Outcome<Dataset> Weighted(Dataset data, IDataView input, DataViewSchema.Column column)
    {
        var name = column.Name;
        if (Features.Contains(name) || name == Label) return Outcome.Fail<Dataset>(
            $"column '{name}'", "is the weights and a feature or the label", "Give each column one role.");
        if (column.Type is not NumberDataViewType) return Outcome.Fail<Dataset>(
            $"column '{name}'", $"is of type {column.Type}, so it cannot be the weights", "Give a column of numbers.");
        double[] weights = [.. ViewReader.Numbers(input, column)];
        var bad = Array.FindIndex(weights, weight => !(weight >= 0) || double.IsInfinity(weight));
        return bad >= 0
            ? Outcome.Fail<Dataset>($"column '{name}', row {bad + 1}", $"the weight is {weights[bad]}",
                "Give finite weights of at least 0.")
            : Outcome.Ok(data.WithWeights(EquatableArray.Own(weights)));
    }
}
