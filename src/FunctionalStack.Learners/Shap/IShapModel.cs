namespace FunctionalStack.Learners;

/// <summary>A model that explains its predictions by Shapley values.</summary>
public interface IShapModel : IModel
{
    /// <summary>The contribution of each column to each row's raw score.</summary>
    /// <returns>The values. Fails like <see cref="IModel.Predict"/>.</returns>
    Outcome<ShapValues> Explain(Frame rows);
}

/// <summary>Shapley values of fitted models.</summary>
public static class Shap
{
    private const string ReferenceRows = "the reference rows";

    internal static Failure NoReference { get; } = new(ReferenceRows, "there are none", "Give at least one.");

    /// <summary>
    /// The Shapley values of a model of trees: gradient boosting, random forest, extra trees or a decision tree, alone or after
    /// preprocessing. The columns are then those after the preprocessing, such as <c>Sex=male</c> after one-hot encoding.
    /// </summary>
    /// <param name="model">The model, also as the result of a fit or from a file.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <returns>The values; null for other models, such as stacks, which <see cref="Sampled"/> explains. Fails like
    /// <see cref="IModel.Predict"/>.</returns>
    public static Outcome<ShapValues>? Of(IModel model, Frame rows) => model switch
    {
        IShapModel trees => trees.Explain(rows),
        IConformingModel conforming => IsOfTrees(conforming.Model)
            ? conforming.Conform(rows).Bind(conformed => Of(conforming.Model, conformed) ?? throw new InvalidOperationException()) : null,
        PipelineModel pipeline => IsOfTrees(pipeline)
            ? pipeline.Map.Apply(rows).Bind(mapped => Of(pipeline.Model, mapped) ?? throw new InvalidOperationException()) : null,
        _ => null,
    };

    /// <summary>
    /// The Shapley values of any model, such as a stack, by its original columns: the mean change of the prediction if a column takes the
    /// row's value instead of a reference row's, over the orders in which columns can change. The values of a row sum to its prediction
    /// minus the mean prediction of the reference rows, which is the base. Sampling is exact for models in which columns interact at most
    /// in pairs; otherwise the error falls with the square root of the number of orders.
    /// </summary>
    /// <remarks>
    /// Takes at most 2 x (columns - 1) x reference rows x orders predictions for each row. Columns with the same value in both rows take
    /// none. The values of a row do not depend on the other rows.
    /// </remarks>
    /// <param name="model">The model, also as the result of a fit or from a file.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="reference">Rows that stand for the usual ones, such as 50 training rows drawn at random.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <param name="orders">The number of random orders for each reference row, each walked in both directions; at least 1.</param>
    /// <param name="executor">Divides large predictions among threads; null for the caller's thread.</param>
    /// <param name="progress">Reports each row; null for none.</param>
    /// <returns>One value per row, output and column, in the unit of the prediction: an output is the probability of a class, or the
    /// value. Features derived from one date column are one column. Exactly 0 for a column that the model does not read. Fails without
    /// reference rows, if they lack a column of the rows, or like <see cref="IModel.Predict"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no orders.</exception>
    public static Outcome<ShapValues> Sampled(IModel model, Frame rows, Frame reference, Seed seed, int orders = 1,
        IExecutor? executor = null, IProgress<FitProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        return reference.RowCount == 0
            ? new Outcome<ShapValues>.Fail(NoReference)
            : JoinedRows.Of(rows, reference, ReferenceRows).Bind(frame =>
                SampledShap.Of(model, frame, rows.RowCount, seed, orders, executor ?? Executor.Inline, progress));
    }

    private static bool IsOfTrees(IModel model) => model switch
    {
        IShapModel => true,
        IConformingModel conforming => IsOfTrees(conforming.Model),
        PipelineModel pipeline => !MakesPredictions(pipeline.Map) && IsOfTrees(pipeline.Model),
        _ => false,
    };

    // The columns of a stack's meta-learner are predictions, not columns of the data.
    private static bool MakesPredictions(IMap map) => map switch
    {
        ChainMap chain => MakesPredictions(chain.First) || MakesPredictions(chain.Second),
        UnionMap union => union.Maps.Any(MakesPredictions),
        _ => map is CrossFitMap,
    };
}
