using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>The forms of the library's own models and maps.</summary>
internal static class KnownForms
{
    public static FormRegistry All { get; } = FormRegistry.Empty
        .Model<PipelineModel>("", Averages.Pipeline)
        .Model<AveragedModel>("", Averages.Averaged)
        .Model<ThresholdModel>("", Averages.Threshold)
        .Model<ConformalModel>("", Averages.Conformal)
        .Model<BaggingModel>("bagging", Averages.Bagging)
        .Model<VotingModel>("voting", Averages.Voting)
        .Model<MajorityModel>("majority", Averages.Majority)
        .Model<ErrorForestModel>("errorForest", Averages.ErrorForest)
        .Model<LinearScoresModel>("linear", Linear.Scores)
        .Model<LinearModel>("linear", Linear.Values)
        .Model<GaussianNaiveBayesModel>("naiveBayes", Bayes.Gaussian)
        .Model<BernoulliNaiveBayesModel>("bernoulliNaiveBayes", Bayes.Bernoulli)
        .Model<QuadraticDiscriminantAnalysisModel>("qda", Bayes.Quadratic)
        .Model<DecisionTreeModel>("tree", Forests.Tree)
        .Model<RandomForestModel>("forest", Forests.Forest)
        .Model<GradientBoostingModel>("gradientBoosting", Boosting.Write)
        .Model<BlendModel>("blend", Blending.Blend)
        .Model<OpinionPoolModel>("opinionPool", Blending.Pool)
        .Model<CalibrationModel>("calibration", Calibrating.Write)
        .Model<OrdinalModel>("ordinal", OrderedClasses.Write)
        .Model<AdaBoostModel>("adaBoost", AdaBoosting.Write)
        .Model<KNearestNeighborsModel>("knn", NearestNeighbors.Write)
        .Model<SupportVectorMachineModel>("svm", SupportVectors.Write)
        .Model<NetClassifierModel>("net", NetworkForms.Classifier)
        .Model<NetEstimatorModel>("net", NetworkForms.Estimator)
        .Map<ChainMap>("", Compositions.Chain)
        .Map<UnionMap>("", Compositions.Union)
        .Map<CrossFitMap>("", CrossFitting.Write)
        .Map<Identity>("", Compositions.Same)
        .Map<SelectColumns>("", Compositions.Select)
        .Map<DropColumns>("", Compositions.Drop)
        .Map<ImputeMap>("impute", Imputing.Write)
        .Map<ScalingMap>("scale", Scaling.Scale)
        .Map<Log1pMap>("log1p", Scaling.Log1p)
        .Map<TfIdfMap>("tfIdf", Scaling.TfIdf)
        .Map<WhitenMap>("whiten", Whitened.Write)
        .Map<OneHotMap>("oneHot", Encodings.OneHot)
        .Map<OrdinalMap>("ordinal", Encodings.Ordinal)
        .Map<TargetEncodeMap>("targetEncode", Encodings.Target);
}
