using System.Diagnostics;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times fits of logistic regression for peers/logistic.py.</summary>
internal static class Logistic
{
    /// <param name="args">Training file, test file, runs.</param>
    public static void Run(string[] args)
    {
        var (train, later) = (Forests.Read(args[0], classes: true), Forests.Read(args[1], classes: true));
        var (seconds, processor) = (new List<double>(), new List<double>());
        IModel model = null!;
        for (var run = 0; run < int.Parse(args[2]); run++)
        {
            var (clock, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            model = new LogisticRegression().Fit(train, Seed.Of(1)).OrThrow();
            seconds.Add(clock.Elapsed.TotalSeconds);
            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        var target = (Target.Classes)later.Target;
        var predicted = ((Prediction.Probabilities)model.Predict(later.Frame).OrThrow()).For(target.Levels);
        var loss = Enumerable.Range(0, later.RowCount).Average(row => -Math.Log(predicted.Row(row)[target.Codes[row]]));
        Console.WriteLine(JsonSerializer.Serialize(new { seconds, processor, loss }));
    }
}
