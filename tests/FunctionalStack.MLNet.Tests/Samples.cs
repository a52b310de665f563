using FunctionalStack.IO;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace FunctionalStack.MLNet.Tests;

/// <summary>Rows and learners for the tests.</summary>
internal static class Samples
{
    public static Dataset Iris { get; } = EmbeddedData.Iris.ToDataset("species").OrThrow();

    /// <summary>Two of the three species.</summary>
    public static Dataset Two { get; } = OfTwo();

    /// <summary>The last measurement, from the others.</summary>
    public static Dataset Widths { get; } = OfWidths();

    public static MlNetLearner Learner(string trainer, MlNetTask task) => (trainer, task) switch
    {
        ("FastTree", MlNetTask.Binary) => MlNet.Learner(ml => ml.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options
            {
                NumberOfTrees = 30,
                MinimumExampleCountPerLeaf = 2,
                NumberOfThreads = 1,
                ExampleWeightColumnName = "Weight"
            }), weights: true),
        ("LightGbm", MlNetTask.Binary) => MlNet.Learner(ml => ml.BinaryClassification.Trainers.LightGbm(
            new LightGbmBinaryTrainer.Options
            {
                NumberOfIterations = 30,
                MinimumExampleCountPerLeaf = 2,
                NumberOfThreads = 1,
                ExampleWeightColumnName = "Weight"
            }), weights: true),
        ("Sdca", MlNetTask.Binary) => MlNet.Learner(ml => ml.Transforms.NormalizeMinMax("Features").Append(
            ml.BinaryClassification.Trainers.SdcaLogisticRegression(
                new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = "Weight" })),
                    weights: true),
        ("FastTree", MlNetTask.Multiclass) => MlNet.Learner(ml => ml.MulticlassClassification.Trainers.OneVersusAll(
            ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
            {
                NumberOfTrees = 30,
                MinimumExampleCountPerLeaf = 2,
                NumberOfThreads = 1
            }))),
        ("LightGbm", MlNetTask.Multiclass) => MlNet.Learner(ml => ml.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { NumberOfIterations = 30, MinimumExampleCountPerLeaf = 2, NumberOfThreads = 1 })),
        ("Sdca", MlNetTask.Multiclass) => MlNet.Learner(ml => ml.Transforms.NormalizeMinMax("Features").Append(
            ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }))),
        ("FastTree", _) => MlNet.Learner(ml => ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options { NumberOfTrees = 30, MinimumExampleCountPerLeaf = 2, NumberOfThreads = 1 })),
        ("LightGbm", _) => MlNet.Learner(ml => ml.Regression.Trainers.LightGbm(
            new LightGbmRegressionTrainer.Options { NumberOfIterations = 30, MinimumExampleCountPerLeaf = 2, NumberOfThreads = 1 })),
        _ => MlNet.Learner(ml => ml.Transforms.NormalizeMinMax("Features").Append(
            ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }))),
    };

    public static Dataset Of(MlNetTask task) => task switch
    {
        MlNetTask.Binary => Two,
        MlNetTask.Multiclass => Iris,
        _ => Widths,
    };

    public static Failure Failure<T>(this Outcome<T> outcome) =>
        outcome.Match(value => throw new Xunit.Sdk.XunitException($"no failure but {value}"), failure => failure);

    private static Dataset OfTwo()
    {
        var classes = (Target.Classes)Iris.Target;
        var rows = EquatableArray.From(Enumerable.Range(0, Iris.RowCount).Where(row => classes.Codes[row] > 0));
        return new(Iris.Frame.Take(rows), Target.Classes.Of([.. rows.Select(row => classes.Levels[classes.Codes[row]])]));
    }

    private static Dataset OfWidths()
    {
        var name = Iris.Frame.Names[3];
        return new(Iris.Frame.Without(name), new Target.Numeric(EquatableArray.Own(((Column.Numeric)Iris.Frame[name]).ToArray())));
    }
}
