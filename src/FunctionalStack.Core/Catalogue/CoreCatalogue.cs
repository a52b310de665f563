namespace FunctionalStack;

/// <summary>The records of composed models. They belong to no single learner, so specs have no names for them.</summary>
public static class CoreCatalogue
{
    /// <summary>The maps and models of compositions, and the plain data shared by the models of several learners.</summary>
    public static Catalogue All { get; } = Catalogue.Empty
        .With(RecordTag.Of<PipelineModel>("pipeline"))
        .With(RecordTag.Of<CrossFitMap>("crossFit"))
        .With(RecordTag.Of<UnionMap>("union"))
        .With(RecordTag.Of<ChainMap>("chain"))
        .With(RecordTag.Of<Identity>("identity"))
        .With(RecordTag.Of<SelectColumns>("columns"))
        .With(RecordTag.Of<AveragedModel>("averaged"))
        .With(RecordTag.Of<StackColumns>("stackOn"))
        .With(RecordTag.Of<Target.Classes>("classes"))
        .With(RecordTag.Of<Target.Numeric>("values"))
        .With(RecordTag.Of<Prediction.Probabilities>("probabilities"))
        .With(RecordTag.Of<Prediction.Numeric>("estimates"))
        .With(RecordTag.Of<BaseColumns>("baseColumns"))
        .With(RecordTag.Of<Seed>("seed"))
        .With(RecordTag.Of<ConformalModel>("conformal"))
        .With(RecordTag.Of<ConformalFold>("conformal.fold"))
        .With(RecordTag.Of<ThresholdModel>("thresholded"))
        .With(RecordTag.Of<Threshold>("threshold"));
}
