using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>Creates learners from trainers of ML.NET.</summary>
public static class MlNet
{
    /// <summary>
    /// A trainer of ML.NET as a learner, alone, as a base of a stack or as its meta-learner:
    /// <c>MlNet.Learner(ml => ml.Regression.Trainers.FastTree())</c>. The trainer reads the columns <c>Features</c> and <c>Label</c>, which
    /// are the names by default.
    /// </summary>
    /// <remarks>
    /// Columns must be numeric and finite, also in single precision. <see cref="MlNetLearner"/> describes fits and predictions.
    /// </remarks>
    /// <param name="trainer">
    /// Creates the trainer, or a chain of estimators that ends with it. It is called once for each fit, with a context whose seed is that
    /// of
    /// the fit.
    /// </param>
    /// <typeparam name="TModel">The type of the fitted trainer.</typeparam>
    /// <param name="name">The name in reports.</param>
    /// <param name="task">What the trainer predicts; null to find it by the type of the trainer or of the last of a chain.</param>
    /// <param name="weights">
    /// Whether the trainer reads the column <c>Weight</c> (<c>exampleWeightColumnName: "Weight"</c>). Otherwise rows with different weights
    /// are refused.
    /// </param>
    /// <exception cref="ArgumentException">No task is given, and the type of the trainer does not show it.</exception>
    public static MlNetLearner Learner<TModel>(
        Func<MLContext, IEstimator<TModel>> trainer, string name = "mlNet", MlNetTask? task = null, bool weights = false)
        where TModel : class, ITransformer =>
        new(name, task ?? TaskOfModel(typeof(TModel)) ?? TaskOf(trainer(new MLContext(0)).GetType()), trainer, weights);

    private static MlNetTask TaskOf(Type trainer) => trainer.GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEstimator<>))
        .Select(type => TaskOfModel(type.GetGenericArguments()[0])).FirstOrDefault(task => task is not null)
            ?? throw new ArgumentException($"the type {trainer.Name} does not show what it predicts; give the task", nameof(trainer));

    private static MlNetTask? TaskOfModel(Type model)
    {
        if (!model.IsGenericType) return null;
        var generic = model.GetGenericTypeDefinition();
        return generic == typeof(TransformerChain<>) ? TaskOfModel(model.GetGenericArguments()[0])
            : generic == typeof(BinaryPredictionTransformer<>) ? MlNetTask.Binary
            : generic == typeof(MulticlassPredictionTransformer<>) ? MlNetTask.Multiclass
            : generic == typeof(RegressionPredictionTransformer<>) ? MlNetTask.Regression
            : null;
    }
}
