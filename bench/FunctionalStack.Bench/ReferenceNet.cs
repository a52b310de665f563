using System.Diagnostics;
using System.Text.Json;
using FunctionalStack;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;

/// <summary>Times the reference net's training step and inference for peers/net.py: one JSON line per line on standard input.</summary>
internal static class ReferenceNet
{
    private const int Window = 20;

    /// <param name="args">Threads, batch, steps per measurement, and the backend (default: host).</param>
    public static void Run(string[] args)
    {
        var queued = 0;
        var (threads, batch, steps) = (int.Parse(args[0]), int.Parse(args[1]), int.Parse(args[2]));
        var plan = ReferenceNetwork.For(new(28, 28, 1), 10).Check().OrThrow();
        var stream = Seed.Of(1).Stream();
        var inputs = new float[batch * plan.Network.Input.Size];
        foreach (ref var pixel in inputs.AsSpan()) pixel = (float)stream.NextDouble();
        var targets = new float[batch];
        foreach (ref var code in targets.AsSpan()) code = stream.Next(10);
        var outputs = new float[batch * plan.Output.Size];

        using var backend = Device.Open(args.Length > 3 ? args[3] : "host", threads).OrThrow();
        var optimizer = new Optimizer.Adam();
        using var training = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, batch, Window);
        training.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        Time(10, Train, () => training.Settle());
        using var inference = InferenceSession.Open(backend, plan, training.Variables, batch);
        while (Console.ReadLine() is not null)
        {
            training.Settle();
            var train = Time(steps, Train, () => training.Settle());
            Time(3, Infer);
            Console.WriteLine(JsonSerializer.Serialize(new { train = batch / train, infer = batch / Time(steps, Infer) }));
        }

        // As in training, metrics are read once per window.
        void Train()
        {
            if (++queued % Window == 0) training.Settle();
            training.Queue(inputs, targets, 1, Seed.Of(0));
        }

        void Infer() => inference.Predict(inputs, outputs);
    }

    private static double Time(int steps, Action step, Action? last = null)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < steps; i++) step();
        last?.Invoke();
        return clock.Elapsed.TotalSeconds / steps;
    }
}
