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
        var data = Read(file, kind == "classes");
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

    private static Dataset Read(string file, bool classes)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var columns = names.SkipLast(1).Select((name, c) => new NamedColumn(name, new Column.Numeric(Values.From(cells.Select(row => double.Parse(row[c], CultureInfo.InvariantCulture))))));
        var target = cells.Select(row => row[^1]);
        return new(new Frame(cells.Length, Values.From(columns)), classes ? Target.Classes.Of([.. target]) : new Target.Values(Values.From(target.Select(word => double.Parse(word, CultureInfo.InvariantCulture)))));
    }
}
