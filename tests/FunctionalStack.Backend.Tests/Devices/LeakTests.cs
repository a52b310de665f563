using FunctionalStack.Gpu;
using FunctionalStack.Neural;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Backend.Tests;

/// <summary>Tests that measure the memory of the process: nothing else runs in parallel.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;

/// <summary>Leaks of opening, closing and stepping.</summary>
[Collection("alone")]
public class LeakTests(ITestOutputHelper output)
{
    // Larger than what a runtime keeps, far smaller than the loss if one opening in ten leaks its arena.
    private const long Slack = 48L << 20;
    private const int ArenaFloats = 4 << 20;

    [EachBackend(DevicesOnly = true)]
    public void Opening_and_closing_a_device_again_and_again_leaves_no_memory_behind(string device)
    {
        using var alone = Backends.Open(device);
        var id = device.Split(',')[0];
        OpenAndClose(10);
        var before = Resident();
        OpenAndClose(40);
        var more = Resident() - before;
        output.WriteLine($"{device}: {more} bytes after 40 openings");
        Assert.InRange(more, long.MinValue, Slack);

        void OpenAndClose(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var backend = Device.Open(id, 2).OrThrow();
                using var compute = backend.Open(ArenaFloats);
                compute.Write([1f], new(0, 1));
            }
        }
    }

    [EachBackend(DevicesOnly = true)]
    public void Steps_by_the_thousand_allocate_nothing_on_the_device_and_keep_nothing_in_memory(string device)
    {
        using var loan = Backends.Open(device);
        var backend = (GpuBackend)((SharedBackend.Loan)loan).Backend;
        var plan =
            new Network(Shape.Vector(4),
                EquatableArray.Of<Layer>(new Layer.Dense(8, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Dense(2)))
                .Check().OrThrow();
        var optimizer = new Optimizer.Adam();
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, 4);
        session.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        var (inputs, targets) = (Enumerable.Range(0, 16).Select(i => (float)i).ToArray(), new float[] { 0, 1, 1, 0 });

        // As many steps before as are measured, so that what runtimes and drivers allocate once is allocated by then.
        var steps = device.EndsWith("lockstep", StringComparison.Ordinal) ? 200 : 2_000;
        Run(steps);
        var allocated = backend.Allocations;

        // The minimum over several spans: a leak is in each, other allocations come and go.
        var more = Enumerable.Range(0, 4).Min(_ =>
        {
            var kept = Managed();
            Run(steps);
            return Managed() - kept;
        });
        Assert.Equal(allocated, backend.Allocations);
        output.WriteLine($"{device}: {more} bytes after thousands of steps");
        Assert.InRange(more, long.MinValue, 64 << 10);

        void Run(int steps)
        {
            for (var step = 0; step < steps; step++) session.Step(inputs, targets, 1, Seed.Of(step));
        }
    }

    private static long Managed()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static long Resident()
    {
        Managed();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PrivateMemorySize64 - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}
