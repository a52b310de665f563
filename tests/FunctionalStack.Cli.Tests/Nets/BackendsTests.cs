using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.Neural;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Cli.Tests.Nets;

public sealed class BackendsTests : IDisposable
{
    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Theory]
    [InlineData(DeviceFault.OutOfMemory, true, "Give a smaller --batch, or --backend host.")]
    [InlineData(DeviceFault.OutOfMemory, false, "Give --backend host, or see 'fstack devices'.")]
    [InlineData(DeviceFault.Lost, true, "Give --backend host, or see 'fstack devices'.")]
    public void A_device_failure_is_one_failed_outcome_and_the_device_is_released(DeviceFault fault, bool hasBatch, string remedy)
    {
        var device = new Closing();
        var outcome = Backends.On<Done>(device, hasBatch, _ => throw new DeviceException("cuda:0", fault, "so it is"));
        Assert.Equal($"cuda:0: so it is. {remedy}", outcome.Match(_ => "", failure => $"{failure}"));
        Assert.True(device.Closed);
    }

    /// <summary>Closing a lost device may fail too.</summary>
    [Fact]
    public void A_device_failure_on_release_is_a_failed_outcome()
    {
        var outcome = Backends.On(new Closing(new DeviceException("cuda:0", DeviceFault.Lost, "gone")), false, _ => Outcome.Ok(1));
        Assert.StartsWith("cuda:0: gone. ", outcome.Match(_ => "", failure => $"{failure}"));
    }

    [Fact]
    public void Auto_notes_the_selected_device_and_a_given_name_needs_no_note()
    {
        Stripes.Idx(tool, "img");
        const string Train = "train --images ./img --epochs 1 --batch 10 --moments population --model ./m.fstack";
        Assert.Single(tool.Done(Train).Notes,
            note => System.Text.RegularExpressions.Regex.IsMatch(note, @"^--backend auto selects [a-z]+(:\d+)? \(.+\)$"));
        Assert.Empty(tool.Done($"{Train} --backend host").Notes);
        foreach (var line in (string[])["predict --model ./m.fstack --images ./img --out ./p.csv", "bench --batch 2 --threads 1"])
        {
            Assert.Single(tool.Done(line).Notes);
            Assert.Empty(tool.Done($"{line} --backend host").Notes);
        }
    }

    /// <summary>ILGPU's CPU accelerator is available on every machine.</summary>
    [Fact]
    public void A_model_trained_on_one_device_predicts_on_any_other()
    {
        Stripes.Idx(tool, "img", train: 30, test: 9);
        var trained =
            tool.Done("train --images ./img --epochs 3 --batch 10 --moments population --model ./i.fstack --backend ilgpu-cpu --json").Json;
        Assert.Equal("ilgpu-cpu", trained.GetProperty("backend").GetString());
        tool.Done("train --images ./img --epochs 3 --batch 10 --moments population --model ./h.fstack --backend host");
        foreach (var model in (string[])["i", "h"])
        {
            var predicted = tool.Done(
                $"predict --model ./{model}.fstack --images ./img --out ./{model}i.csv --probabilities --backend ilgpu-cpu --json");
            Assert.Equal("ilgpu-cpu", predicted.Json.GetProperty("backend").GetString());
            tool.Done($"predict --model ./{model}.fstack --images ./img --out ./{model}h.csv --probabilities --backend host");
            foreach (var level in (string[])["P(0)", "P(1)", "P(2)"])
            {
                Assert.All(tool.Table($"{model}h.csv").Numbers(level).Zip(tool.Table($"{model}i.csv").Numbers(level)),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            }
        }
    }

    [Theory]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./p.csv --backend host",
        "--backend is for --images. Models for tables run on the host. ")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./p.csv --precision fp32",
        "--precision is for --images. Models for tables run on the host. ")]
    [InlineData("demo iris --backend host", "--backend is for mnist, digits and batchnorm. ")]
    [InlineData("demo titanic --precision fp32", "--precision is for mnist, digits and batchnorm. ")]
    [InlineData("demo digits --backend tpu", "--backend: 'tpu': is not a device name. ")]
    [InlineData("demo batchnorm --backend cuda:99", "--backend: cuda:99: ")]
    [InlineData("bench --backend opencl:99", "--backend: opencl:99: ")]
    [InlineData("bench --backend host --precision tf32", "--backend: host: host cannot compute in TensorFloat-32")]
    public void An_unknown_or_unavailable_backend_is_refused_in_one_line(string line, string message) =>
        Assert.StartsWith(message, tool.Refused(line));

    private sealed class Closing(Exception? thrown = null) : IBackend
    {
        private readonly SmallDevice device = new();

        public bool Closed { get; private set; }

        public string Id => device.Id;

        public string Name => device.Name;

        public ICompute Open(int floats) => device.Open(floats);

        public void Dispose()
        {
            Closed = true;
            device.Dispose();
            if (thrown is not null) throw thrown;
        }
    }
}
