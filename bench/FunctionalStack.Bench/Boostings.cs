using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times boosting for peers/boosting.py, which writes CSV files (target last), requests runs and compares the results.</summary>
internal static class Boostings
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <param name="args">Training file, test file, spec parameters as JSON, threads. Each line on standard input is the seed of a
    /// run.</param>
    public static void Run(string[] args)
    {
        var (train, test, threads) = (Forests.Read(args[0], classes: true), Forests.Read(args[1], classes: true), int.Parse(args[3]));
        var spec = JsonSerializer.Deserialize<GradientBoosting>(args[2], CamelCase)!;
        var executor = Executor.Threads(threads);
        while (Console.ReadLine() is { } seed)
        {
            var (model, fit) = Timed(() => executor.Fit(spec, train, Seed.Of(int.Parse(seed))).OrThrow());
            var (predicted, predict) = Timed(() => (Prediction.Probabilities)model.Predict(test.Frame).OrThrow());
            Console.WriteLine(JsonSerializer.Serialize(new { fit, predict,
                logLoss = ClassMetrics.LogLoss((Target.Classes)test.Target, predicted), hash = model.GetHashCode() }));
        }
    }

    private static (T Result, double[] WallAndProcessor) Timed<T>(Func<T> work)
    {
        var process = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var result = work();
        process.Refresh();
        return (result, [clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds]);
    }
}
