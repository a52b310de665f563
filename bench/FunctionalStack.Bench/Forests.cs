using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times forest fits for peers/forest.py, which hands over numbers as CSV (the target last) and compares.</summary>
internal static class Forests
{
    /// <param name="args">File, classes or values, trees, threads, runs.</param>
    public static void Run(string[] args)
    {
        var (file, kind, trees, threads, runs) = (args[0], args[1], int.Parse(args[2]), int.Parse(args[3]), int.Parse(args[4]));
        var data = Table.Read(file, kind == "classes");
        var executor = Executor.Threads(threads);
        var forest = new RandomForest(trees);
        var seconds = new List<double>();
        var processor = new List<double>();
        var predicting = new List<double>();
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
        }));
    }
}
