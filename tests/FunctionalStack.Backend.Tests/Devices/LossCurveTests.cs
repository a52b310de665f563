using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Backend.Tests;

/// <summary>The same training on every device.</summary>
public class LossCurveTests(ITestOutputHelper output)
{
    private const int Steps = 100, Images = 320, Classes = 10;

    // Rounding differs between devices and training amplifies it: the tolerance after this number of steps.
    private const double Tolerance = 1e-3;

    [EachBackend(DevicesOnly = true)]
    public void The_losses_of_the_reference_nets_first_steps_are_the_hosts(string device)
    {
        // The CPU accelerator is slow, so it runs smaller steps.
        var batch = device == "ilgpu-cpu" ? 8 : 32;
        using var host = new HostBackend(Environment.ProcessorCount);
        using var backend = Backends.Open(device);
        var (expected, found) = (Losses(host, batch), Losses(backend, batch));
        var off = expected.Zip(found, (e, f) => Math.Abs(e - f) / Math.Abs(e)).ToArray();
        output.WriteLine($"{device}: losses {expected[0]:f4} to {expected[^1]:f4}, largest relative difference {off.Max():e1}");
        Assert.All(off, difference => Assert.InRange(difference, 0, Tolerance));
    }

    [EachBackend(DevicesOnly = true)]
    public void Training_repeats_itself_bit_for_bit(string device)
    {
        using var backend = Backends.Open(device);
        Assert.Equal(Losses(backend, batch: 4, steps: 10), Losses(backend, batch: 4, steps: 10));
    }

    // Noisy images of a bar whose position is the class: easy enough to learn at once, hard enough that the loss keeps falling.
    private static double[] Losses(IBackend backend, int batch, int steps = Steps)
    {
        var plan = ReferenceNetwork.For(new(28, 28, 1), Classes).Check().OrThrow();
        var optimizer = new Optimizer.Adam();
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, batch);
        session.Load(Variables.Initial(plan, Seed.Of(7)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        var stream = Seed.Of(11).Stream();
        var (images, classes) = (new float[Images * 784], new float[Images]);
        for (var image = 0; image < Images; image++)
        {
            classes[image] = stream.Next(Classes);
            for (var i = 0; i < 784; i++)
                images[image * 784 + i] = (float)stream.NextDouble() * 0.8f + (i / 28 / 2 - 2 == (int)classes[image] ? 0.2f : 0f);
        }

        var losses = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            var from = step * batch % Images;
            losses[step] = session.Step(images.AsSpan(from * 784, batch * 784), classes.AsSpan(from, batch), 1, Seed.Of(step)).Loss;
        }

        return losses;
    }
}
