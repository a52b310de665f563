using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

public sealed partial class ModelRegistry
{
    /// <summary>Every model and map of this library, and the records they hold. A tag, once released, is never given to another type.</summary>
    public static ModelRegistry Default { get; } = Empty
        .Add<PipelineModel>("pipeline")
        .Add<CrossFitMap>("crossFit")
        .Add<UnionMap>("union")
        .Add<ChainMap>("chain")
        .Add<Identity>("identity")
        .Add<SelectColumns>("columns")
        .Add<StackOn>("stackOn")
        .Add<Target.Classes>("classes")
        .Add<Target.Values>("values")
        .Add<DropColumns>("dropColumns")
        .Add<ImputeMap>("impute")
        .Add<ImputeMap.Number>("impute.number")
        .Add<ImputeMap.Category>("impute.category")
        .Add<ScalingMap>("scaling")
        .Add<ScalingMap.Scale>("scaling.scale")
        .Add<OneHotMap>("oneHot")
        .Add<OneHotMap.Known>("oneHot.known")
        .Add<OrdinalMap>("ordinal")
        .Add<OrdinalMap.Known>("ordinal.known")
        .Add<TargetEncodeMap>("targetEncode")
        .Add<TargetEncodeMap.Encoding>("targetEncode.encoding")
        .Add<TargetEncodeMap.Output>("targetEncode.output")
        .Add<WhitenMap>("whiten")
        .Add<MajorityModel>("majority")
        .Add<DecisionTreeModel>("tree")
        .Add<Tree>("tree.nodes")
        .Add<RandomForestModel>("randomForest")
        .Add<OutOfBag>("randomForest.outOfBag")
        .Add<KNearestNeighborsModel>("knn")
        .Add<GaussianNaiveBayesModel>("naiveBayes")
        .Add<LogisticRegressionModel>("logistic")
        .Add<LinearModel>("linear")
        .Add<NetworkModel>("network")
        .Add<Network>("network.layers")
        .Add<Variables>("network.variables")
        .Add<Neural.Shape>("network.shape")
        .Add<Layer.Conv2D>("layer.conv2d")
        .Add<Layer.Dense>("layer.dense")
        .Add<Layer.BatchNorm>("layer.batchNorm")
        .Add<Layer.ReLU>("layer.relu")
        .Add<Layer.LeakyReLU>("layer.leakyRelu")
        .Add<Layer.Sigmoid>("layer.sigmoid")
        .Add<Layer.Tanh>("layer.tanh")
        .Add<Layer.MaxPool2D>("layer.maxPool2d")
        .Add<Layer.AveragePool2D>("layer.averagePool2d")
        .Add<Layer.GlobalAveragePool>("layer.globalAveragePool")
        .Add<Layer.Flatten>("layer.flatten")
        .Add<Layer.Dropout>("layer.dropout")
        .Add<Layer.Softmax>("layer.softmax")
        .Add<Layer.Residual>("layer.residual");
}
