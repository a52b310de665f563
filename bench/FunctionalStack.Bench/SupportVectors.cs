using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Learners;

/// <summary>Times support vector machines for peers/svm.py: a whole fit on several threads, and only the machine on all rows.</summary>
internal static class SupportVectors
{
    /// <param name="args">Training file, test file, kernel, c, threads, runs.</param>
    public static void Run(string[] args)
    {
        var (train, later) = (Forests.Read(args[0], classes: true), Forests.Read(args[1], classes: true));
        var svm =
            new SupportVectorMachine(Enum.Parse<Kernel>(args[2], ignoreCase: true), double.Parse(args[3], CultureInfo.InvariantCulture));
        var (threads, runs) = (int.Parse(args[4]), int.Parse(args[5]));
        var (whole, alone, aloneProcessor, predict) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        SupportVectorMachineModel model = null!;
        for (var run = 0; run < runs; run++)
        {
            var first = FirstPart.Of(svm, train);
            var clock = Stopwatch.StartNew();
            (alone, aloneProcessor) = ([.. alone, first.Seconds], [.. aloneProcessor, first.Processor]);

            clock.Restart();
            model = (SupportVectorMachineModel)Executor.Threads(threads).Fit(svm, train, Seed.Of(1)).OrThrow().Model;
            whole.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            model.Predict(later.Frame);
            predict.Add(clock.Elapsed.TotalSeconds);
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            whole,
            alone,
            aloneProcessor,
            predict,
            objective = Objective(model),
            vectors = model.Machines[0].Rows.Count,
            steps = model.Machines[0].Steps,
            decisions = model.DecisionValues(later.Frame).OrThrow().ToArray(),
            probabilities = ((Prediction.Probabilities)model.Predict(later.Frame).OrThrow()).Matrix.Where((_, i) => i % 2 == 0).ToArray(),
        }));
    }

    /// <summary>The dual objective for two classes and the RBF kernel: the sum of the absolute coefficients minus half of their quadratic
    /// form.</summary>
    private static double Objective(SupportVectorMachineModel model)
    {
        if (model.Kernel != Kernel.Rbf) return 0;
        var (columns, machine) = (model.Columns.Count, model.Machines[0]);
        var vectors =
            new Frame(machine.Rows.Count,
                EquatableArray.From(model.Columns.Select((name, c) =>
                new NamedColumn(name,
                    new Column.Numeric(EquatableArray.From(machine.Rows.Select(row =>
                    model.Centres[c] + model.Vectors[row * columns + c] / model.Scale)))))));
        var decisions = model.DecisionValues(vectors).OrThrow();
        var objective = 0.0;
        for (var s = 0; s < machine.Rows.Count; s++)
            objective += Math.Abs(machine.Factors[s]) - 0.5 * machine.Factors[s] * (decisions[s] - machine.Bias);
        return objective;
    }

    /// <summary>Times the first part of a fit, the machines on all rows, and stops the fit after it.</summary>
    private sealed class FirstPart : WorkSharing
    {
        public double Seconds { get; private set; }

        public double Processor { get; private set; }

        public override int Threads => 1;

        public static FirstPart Of(IParallelLearner learner, Dataset data)
        {
            var first = new FirstPart();
            try
            {
                learner.FitLeaf(data, Seed.Of(1), first);
            }
            catch (OperationCanceledException)
            {
            }

            return first;
        }

        public override void Run(int parts, Action<int> part)
        {
            var (clock, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            part(0);
            (Seconds, Processor) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            throw new OperationCanceledException();
        }
    }
}
