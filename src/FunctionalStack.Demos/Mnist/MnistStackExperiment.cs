using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The test scores of the snapshots of one training, and of their stack.</summary>
/// <param name="Snapshots">The scores of each snapshot, in the order in which they were taken.</param>
/// <param name="Stacked">The scores of the stack: the mean of the snapshots' probabilities.</param>
/// <param name="Predicted">The predictions of the stack for the test images.</param>
/// <param name="History">The training scores of each epoch, on augmented images.</param>
public sealed record MnistStack(EquatableArray<NetScore> Snapshots, NetScore Stacked, Prediction.Probabilities Predicted,
    EquatableArray<EpochRecord> History);

/// <summary>
/// The net of <see cref="MnistExperiment"/>, trained once on augmented images with a cyclic learning rate. The nets at the end of each
/// cycle are stacked (<see cref="Snapshots"/>).
/// </summary>
public static class MnistStackExperiment
{
    /// <summary>The number of snapshots.</summary>
    public const int Cycles = 5;

    /// <summary>The number of epochs of all cycles together.</summary>
    public const int Epochs = 30;

    /// <summary>The augmentation of the training images.</summary>
    public static Augmentation Augmentation { get; } = new(Shift: 2, Rotation: 10, Zoom: 0.1);

    /// <summary>The training options. Batch normalization uses the moments of all training images, as they are.</summary>
    /// <param name="epochs">A multiple of <see cref="Cycles"/>.</param>
    public static TrainingOptions Options(int epochs) => new(epochs, Moments: MomentsKind.Population, Augmentation: Augmentation);

    /// <summary>Trains, and scores the snapshots and their stack on the test images. Fails as <see cref="Snapshots.Fit"/> does.</summary>
    /// <param name="bars">Shows the progress.</param>
    /// <param name="backend">Trains the net.</param>
    /// <param name="train">The training images.</param>
    /// <param name="test">The test images. They are read after the training.</param>
    /// <param name="epochs">A multiple of <see cref="Cycles"/>.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epochEnded">Called at the end of each epoch; null for nothing.</param>
    public static Outcome<MnistStack> Run(IProgressBars bars, IBackend backend, LabelledExamples train, LabelledExamples test, int epochs,
        Seed seed, Action<EpochEnd>? epochEnded = null)
    {
        var levels = ((Target.Classes)train.Target).Levels;
        var network = ReferenceNetwork.For(train.Inputs.Shape, levels.Count);
        var history = new List<EpochRecord>();
        return from snapshots in bars.Training("training", progress => Snapshots.Fit(backend, network, train, Options(epochs), Cycles, seed,
                   new()
                   {
                       Progress = progress,
                       Clock = TimeProvider.System,
                       Cancellation = bars.Cancellation,
                       EpochEnded = end =>
                       {
                           history.Add(end.Record);
                           epochEnded?.Invoke(end);
                       },
                   }))
               from predictions in Outcome.All(snapshots.Select(variables =>
                   Inference.Predict(backend, network, variables, test.Inputs, LossKind.SoftmaxCrossEntropy)
                       .Map(outputs => (Prediction)outputs.Probabilities(levels))))
               let stacked = (Prediction.Probabilities)Prediction.Mean([.. predictions])
               select new MnistStack(EquatableArray.From(predictions.Select(Score)), Score(stacked), stacked, EquatableArray.From(history));

        NetScore Score(Prediction predicted) =>
            new(Metric.LogLoss.Score(test.Target, predicted, null), Metric.Accuracy.Score(test.Target, predicted, null));
    }
}
