using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times fits of forests for peers/forest.py and of AdaBoost for peers/adaboost.py, which write CSV files (target last) and
/// compare the results.</summary>
internal static class Forests
{
    /// <param name="args">randomForest or extraTrees, file, file of held-out rows, classes or values, trees, threads, runs, the minimum
    /// number of rows in a leaf.</param>
    public static void Run(string[] args)
    {
        var trees = int.Parse(args[4]);
        var leaf = int.Parse(args[7]);
        ILearner forest = args[0] == "extraTrees"
            ? new ExtraTrees(trees, MinSamplesLeaf: leaf) : new RandomForest(trees, MinSamplesLeaf: leaf);
        Time(forest, args[1], args[2], args[3] == "classes", int.Parse(args[5]), int.Parse(args[6]));
    }

    /// <param name="args">File, file of held-out rows, sammeR or samme, rounds, runs.</param>
    public static void Boost(string[] args) =>
        Time(new AdaBoost(Rounds: int.Parse(args[3]), Rule: args[2] == "samme" ? AdaBoostRule.Samme : AdaBoostRule.SammeR), args[0],
            args[1], true, 2, int.Parse(args[4]));

    private static void Time(ILearner learner, string file, string held, bool classes, int threads, int runs)
    {
        var (data, unseen) = (Read(file, classes), Read(held, classes));
        var executor = Executor.Threads(threads);
        var seconds = new List<double>();
        var processor = new List<double>();
        var predicting = new List<double>();
        var losses = new List<double>();
        IModel model = null!;
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            model = executor.Fit(learner, data, Seed.Of(run)).OrThrow();
            seconds.Add(clock.Elapsed.TotalSeconds);
            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            before = Process.GetCurrentProcess().TotalProcessorTime;
            model.Predict(data.Frame);
            predicting.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            losses.Add(Metric.Leading(unseen.Target).Score(unseen.Target, model.Predict(unseen.Frame).OrThrow(), null));
        }

        var forest = (model is Trained trained ? trained.Model : model) as RandomForestModel;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            fit = seconds,
            processor,
            predict = predicting,
            nodes = forest?.Trees.Sum(tree => tree.NodeCount),
            depth = forest?.Trees.Average(tree => tree.Depth),
            outOfBag = forest?.OutOfBag?.Score,
            loss = losses,
        }));
    }

    internal static Dataset Read(string file, bool classes)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var columns = names.SkipLast(1)
            .Select((name, c) =>
                new NamedColumn(name,
                    new Column.Numeric(EquatableArray.From(cells.Select(row => double.Parse(row[c], CultureInfo.InvariantCulture))))));
        var target = cells.Select(row => row[^1]);
        return new(new Frame(cells.Length, EquatableArray.From(columns)),
            classes ? Target.Classes.Of([.. target])
            : new Target.Numeric(EquatableArray.From(target.Select(word => double.Parse(word, CultureInfo.InvariantCulture)))));
    }
}
