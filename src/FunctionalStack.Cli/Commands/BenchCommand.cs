using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Commands;

/// <summary>Measures how fast the reference net trains and predicts on this machine.</summary>
internal static class BenchCommand
{
    private static readonly Option<int[]> Batches =
        new("--batch") { Description = "The batch size. May be repeated.", DefaultValueFactory = _ => [32, 128] };
    private static readonly TimeSpan Warmth = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);

    // The median of the rounds is robust against an interruption.
    private const int Rounds = 5;

    private const int Classes = 10;
    private const int MostImages = 1 << 16;

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        Batches.Validators.Add(result =>
        {
            foreach (var batch in result.GetValue(Batches) ?? [])
            {
                if (batch is < 2 or > MostImages) result.AddError($"--batch is {batch}. Give 2 to {MostImages}.");
            }
        });
        var command =
            new Command("bench", "Measure how many images per second the reference net trains on and predicts on this machine.") { Batches,
                Backends.Backend, Backends.Precision, Common.Threads, Common.Json };
        command.SetAction(run((parsed, terminal) => new BackendRequest(parsed, terminal).On(backend =>
            Outcome.Ok(Report(terminal, backend,
                [.. parsed.GetRequiredValue(Batches).Select(batch => (batch, Measure(backend, batch, terminal.Cancellation)))])))));
        return command;
    }

    private static (double Train, double Predict) Measure(IBackend backend, int batch, CancellationToken cancellation)
    {
        var plan = ReferenceNetwork.For(new(28, 28, 1), Classes).Check().OrThrow();
        var stream = Seed.Of(1).Stream();
        var images = new float[batch * plan.Network.Input.Size];
        foreach (ref var pixel in images.AsSpan()) pixel = (float)stream.NextDouble();
        var classes = new float[batch];
        foreach (ref var code in classes.AsSpan()) code = stream.Next(Classes);
        var outputs = new float[batch * Classes];
        var optimizer = new Optimizer.Adam();
        using var training = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, batch);
        training.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        var train = PerSecond(() => training.Step(images, classes, 1, Seed.Of(0)));
        var (network, variables) = Folding.WithFoldedBatchNorm(plan, training.Variables);
        using var inference = InferenceSession.Open(backend, network.Check().OrThrow(), variables, batch);
        return (train, PerSecond(() => inference.Predict(images, outputs)));

        double PerSecond(Action step)
        {
            Run(step, Warmth);
            return batch * Enumerable.Range(0, Rounds).Select(_ => Run(step, Measured / Rounds)).Order().ElementAt(Rounds / 2);
        }

        double Run(Action step, TimeSpan least)
        {
            var (watch, steps) = (Stopwatch.StartNew(), 0);
            do
            {
                cancellation.ThrowIfCancellationRequested();
                step();
                steps++;
            }
            while (watch.Elapsed < least);
            return steps / watch.Elapsed.TotalSeconds;
        }
    }

    private static Done Report(Terminal terminal, IBackend backend, (int Batch, (double Train, double Predict) Speed)[] all)
    {
        terminal.Print($"the reference net on {backend.Id} ({backend.Name}), images per second:");
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in (string[])["batch", "training", "prediction"]) table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var (batch, speed) in all) table.AddRow($"{batch}", Tables.Whole(speed.Train), Tables.Whole(speed.Predict));
        terminal.Print(table);
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "bench",
            ["backend"] = backend.Id,
            ["device"] = backend.Name,
            ["speeds"] = new JsonArray([.. all.Select(one => (JsonNode?)new JsonObject
            {
                ["batch"] = one.Batch,
                ["trainImagesPerSecond"] = Json.Number(Math.Round(one.Speed.Train, 1)),
                ["predictImagesPerSecond"] = Json.Number(Math.Round(one.Speed.Predict, 1)),
            })]),
        });
        return default;
    }
}
