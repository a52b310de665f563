using System.Diagnostics;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times predictions of nearest neighbours for peers/knn.py.</summary>
internal static class Neighbors
{
    /// <param name="args">Training file, test file, k, metric, threads, runs.</param>
    public static void Run(string[] args)
    {
        var (train, later) = (Forests.Read(args[0], classes: true), Forests.Read(args[1], classes: true).Frame);
        var knn = new KNearestNeighbors(int.Parse(args[2]), Metric: Enum.Parse<Distance>(args[3], ignoreCase: true));
        var (threads, runs) = (int.Parse(args[4]), int.Parse(args[5]));
        var model = knn.Fit(train, Seed.Of(1)).OrThrow();
        var (seconds, processor) = (new List<double>(), new List<double>());
        Prediction predicted = null!;
        for (var run = 0; run < runs; run++)
        {
            var (clock, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            predicted = Executor.Threads(threads).Predict(model, later).OrThrow();
            seconds.Add(clock.Elapsed.TotalSeconds);
            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        var probabilities = (Prediction.Probabilities)predicted;
        Console.WriteLine(JsonSerializer.Serialize(new { seconds, processor, levels = probabilities.Levels,
            probabilities = probabilities.Matrix }));
    }
}
