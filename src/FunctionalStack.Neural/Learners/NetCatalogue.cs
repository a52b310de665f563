namespace FunctionalStack.Neural;

/// <summary>The catalogue entry of nets, and the record tags of network models and checkpoints.</summary>
public static class NetCatalogue
{
    /// <summary>The catalogue of this assembly.</summary>
    /// <param name="recipe">The default preprocessing of a net that reads a raw table; it is defined in another assembly.</param>
    public static Catalogue Of(ITransform recipe) => Checkpoints
        .With(LearnerEntry.Of(
            new Net(),
            "Small neural net with batch normalization, for tables and images.",
            [
                RecordTag.Of<NetClassifierModel>("net.classifier"),
                RecordTag.Of<NetEstimatorModel>("net.estimator"),
                RecordTag.Of<StandardInputs>("net.inputs"),
                RecordTag.Of<NetworkModel>("network"),
                RecordTag.Of<Network>("network.layers"),
                RecordTag.Of<Variables>("network.variables"),
                RecordTag.Of<Shape>("network.shape"),
                RecordTag.Of<Layer.Conv2D>("layer.conv2d"),
                RecordTag.Of<Layer.Dense>("layer.dense"),
                RecordTag.Of<Layer.BatchNorm>("layer.batchNorm"),
                RecordTag.Of<Layer.ReLU>("layer.relu"),
                RecordTag.Of<Layer.LeakyReLU>("layer.leakyRelu"),
                RecordTag.Of<Layer.Sigmoid>("layer.sigmoid"),
                RecordTag.Of<Layer.Tanh>("layer.tanh"),
                RecordTag.Of<Layer.MaxPool2D>("layer.maxPool2d"),
                RecordTag.Of<Layer.AveragePool2D>("layer.averagePool2d"),
                RecordTag.Of<Layer.GlobalAveragePool>("layer.globalAveragePool"),
                RecordTag.Of<Layer.Flatten>("layer.flatten"),
                RecordTag.Of<Layer.Dropout>("layer.dropout"),
                RecordTag.Of<Layer.Softmax>("layer.softmax"),
                RecordTag.Of<Layer.Residual>("layer.residual"),
            ],
            // The pixels of an image must keep their places.
            (net, _) => net.Image.Count == 0 ? recipe : null));

    private static Catalogue Checkpoints { get; } = Catalogue.Empty
        .With(RecordTag.Of<Checkpoint>("checkpoint"))
        .With(RecordTag.Of<BestEpoch>("checkpoint.best"))
        .With(RecordTag.Of<EpochRecord>("checkpoint.epoch"))
        .With(RecordTag.Of<NetScore>("checkpoint.score"))
        .With(RecordTag.Of<TrainingOptions>("training"))
        .With(RecordTag.Of<EarlyStopping>("training.earlyStopping"))
        .With(RecordTag.Of<Augmentation>("training.augmentation"))
        .With(RecordTag.Of<OptimizerState>("optimizer.state"))
        .With(RecordTag.Of<Optimizer.Sgd>("optimizer.sgd"))
        .With(RecordTag.Of<Optimizer.Adam>("optimizer.adam"))
        .With(RecordTag.Of<Optimizer.AdamW>("optimizer.adamW"))
        .With(RecordTag.Of<Optimizer.RmsProp>("optimizer.rmsProp"))
        .With(RecordTag.Of<Schedule.Constant>("schedule.constant"))
        .With(RecordTag.Of<Schedule.Step>("schedule.step"))
        .With(RecordTag.Of<Schedule.Cosine>("schedule.cosine"))
        .With(RecordTag.Of<Schedule.CosineWarmRestarts>("schedule.cosineWarmRestarts"));
}
