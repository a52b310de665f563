using FunctionalStack.Gpu;
using FunctionalStack.Neural;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Backend.Tests;

/// <summary>The launches of a step.</summary>
public class LaunchTests(ITestOutputHelper output)
{
    private const int Batch = 32;

    [EachBackend(DevicesOnly = true)]
    public void A_training_step_of_the_reference_net_takes_few_launches_and_no_memory(string device)
    {
        using var loan = Backends.Open(device);
        var backend = (GpuBackend)((SharedBackend.Loan)loan).Backend;
        var plan = ReferenceNetwork.For(new(28, 28, 1), 10).Check().OrThrow();
        var optimizer = new Optimizer.Adam();
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, Batch);
        session.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        var (images, classes) = (new float[Batch * 784], new float[Batch]);
        session.Step(images, classes, 1, Seed.Of(0));
        var (launches, allocated) = (backend.Launches, backend.Allocations);
        session.Step(images, classes, 1, Seed.Of(0));
        output.WriteLine($"{device}: {backend.Launches - launches} launches");
        Assert.InRange(backend.Launches - launches, 1,
            device.EndsWith("lockstep", StringComparison.Ordinal) || device.StartsWith("cuda", StringComparison.Ordinal) ? 25 : 40);
        Assert.Equal(allocated, backend.Allocations);
    }
}
