using System.Diagnostics;
using FunctionalStack.Gpu;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;
using static FunctionalStack.Neural.Layer;

namespace FunctionalStack.Tests;

/// <summary>The guide's C# blocks, word for word, with assertions on what the page describes.</summary>
[Collection("current folder")]
public partial class GuideSnippets
{
    public record Passenger(string Name, string Sex, double? Age, int Siblings, bool Survived);

    private static readonly Passenger[] passengers =
    [
        .. Enumerable.Range(0, 60)
        .Select(i =>
            new Passenger($"P{i}", i % 2 == 0 ? "female" : "male", i % 7 == 0 ? null : 20 + i % 40, i % 3, i % 2 == 0 ^ i % 10 == 0)),
    ];

    private static readonly Stack stack = Stacking
        .Of(("knn", Learn.Knn(3).Preprocess(Prepare.ForDistances)), ("tree", Learn.Tree(3).Preprocess(Prepare.ForTrees)))
        .Folds(3).Shuffled(Seed.Of(1))
        .Meta(Learn.Logistic());

    [Fact]
    public void Csv_files()
    {
        var trainingFile = Path.GetTempFileName();
        var newFile = trainingFile;
        var lines = passengers.Select(p => $"{p.Name},{p.Sex},{p.Age},{p.Siblings},{p.Survived}").Prepend("Name,Sex,Age,Siblings,Survived");
        File.WriteAllText(trainingFile, string.Join('\n', lines));

        var data = Csv.Read(trainingFile).Id("Name").Target("Survived").OrThrow();
        var model = stack.Fit(data, Seed.Of(42)).OrThrow();

        foreach (var note in model.Notes)
            Console.WriteLine(note);

        var rows = Csv.Read(newFile).ToPredict(model).OrThrow();
        var predicted = model.Predict(rows).OrThrow();

        Assert.Equal(["Sex", "Age", "Siblings"], data.Frame.Names);
        Assert.Equal(60, predicted.Count);
        File.Delete(trainingFile);
    }

    [Fact]
    public void Rows_of_your_own()
    {
        var data = Rows.Of(passengers)
            .Drop(p => p.Name)
            .Target(p => p.Survived)
            .OrThrow();

        var model = stack.Fit(data, Seed.Of(42)).OrThrow();

        foreach (var p in model.Predict(passengers).OrThrow())
            Console.WriteLine($"{p.Row.Name}: {p.Class}, {p.Probabilities["True"]:P0}");

        Assert.Equal(["Sex", "Age", "Siblings"], data.Frame.Names);

        var path = Path.GetTempFileName();

        model.Save(path).OrThrow();

        var loaded = Model.Load(path).OrThrow();
        Console.WriteLine(loaded);

        var predicted = loaded.Predict(new[] { new { Sex = "female", Age = (int?)null, Siblings = 1 } });

        foreach (var note in predicted.Notes)
            Console.WriteLine(note);

        var survives = loaded.For<Passenger, bool>().OrThrow();
        var answer = survives.Predict(passengers[0]).OrThrow();
        Console.WriteLine($"{answer.Value}: {answer[true]:P0}");

        var predictor = loaded.For<Passenger>().OrThrow();
        var probabilities = new double[predictor.Width];

        if (predictor.TryPredict(passengers[0], probabilities))
            Console.WriteLine($"{predictor.ClassOf(probabilities)}: {probabilities.Max():P0}");

        Assert.Equal(1, probabilities.Sum(), 9);
        Assert.Single(predicted.OrThrow());

        var onnxPath = Path.ChangeExtension(path, ".onnx");
        var onnx = Model.Load(path).Bind(saved => saved.ToOnnx()).OrThrow();
        onnx.Save(onnxPath).OrThrow();
        Console.WriteLine($"{onnx.Length} bytes, inputs {string.Join(", ", onnx.Inputs)}");

        Assert.Equal(onnx.Length, new FileInfo(onnxPath).Length);
        File.Delete(onnxPath);
        File.Delete(path);
    }

    [Fact]
    public void Stack_definitions()
    {
        var stack = Stacking
            .Of(("knn", Learn.Knn(5).Preprocess(Prepare.ForDistances).Columns("Age", "Siblings")),
                ("forest", (Learn.RandomForest(100) with { MaxDepth = 6 }).Preprocess(Prepare.ForTrees)))
            .And("bayes", Learn.NaiveBayes().Preprocess(Prepare.ForLinear))
            .Folds(5).Repeated(3, Seed.Of(7))
            .Refit()
            .Passthrough("Siblings")
            .Meta(Learn.Logistic(c: 0.5));

        var deeper = Stacking
            .Of(("stack", stack), ("majority", Learn.Majority()))
            .Meta(Learn.Logistic());

        var mixed = Stacking
            .Of(("knn", Learn.Knn(5).Preprocess(Prepare.ForDistances)),
                ("forest", Learn.RandomForest(100).Preprocess(Prepare.ForTrees).Calibrated(CalibrationMethod.Temperature)),
                ("bayes", Learn.NaiveBayes().Preprocess(Prepare.ForLinear).Calibrated()))
            .Metas(("weights", Learn.ConvexWeights()), ("logistic", Learn.Logistic()));

        var boosted = Learn.GradientBoosting(50).Preprocess(Prepare.ForBoosting)
            .Tuned(space => space.Over("maxDepth", 2, 3, 4).Between("eta", 0.03, 0.3, Scale.Log), trials: 5);
        var weighted = deeper.Tuned(space => space.Over("meta.c", 0.1, 1, 10), Search.Grid, folds: new FoldPlan.Usual(3));
        var best = Learn.Tuned(("boosted", boosted), ("bayes", Learn.NaiveBayes().Preprocess(Prepare.ForLinear)));

        var data = Rows.Of(passengers).Drop(p => p.Name).Target(p => p.Survived).OrThrow();
        var found = boosted.Fit(data, Seed.Of(42), threads: 2).OrThrow();
        foreach (var trial in found.Searches[0].Trials) Console.WriteLine($"{trial.Name}: {trial.Score.Mean}");
        Assert.Equal(5, found.Searches[0].Trials.Count);
        Assert.Equal(3, weighted.Fit(data, Seed.Of(42), threads: 2).OrThrow().Searches[0].Trials.Count);
        Assert.Equal(2, best.Candidates.Count);
        Assert.Equal(60, mixed.Fit(data, Seed.Of(42), threads: 2).OrThrow().Predict(data.Frame).OrThrow().Count);
        Assert.Equal(60, deeper.Fit(data, Seed.Of(42), threads: 2).OrThrow().Predict(data.Frame).OrThrow().Count);
    }

    [Fact]
    public void Networks()
    {
        var data = IO.EmbeddedData.Digits.ToDataset("digit").OrThrow().Take(EquatableArray.Range(300));
        var pixels = Enumerable.Range(0, 300)
            .SelectMany(row => data.Frame.Columns.Select(column => (float)((Column.Numeric)column.Column)[row])).ToArray();
        var digits = ((Target.Classes)data.Target).Codes.Select(code => $"{code}").ToArray();

        static Layer[] Block(Layer layer) => [layer, new BatchNorm(), new ReLU()];

        var body = Network.Of(new Shape(8, 8, 1),
        [
            .. Block(new Conv2D(16, Bias: false)),
            .. Block(new Conv2D(16, Bias: false)),
            new MaxPool2D(),
            new Flatten(),
            .. Block(new Dense(64, Bias: false)),
        ]);
        var classifier = body with { Layers = [.. body.Layers, new Dense(10), new Softmax()] };

        using var backend = new HostBackend(threads: 2);
        var examples = new LabelledExamples(new Examples.Floats(classifier.Input, EquatableArray.Of(pixels)), Target.Classes.Of(digits));
        var trained = Training.Fit(backend, classifier, examples, new TrainingOptions(Epochs: 3), Seed.Of(42)).OrThrow();

        foreach (var epoch in trained.History)
            Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.Training.Loss:F3}, accuracy {epoch.Training.Accuracy:P1}");

        // One epoch of mini-batch training (Ioffe & Szegedy 2015, Algorithm 2, steps 1 to 7), step by step.
        var plan = classifier.Check().OrThrow();
        var adam = new Optimizer.Adam(Rate: 1e-3);
        var (variables, state) = (Variables.Initial(plan, Seed.Of(42)), OptimizerState.Initial(adam, plan.ParameterCount));
        foreach (var (number, rows) in Enumerable.Range(0, examples.Count).Chunk(32).Index())
        {
            var batch = examples.Take(EquatableArray.From(rows));
            var next = Training.Step(
                backend, plan, LossKind.SoftmaxCrossEntropy, adam, variables, state, batch, factor: 1, Seed.Of(number)).OrThrow();
            (variables, state) = (next.Variables, next.Optimizer);
        }

        Assert.Equal((10L, plan.ParameterCount), (state.Steps, variables.Parameters.Count));
        Assert.Equal(Shape.Vector(10), classifier.Check().OrThrow().Output);
        Assert.True(trained.History[^1].Training.Loss < trained.History[0].Training.Loss);

        var moved = new TrainingOptions(Epochs: 4, Augmentation: new(Shift: 1, Rotation: 10, Zoom: 0.1));
        var snapshots = Snapshots.Fit(backend, classifier, examples, moved, cycles: 2, Seed.Of(42)).OrThrow();
        var mean = Prediction.Mean([.. snapshots.Select(snapshot =>
            Inference.Predict(backend, classifier, snapshot, examples.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow()
                .Probabilities(((Target.Classes)examples.Target).Levels))]);

        Assert.Equal((2, 300), (snapshots.Count, mean.Count));

        foreach (var found in Device.List())
            Console.WriteLine($"{found.Id}: {found.Reason ?? found.Name}");

        using var device = Device.Open("auto", threads: 2).OrThrow();
        var score = Inference.Score(device, classifier, trained.Variables, examples).OrThrow();
        Console.WriteLine($"accuracy {score.Accuracy:P1} on {device.Id}, {device.Name}");

        Assert.InRange(score.Accuracy!.Value, 0, 1);

        var stack = Stacking
            .Of(("convolutions", Learn.Network(body, new TrainingOptions(Epochs: 3))),
                ("dense", Learn.Net(64, 32) with { Epochs = 3 }),
                ("forest", Learn.RandomForest(50)))
            .Folds(3).Shuffled(Seed.Of(1))
            .Meta(Learn.Logistic());

        Assert.Equal(300, stack.Fit(data, Seed.Of(42), threads: 2).OrThrow().Predict(data.Frame).OrThrow().Count);
    }

    [Fact]
    public void Outcomes()
    {
        var table = IO.EmbeddedData.Iris;

        var outcome =
            from data in table.ToDataset("species")
            from model in Learn.Knn(0).Fit(data, Seed.Of(1))
            from predicted in model.Predict(data.Frame)
            select predicted;

        var text = outcome.Match(
            prediction => $"{prediction.Count} rows",
            failure => failure.ToString());

        Assert.Equal("knn: k is 0. Give at least 1.", text);
    }

    [Fact]
    public async Task Long_calls()
    {
        var data = Rows.Of(passengers).Drop(p => p.Name).Target(p => p.Survived).OrThrow();
        using var source = new CancellationTokenSource();

        var progress = new Progress<FitProgress>(p => Console.Error.WriteLine($"{p.Done} of {p.Total}: {p.Label}"));
        var fit = stack.Fit(data, Seed.Of(42), threads: 4, progress, source.Token).OrThrow();

        foreach (var part in fit.Scores)
            Console.WriteLine($"{part.Name}: {part.LogLoss.Mean:F3} out of fold");

        var task = stack.FitAsync(data, Seed.Of(42), threads: 2, progress, source.Token);
        var same = (await task).OrThrow();

        Assert.Equal(["knn", "tree", "stack"], fit.OutOfFold.Select(part => part.Name));
        Assert.Equal(fit, same);
    }

    [Fact]
    public void Long_runs()
    {
        var data = Rows.Of(passengers).Drop(p => p.Name).Target(p => p.Survived).OrThrow();
        var here = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("functionalstack-guide-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            foreach (var found in (int[])[0, 10])
            {
                Assert.Equal(found, Run());
            }
        }
        finally
        {
            Environment.CurrentDirectory = here;
            folder.Delete(recursive: true);
        }

        int Run()
        {
            using var journal = RunJournal.Open("survival.run").OrThrow();
            var watch = Stopwatch.StartNew();
            var budget = new Budget(Memory: 2_000_000_000, TimeIsUp: () => watch.Elapsed.TotalMinutes > 30);

            var safe = stack.Fit(data, Seed.Of(42), Executor.Threads(4, budget).Through(journal)).OrThrow();
            Console.WriteLine(
                $"{journal.Report.Found} fits found, {journal.Report.Fitted} fitted; left out: {string.Join(", ", safe.Skipped)}");

            Assert.Equal(stack.Fit(data, Seed.Of(42)).OrThrow(), safe);
            return journal.Report.Found;
        }
    }
}
