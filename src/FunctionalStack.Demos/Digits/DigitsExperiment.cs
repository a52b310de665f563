using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Demos;

/// <summary>The cross-validated scores of the net, and of other learners on the same folds.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Models">First the net with population moments, then the net with moving averages, then the other learners.</param>
/// <param name="History">The scores of each epoch, the mean over the folds.</param>
/// <param name="Predicted">The out-of-fold predictions of the net with population moments.</param>
public sealed record DigitsResult(NetworkPlan Plan, EquatableArray<ScoredModel> Models, EquatableArray<EpochRecord> History,
    Prediction.Probabilities Predicted);

/// <summary>Cross-validates the reference net on the embedded 8 x 8 digits, and 1-nearest-neighbour and a random forest on the same
/// folds.</summary>
public static class DigitsExperiment
{
    /// <summary>The number of epochs. More do not improve the accuracy on 1,438 images.</summary>
    public const int Epochs = 12;

    /// <summary>The number of folds.</summary>
    public const int K = 5;
    /// <summary>The name of the net with population moments.</summary>
    public const string Net = "convolutional net";
    /// <summary>The name of the net with moving averages.</summary>
    public const string Moving = "with moving averages";

    // Each pixel is the number of set dots in a 4 x 4 square.
    private const float MostDots = 16;

    /// <summary>The 1,797 digits, one column per pixel.</summary>
    public static Outcome<Dataset> Data() =>
        DatasetReader.Read(EmbeddedData.Digits, new TableRoles("digit", Kind: TargetKind.Classes)).Map(table => table.Dataset);

    /// <summary>The digits as images with pixels from 0 to 1.</summary>
    public static LabelledExamples Images(Dataset data)
    {
        var columns = data.Frame.Columns.Select(column => (Column.Numeric)column.Column).ToArray();
        var pixels = new float[data.RowCount * columns.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (float)columns[i % columns.Length][i / columns.Length] / MostDots;
        var side = (int)Math.Sqrt(columns.Length);
        return new(new Examples.Floats(new(side, side, 1), EquatableArray.Own(pixels)), data.Target);
    }

    /// <summary>Runs the cross-validation.</summary>
    /// <param name="bars">Shows the progress.</param>
    /// <param name="executor">Runs the fits of the other learners.</param>
    /// <param name="backend">Trains the nets.</param>
    /// <param name="data">The result of <see cref="Data"/>.</param>
    /// <param name="epochs">The number of epochs of each net.</param>
    /// <param name="seed">The seed of the folds and the fits.</param>
    public static Outcome<DigitsResult> Run(IProgressBars bars, IExecutor executor, IBackend backend, Dataset data, int epochs, Seed seed)
    {
        var images = Images(data);
        var levels = ((Target.Classes)data.Target).Levels;
        var network = ReferenceNetwork.For(images.Inputs.Shape, levels.Count);
        var plan = new FoldPlan.Stratified(K, seed.Fork("folds"));
        return from checkedPlan in network.Check()
               from folds in plan.Split(data.Roles)
               from nets in Outcome.All(folds.Select((fold, i) =>
                   Fold(bars, backend, network, images, fold, epochs, seed.Fork("net").Fork(i), $"fold {i + 1} of {folds.Count}")))
               from others in bars.Progress("other learners",
                   progress =>
                   Outcome.All(new (string, ILearner)[] { ("1-NN", new KNearestNeighbors(1)),
                       ("forest", new RandomForest(100)) }.Select(other =>
                   executor.Evaluate(other.Item2, data, plan, seed, progress, bars.Cancellation)
                       .Map(found => found.Final with { Name = other.Item1 }))))
               let net = ScoredModel.Of(Net, "learner", data.Roles, folds, [.. nets.Select(fold => fold.Predicted)])
               let moving = ScoredModel.Of(Moving, "learner", data.Roles, folds, [.. nets.Select(fold => fold.Moving)])
               select new DigitsResult(checkedPlan, [net, moving, .. others], Mean([.. nets.Select(fold => fold.History)]),
                   (Prediction.Probabilities)net.OutOfFold.Prediction);
    }

    /// <summary>The page: the scores of all models, and the training and the predictions of the net.</summary>
    internal static DemoPage Page(Dataset data, DigitsResult result)
    {
        var (net, page) = (result.Models[0], NetFigures.Of("digits", result.History, $"means over {K} folds", Images(data),
            result.Predicted, "held-out images"));
        var others = result.Models.Skip(2).Select(one => $"{one.Name} {Figures.Percent(one["accuracy"].Mean)}");
        return page with
        {
            Parts =
            [
                LeaderboardPart.Of(result.Models, data.Target, $"On held-out digits the accuracy of the net is "
                    + $"{Figures.Percent(net["accuracy"].Mean)}; {string.Join(", ", others)}."),
                .. page.Parts,
            ],
        };
    }

    private static Outcome<(Prediction.Probabilities Predicted, Prediction.Probabilities Moving, EquatableArray<EpochRecord> History)> Fold(
        IProgressBars bars, IBackend backend, Network network, LabelledExamples images, Fold fold, int epochs, Seed seed, string place)
    {
        var (train, held, options) = (images.Take(fold.Train), images.Take(fold.Holdout),
            new TrainingOptions(epochs, Moments: MomentsKind.Moving));
        return (from trained in bars.Training(place,
            progress =>
            Training.Fit(backend, network, new(train, Test: held), options, seed,
                new() { Progress = progress, Clock = TimeProvider.System, Cancellation = bars.Cancellation }))
                from variables in trained.Variables.WithPopulationMoments(backend, network, train.Inputs, seed.Fork("population moments"),
                    options.Batch)
                from predicted in Of(variables)
                from moving in Of(trained.Variables)
                select (predicted, moving, trained.History)).At(place);

        Outcome<Prediction.Probabilities> Of(Variables variables) =>
            Inference.Predict(backend, network, variables, held.Inputs, LossKind.SoftmaxCrossEntropy)
                .Map(outputs => outputs.Probabilities(((Target.Classes)images.Target).Levels));
    }

    private static EquatableArray<EpochRecord> Mean(EquatableArray<EpochRecord>[] folds) =>
        EquatableArray.From(folds[0].Select((record, i) => new EpochRecord(
        record.Epoch,
        Mean([.. folds.Select(fold => fold[i].Training)]),
        Test: Mean([.. folds.Select(fold => fold[i].Test!)]))));

    private static NetScore Mean(NetScore[] scores) => new(scores.Average(score => score.Loss), scores.Average(score => score.Accuracy));
}
