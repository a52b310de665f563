using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>The forms of the library's own models and maps.</summary>
internal static class KnownForms
{
    public static FormRegistry All { get; } = FormRegistry.Empty
        .Model<PipelineModel>("", ComposedModels.Pipeline)
        .Model<AveragedModel>("", ComposedModels.Averaged)
        .Model<ThresholdModel>("", ComposedModels.Threshold)
        .Model<ConformalModel>("", ComposedModels.Conformal)
        .Model<BaggingModel>("bagging", ComposedModels.Bagging)
        .Model<VotingModel>("voting", ComposedModels.Voting)
        .Model<MajorityModel>("majority", ComposedModels.Majority)
        .Model<ErrorForestModel>("errorForest", ComposedModels.ErrorForest)
        .Model<LinearScoresModel>("linear", Linear.Scores)
        .Model<LinearModel>("linear", Linear.Values)
        .Model<GaussianNaiveBayesModel>("naiveBayes", Bayes.Gaussian)
        .Model<BernoulliNaiveBayesModel>("bernoulliNaiveBayes", Bayes.Bernoulli)
        .Model<QuadraticDiscriminantAnalysisModel>("qda", Bayes.Quadratic)
        .Model<DecisionTreeModel>("tree", Forests.Tree)
        .Model<RandomForestModel>("forest", Forests.Forest)
        .Model<GradientBoostingModel>("gradientBoosting", Boosting.Write)
        .Model<BlendModel>("blend", Blending.Blend)
        .Model<ClassBlendModel>("blend", Blending.BlendClasses)
        .Model<OpinionPoolModel>("opinionPool", Blending.Pool)
        .Model<CalibrationModel>("calibration", Calibrating.Write)
        .Model<OrdinalModel>("ordinal", OrderedClasses.Write)
        .Model<AdaBoostModel>("adaBoost", AdaBoosting.Write)
        .Model<KNearestNeighborsModel>("knn", NearestNeighbors.Write)
        .Model<SupportVectorMachineModel>("svm", SupportVectors.Write)
        .Model<NetClassifierModel>("net", NetworkForms.Classifier)
        .Model<NetEstimatorModel>("net", NetworkForms.Estimator)
        .Map<ChainMap>("", ComposedMaps.Chain)
        .Map<UnionMap>("", ComposedMaps.Union)
        .Map<CrossFitMap>("", CrossFitting.Write)
        .Map<Identity>("", ComposedMaps.Same)
        .Map<SelectColumns>("", ComposedMaps.Select)
        .Map<DropColumns>("", ComposedMaps.Drop)
        .Map<ImputeMap>("impute", Imputing.Write)
        .Map<ScalingMap>("scale", Scaling.Scale)
        .Map<Log1pMap>("log1p", Scaling.Log1p)
        .Map<TfIdfMap>("tfIdf", Scaling.TfIdf)
        .Map<WhitenMap>("whiten", Whitened.Write)
        .Map<BagOfWordsMap>("bagOfWords", WordCounts.Write)
        .Map<OneHotMap>("oneHot", Encodings.OneHot)
        .Map<OrdinalMap>("ordinal", Encodings.Ordinal)
        .Map<TargetEncodeMap>("targetEncode", Encodings.Target);
}
