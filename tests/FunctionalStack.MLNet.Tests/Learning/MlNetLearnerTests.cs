using FunctionalStack.IO;
using FunctionalStack.IO.Tests;
using Microsoft.ML;
using Xunit;

namespace FunctionalStack.MLNet.Tests;

public class MlNetLearnerTests
{
    public static TheoryData<string, MlNetTask> Trainers
    {
        get
        {
            var all = new TheoryData<string, MlNetTask>();
            foreach (var trainer in (string[])["FastTree", "LightGbm", "Sdca"])
            {
                foreach (var task in Enum.GetValues<MlNetTask>()) all.Add(trainer, task);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_trainer_predicts_better_than_the_baseline_and_the_same_again(string trainer, MlNetTask task)
    {
        var (learner, data) = (Samples.Learner(trainer, task), Samples.Of(task));
        Assert.Equal(task, learner.Task);
        Assert.Equal(task == MlNetTask.Regression ? TargetKinds.Numeric : TargetKinds.Classes, learner.Capabilities.Targets);
        Assert.True(Score(learner) < 0.5 * Score(Learn.Majority()), $"{Score(learner)} beside {Score(Learn.Majority())}");
        var predictions = Enumerable.Range(0, 2)
            .Select(_ => learner.Fit(data, Seed.Of(1)).Bind(model => model.Predict(data.Frame)).OrThrow());
        Assert.Equal(predictions.First(), predictions.Last());
        if (predictions.First() is Prediction.Probabilities classes)
        {
            Assert.Equal(((Target.Classes)data.Target).Levels, classes.Levels);
            Assert.All(Enumerable.Range(0, classes.Count), row => Assert.Equal(1, classes.Row(row).ToArray().Sum(), 12));
        }

        // Log-loss, or the mean squared error.
        double Score(ILearner one)
        {
            var made = one.Fit(data.Take(Half(0)), Seed.Of(1)).Bind(model => model.Predict(data.Frame.Take(Half(1)))).OrThrow();
            var target = data.Target.Take(Half(1));
            return made is Prediction.Probabilities p
                ? Enumerable.Range(0, p.Count).Average(row => -Math.Log(Math.Max(1e-6, p.Row(row)[((Target.Classes)target).Codes[row]])))
                : made.Values.Zip(((Target.Numeric)target).Values).Average(pair => Math.Pow(pair.First - pair.Second, 2));
        }

        EquatableArray<int> Half(int rest) => EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % 2 == rest));
    }

    [Theory]
    [InlineData("FastTree")]
    [InlineData("LightGbm")]
    [InlineData("Sdca")]
    public void A_class_without_training_rows_has_probability_0(string trainer)
    {
        var levels = Samples.Iris.Target is Target.Classes { Levels: var all } ? all : default;
        var codes = ((Target.Classes)Samples.Iris.Target).Codes;
        var rows = EquatableArray.From(Enumerable.Range(0, Samples.Iris.RowCount).Where(row => codes[row] != 1));
        foreach (var task in (MlNetTask[])[MlNetTask.Binary, MlNetTask.Multiclass])
        {
            var made = (Prediction.Probabilities)Samples.Learner(trainer, task).Fit(Samples.Iris.Take(rows), Seed.Of(1))
                .Bind(model => model.Predict(Samples.Iris.Frame)).OrThrow();
            Assert.Equal(levels, made.Levels);
            Assert.All(made.Probability(levels[1]), p => Assert.Equal(0, p));
            Assert.True(made.Row(0)[0] > 0.5);
            Assert.True(made.Row(149)[2] > 0.5);
        }

        var one = EquatableArray.From(Enumerable.Range(0, 10));
        Assert.All(((Prediction.Probabilities)Samples.Learner(trainer, MlNetTask.Multiclass).Fit(Samples.Iris.Take(one), Seed.Of(1))
            .Bind(model => model.Predict(Samples.Iris.Frame)).OrThrow()).Probability(levels[0]), p => Assert.Equal(1, p));
    }

    [Fact]
    public void Trainers_are_bases_of_a_stack_at_any_number_of_threads()
    {
        var stack = Stacking.Of(
            ("lightGbm", Samples.Learner("LightGbm", MlNetTask.Multiclass)),
            ("fastTree", Samples.Learner("FastTree", MlNetTask.Multiclass)),
            ("knn", Learn.Knn(5))).Folds(3).Meta(Learn.Logistic());
        var (one, four) = (stack.Fit(Samples.Iris, Seed.Of(7), 1).OrThrow(), stack.Fit(Samples.Iris, Seed.Of(7), 4).OrThrow());
        Assert.Equal(one.OutOfFold, four.OutOfFold);
        Assert.Equal(one.Predict(Samples.Iris.Frame).OrThrow(), four.Predict(Samples.Iris.Frame).OrThrow());
        Assert.True(one.Scores.Last().Scores.First(score => score.Metric == "accuracy").Mean > 0.9);
    }

    [Theory]
    [InlineData("FastTree")]
    [InlineData("LightGbm")]
    public void A_trainer_that_reads_weights_gets_them(string trainer)
    {
        var learner = Samples.Learner(trainer, MlNetTask.Binary);
        var weights = EquatableArray.From(Enumerable.Range(0, Samples.Two.RowCount).Select(row => row % 3 == 0 ? 20.0 : 1.0));
        Assert.NotEqual(Predicted(Samples.Two), Predicted(Samples.Two.WithFrequencies(weights)));
        Assert.Equal(Predicted(Samples.Two.WithFrequencies(EquatableArray.From(weights.Select(_ => 1.0)))), Predicted(Samples.Two));

        Prediction Predicted(Dataset data) => learner.Fit(data, Seed.Of(1)).Bind(model => model.Predict(Samples.Two.Frame)).OrThrow();
    }

    [Fact]
    public void What_a_trainer_cannot_learn_from_is_a_failure_that_names_it()
    {
        var two = Samples.Learner("FastTree", MlNetTask.Binary);
        Assert.Equal("the target has 3 classes, but the trainer is for two", two.Fit(Samples.Iris, Seed.Of(1)).Failure().What);
        Assert.Contains("is a classifier", two.Fit(Samples.Widths, Seed.Of(1)).Failure().What);
        var weighted = Samples.Iris.WithWeights(EquatableArray.From(Enumerable.Range(1, 150).Select(row => (double)row)));
        Assert.Contains("does not support weights", Samples.Learner("Sdca", MlNetTask.Multiclass).Fit(weighted, Seed.Of(1)).Failure().What);
        var large = Samples.Widths.WithFrame(Samples.Widths.Frame.With("big", new Column.Numeric(EquatableArray.From(
            Enumerable.Repeat(1e39, 150)))));
        var failure = Samples.Learner("FastTree", MlNetTask.Regression).Fit(large, Seed.Of(1)).Failure();
        Assert.Equal(("column 'big', row 1", "1E+39 is too large for ML.NET, which computes in single precision"),
            (failure.Where, failure.What));
    }

    [Fact]
    public void Scores_that_are_no_probabilities_are_refused_at_the_fit()
    {
        var svm = MlNet.Learner(ml => ml.BinaryClassification.Trainers.LinearSvm(), "svm");
        var failure = svm.Fit(Samples.Two, Seed.Of(1)).Failure();
        Assert.Equal(("svm", "the trainer gives scores that are no probabilities"), (failure.Where, failure.What));
        Assert.Contains("Calibrators.Platt", failure.Remedy);
        var calibrated = MlNet.Learner(ml => ml.BinaryClassification.Trainers.LinearSvm().Append(
            ml.BinaryClassification.Calibrators.Platt()), task: MlNetTask.Binary);
        Assert.Equal(100, calibrated.Fit(Samples.Two, Seed.Of(1)).Bind(model => model.Predict(Samples.Two.Frame)).OrThrow().Count);
        var bayes = MlNet.Learner(ml => ml.MulticlassClassification.Trainers.NaiveBayes());
        Assert.Equal("the trainer gives scores that are no probabilities", bayes.Fit(Samples.Iris, Seed.Of(1)).Failure().What);
    }

    [Fact]
    public void A_model_of_MLNET_is_refused_by_name_when_a_stack_with_it_is_saved()
    {
        using var folder = new TempFolder();
        var stack = Stacking.Of(("sdca", Samples.Learner("Sdca", MlNetTask.Multiclass)), ("knn", Learn.Knn(5))).Folds(3)
            .Meta(Learn.Logistic());
        var model = stack.Fit(Samples.Iris, Seed.Of(7), 1).OrThrow();
        var failure = ModelFile.TrySave(folder.At("m.fstack"), model, ModelCard.Of(Samples.Iris, "species", 7)).Failure();
        Assert.Equal("MlNetModel: models of ML.NET are not saved in model files", failure.What);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Contains("MlNetModel", $"{model.Model.ToOnnx(ModelCard.Of(Samples.Iris, "species", 7)).Failure()}");
    }

    [Fact]
    public void The_task_is_given_if_the_type_does_not_show_it()
    {
        Func<MLContext, IEstimator<ITransformer>> hidden = ml => new Hidden(ml.Regression.Trainers.FastTree());
        Assert.Throws<ArgumentException>(() => MlNet.Learner(hidden));
        var learner = MlNet.Learner(hidden, task: MlNetTask.Regression);
        Assert.Equal(150, learner.Fit(Samples.Widths, Seed.Of(1)).Bind(model => model.Predict(Samples.Widths.Frame)).OrThrow().Count);
    }

    private sealed class Hidden(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => inner.Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
