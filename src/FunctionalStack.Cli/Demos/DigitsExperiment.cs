using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos;

/// <summary>What a net, cross-validated, and others on the same folds did.</summary>
/// <param name="Plan">The net.</param>
/// <param name="Models">The net first, by population and by moving moments.</param>
/// <param name="History">Epoch by epoch, the mean over the folds.</param>
/// <param name="Said">What the net by population moments said of each image, out of fold.</param>
internal sealed record DigitsResult(NetworkPlan Plan, EquatableArray<ScoredModel> Models, EquatableArray<EpochRecord> History, Prediction.Probabilities Predicted);

/// <summary>The reference net on the embedded 8 x 8 digits, beside nearest neighbours and a forest on the same folds.</summary>
internal static class DigitsExperiment
{
    public const int K = 5;
    public const string Net = "convolutional net";
    public const string Moving = "by moving moments";

    // The pixels count the dots of a 4 x 4 square.
    private const float MostDots = 16;

    /// <summary>1,797 digits, a column a pixel.</summary>
    public static Outcome<Dataset> Data() => DatasetReader.Read(EmbeddedData.Digits, new TableRoles("digit", Kind: TargetKind.Classes)).Map(table => table.Dataset);

    /// <summary>The same as images of 0 to 1.</summary>
    public static LabelledExamples Images(Dataset data)
    {
        var columns = data.Frame.Columns.Select(column => (Column.Numeric)column.Column).ToArray();
        var pixels = new float[data.RowCount * columns.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (float)columns[i % columns.Length][i / columns.Length] / MostDots;
        var side = (int)Math.Sqrt(columns.Length);
        return new(new Examples.Floats(new(side, side, 1), EquatableArray.Own(pixels)), data.Target);
    }

    public static Outcome<DigitsResult> Run(Terminal terminal, IExecutor executor, IBackend backend, Dataset data, int epochs, Seed seed)
    {
        var images = Images(data);
        var levels = ((Target.Classes)data.Target).Levels;
        var network = ReferenceNetwork.For(images.Inputs.Shape, levels.Count);
        var plan = new FoldPlan.Stratified(K, seed.Fork("folds"));
        return from checkedPlan in network.Check()
               from folds in plan.Split(data.Roles)
               from nets in Outcome.All(folds.Select((fold, i) => Fold(terminal, backend, network, images, fold, epochs, seed.Fork("net").Fork(i), $"fold {i + 1} of {folds.Count}")))
               from others in terminal.Progress("the others", progress => Outcome.All(new (string, ILearner)[] { ("1-NN", new KNearestNeighbors(1)), ("forest", new RandomForest(100)) }.Select(other =>
                   executor.Evaluate(other.Item2, data, plan, seed, progress, terminal.Cancellation).Map(found => found.Final with { Name = other.Item1 }))))
               let net = ScoredModel.Of(Net, "learner", data.Roles, folds, [.. nets.Select(fold => fold.Predicted)])
               let moving = ScoredModel.Of(Moving, "learner", data.Roles, folds, [.. nets.Select(fold => fold.Moving)])
               select new DigitsResult(checkedPlan, [net, moving, .. others], Mean([.. nets.Select(fold => fold.History)]), (Prediction.Probabilities)net.OutOfFold.Prediction);
    }

    private static Outcome<(Prediction.Probabilities Predicted, Prediction.Probabilities Moving, EquatableArray<EpochRecord> History)> Fold(Terminal terminal, IBackend backend, Network network, LabelledExamples images, Fold fold, int epochs, Seed seed, string place)
    {
        var (train, held, options) = (images.Take(fold.Train), images.Take(fold.Holdout),
            new TrainingOptions(epochs, Moments: MomentsKind.Moving));
        return (from trained in terminal.Training(place, progress => Training.Fit(backend, network, new(train, Test: held), options, seed, new() { Progress = progress, Clock = TimeProvider.System, Cancellation = terminal.Cancellation }))
                from variables in trained.Variables.WithPopulationMoments(backend, network, train.Inputs, seed.Fork("population moments"), options.Batch)
                from predicted in Of(variables)
                from moving in Of(trained.Variables)
                select (predicted, moving, trained.History)).At(place);

        Outcome<Prediction.Probabilities> Of(Variables variables) => NetPredictions.Of(backend, network, variables, ((Target.Classes)images.Target).Levels, held.Inputs);
    }

    private static EquatableArray<EpochRecord> Mean(EquatableArray<EpochRecord>[] folds) => EquatableArray.From(folds[0].Select((record, i) => new EpochRecord(
        record.Epoch,
        Mean([.. folds.Select(fold => fold[i].Training)]),
        Test: Mean([.. folds.Select(fold => fold[i].Test!)]))));

    private static NetScore Mean(NetScore[] scores) => new(scores.Average(score => score.Loss), scores.Average(score => score.Accuracy));
}
