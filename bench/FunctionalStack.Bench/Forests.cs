using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times fits of forests for peers/forest.py, which hands over numbers as CSV (the target last) and compares.</summary>
internal static class Forests
{
    /// <param name="args">randomForest or extraTrees, file, file of held-out rows (or -), classes or values, trees, threads, runs.</param>
    public static void Run(string[] args)
    {
        var (file, held, kind) = (args[1], args[2], args[3]);
        var (trees, threads, runs) = (int.Parse(args[4]), int.Parse(args[5]), int.Parse(args[6]));
        var data = Read(file, kind == "classes");
        var executor = Executor.Threads(threads);
        ILearner forest = args[0] == "extraTrees" ? new ExtraTrees(trees) : new RandomForest(trees);
        var seconds = new List<double>();
        var processor = new List<double>();
        var predicting = new List<double>();
        var losses = new List<double>();
        var unseen = held == "-" ? null : Read(held, kind == "classes");
        IModel model = null!;
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            model = executor.Fit(forest, data, Seed.Of(run)).OrThrow();
            seconds.Add(clock.Elapsed.TotalSeconds);
            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            before = Process.GetCurrentProcess().TotalProcessorTime;
            model.Predict(data.Frame);
            predicting.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            if (unseen is not null) losses.Add(Loss(model, unseen));
        }

        var fitted = (RandomForestModel)model;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            fit = seconds,
            processor,
            predict = predicting,
            nodes = fitted.Trees.Sum(tree => tree.NodeCount),
            depth = fitted.Trees.Average(tree => tree.Depth),
            outOfBag = fitted.OutOfBag?.Score,
            loss = losses,
        }));
    }

    /// <summary>Mean log-loss, probabilities at least 2^-52 as scikit-learn has it, or mean squared error.</summary>
    public static double Loss(IModel model, Dataset held) => (model.Predict(held.Frame), held.Target) switch
    {
        (Prediction.Probabilities told, Target.Classes classes) => Enumerable.Range(0, held.RowCount).Average(row =>
            -Math.Log(Math.Max(told.Row(row)[told.Levels.ToArray().AsSpan().IndexOf(classes.Levels[classes.Codes[row]])], Math.ScaleB(1, -52)))),
        (Prediction.Estimates told, Target.Values values) => told.Numbers.Zip(values.Numbers).Average(pair => Math.Pow(pair.First - pair.Second, 2)),
        _ => throw new InvalidOperationException(),
    };

    public static Dataset Read(string file, bool classes)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var columns = names.SkipLast(1).Select((name, c) => new NamedColumn(name, new Column.Numeric(Values.From(cells.Select(row => double.Parse(row[c], CultureInfo.InvariantCulture))))));
        var target = cells.Select(row => row[^1]);
        return new(new Frame(cells.Length, Values.From(columns)), classes ? Target.Classes.Of([.. target]) : new Target.Values(Values.From(target.Select(word => double.Parse(word, CultureInfo.InvariantCulture)))));
    }
}
