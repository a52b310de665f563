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
    /// <summary>
    /// The Shapley values of a model of trees: gradient boosting, random forest, extra trees or a decision tree, alone or after
    /// preprocessing. The columns are then those after the preprocessing, such as <c>Sex=male</c> after one-hot encoding.
    /// </summary>
    /// <param name="model">The model, also as the result of a fit or from a file.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <returns>The values; null for other models, such as stacks. Fails like <see cref="IModel.Predict"/>.</returns>
    public static Outcome<ShapValues>? Of(IModel model, Frame rows) => model switch
    {
        IShapModel trees => trees.Explain(rows),
        IConformingModel conforming => IsOfTrees(conforming.Model)
            ? conforming.Conform(rows).Bind(conformed => Of(conforming.Model, conformed) ?? throw new InvalidOperationException()) : null,
        PipelineModel pipeline => IsOfTrees(pipeline)
            ? pipeline.Map.Apply(rows).Bind(mapped => Of(pipeline.Model, mapped) ?? throw new InvalidOperationException()) : null,
        _ => null,
    };

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
