using System.Text.Json;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

/// <summary>The claims of the paper, on the embedded digits. After two epochs a net that does not learn is at chance level, and one that
/// learns is far above it.</summary>
public sealed class BatchNormDemoTests(BatchNormDemoTests.Demo demo) : IClassFixture<BatchNormDemoTests.Demo>
{
    private const double Chance = 0.1;

    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        Assert.Equal(["command", "demo", "seed", "images", "backend", "device", "curves", "drift", "gradients", "invariance",
            "seconds", "report", "figures"], demo.Json.Keys());
        Assert.Equal(("demo", "batchnorm"), (demo.Json.GetProperty("command").GetString(), demo.Json.GetProperty("demo").GetString()));
        // Four fifths of 1,797, stratified by class.
        Assert.InRange(demo.Json.GetProperty("images").GetInt32(), 1430, 1445);
        Assert.Equal(
            from activation in new[] { "Sigmoid", "ReLU" }
            from rate in new[] { 0.001, 0.01, 0.1 }
            from normalized in new[] { false, true }
            select (activation, normalized, rate),
            demo.Json.Items("curves").Select(curve => (Activation(curve), Normalized(curve), curve.GetProperty("rate").GetDouble())));
        Assert.All(demo.Json.Items("curves"), curve => Assert.Equal(["activation", "batchNorm", "rate", "history", "broke"], curve.Keys()));
        Assert.All(
            demo.Json.Items("curves").Where(curve => curve.GetProperty("broke").ValueKind == JsonValueKind.Null),
            curve => Assert.Equal(Demo.Epochs, curve.Items("history").Length));
        Assert.Equal([false, true], demo.Json.Items("drift").Select(Normalized));
        Assert.All(demo.Json.Items("drift"), drift => Assert.Equal(3 * Demo.Epochs, drift.Items("points").Length));
        Assert.Equal([("Sigmoid", false), ("Sigmoid", true), ("ReLU", false), ("ReLU", true)],
            demo.Json.Items("gradients").Select(norms => (Activation(norms), Normalized(norms))));
        Assert.All(demo.Json.Items("gradients"), norms => Assert.Equal(20, norms.Items("norms").Length));
    }

    [Fact]
    public void At_a_high_learning_rate_sigmoid_nets_learn_only_with_batch_normalization()
    {
        Assert.InRange(Accuracy(normalized: false), 0, 2 * Chance);
        Assert.InRange(Accuracy(normalized: true), 0.6, 1);

        double Accuracy(bool normalized) => demo.Json.Items("curves")
            .Single(curve => (Activation(curve), Normalized(curve), curve.GetProperty("rate").GetDouble()) == ("Sigmoid", normalized, 0.1))
            .Items("history")[^1].GetProperty("testAccuracy").GetDouble();
    }

    [Fact]
    public void With_batch_normalization_gradients_reach_the_first_of_twenty_layers()
    {
        Assert.InRange(Share(normalized: false), 0, 1e-6);
        Assert.InRange(Share(normalized: true), 1e-3, double.PositiveInfinity);

        double Share(bool normalized) =>
            demo.Json.Items("gradients").Single(norms => (Activation(norms), Normalized(norms)) == ("Sigmoid", normalized))
                .Numbers("norms") is var norms
            ? norms[0] / norms[^1]
            : throw new InvalidOperationException();
    }

    /// <summary>Section 3.3. In float32 the differences are about 1e-6.</summary>
    [Fact]
    public void The_scale_of_normalized_weights_changes_nothing()
    {
        Assert.Equal([0.1, 0.5, 2, 10, 100], demo.Json.Items("invariance").Select(one => one.GetProperty("scale").GetDouble()));
        Assert.All(
            from one in demo.Json.Items("invariance")
            from field in new[] { "loss", "inputGradients", "weightGradients" }
            select one.GetProperty(field).GetDouble(),
            difference => Assert.InRange(difference, 0, 1e-4));
    }

    [Fact]
    public void Percentiles_are_in_order_and_steps_grow()
    {
        foreach (var drift in demo.Json.Items("drift"))
        {
            var points = drift.Items("points");
            Assert.All(points, point => Assert.True(Of(point, "p15") <= Of(point, "p50") && Of(point, "p50") <= Of(point, "p85")));
            Assert.Equal(points.Select((_, epoch) => (epoch + 1) * Of(points[0], "step")), points.Select(point => Of(point, "step")));
            // Equal up to the rounding of numbers in JSON.
            Assert.Equal(
                points.Zip(points.Skip(1))
                    .Average(pair => Math.Abs(Of(pair.Second, "p50") - Of(pair.First, "p50")))
                        / points.Average(point => Of(point, "p85") - Of(point, "p15")),
                Of(drift, "movement"), 1e-9);
        }

        static double Of(JsonElement point, string field) => point.GetProperty(field).GetDouble();
    }

    [Fact]
    public void The_report_has_every_figure_and_so_do_the_files()
    {
        string[] names = ["drift-with", "drift-without", "gradients", "relu-test-accuracy", "relu-training-loss", "sigmoid-test-accuracy",
            "sigmoid-training-loss"];
        Assert.Equal(["index.html"], Directory.GetFiles(demo.Tool.At("report")).Select(Path.GetFileName));
        Assert.Equal(demo.Tool.At("report/index.html"), demo.Json.GetProperty("report").GetString());
        var page = File.ReadAllText(demo.Tool.At("report/index.html"));
        Assert.All(names, name => Assert.Contains($"<figure id=\"batchnorm-{name}\">", page, StringComparison.Ordinal));
        Assert.Equal(names.Select(name => $"batchnorm-{name}.svg"), demo.Json.Texts("figures").Select(file => Path.GetFileName(file)!)
            .Order(StringComparer.Ordinal));
        Assert.All(demo.Json.Texts("figures"), file => SvgFile.Check(File.ReadAllText(file)));
    }

    [Fact]
    public void Images_without_test_images_are_refused()
    {
        Stripes("bare");
        Assert.Equal("bare: holds no test images. Give a folder with training and test images.",
            demo.Tool.Refused("demo batchnorm --data ./bare"));

        void Stripes(string name) => Images.Stripes.Idx(demo.Tool, name, test: 0);
    }

    private static string Activation(JsonElement item) => item.GetProperty("activation").GetString()!;

    private static bool Normalized(JsonElement item) => item.GetProperty("batchNorm").GetBoolean();

    /// <summary>The experiment, run once for all tests.</summary>
    public sealed class Demo : IDisposable
    {
        public const int Epochs = 2;

        internal Fstack Tool { get; } = new();

        public JsonElement Json { get; }

        public Demo() => Json = Tool.Done($"demo batchnorm --epochs {Epochs} --threads 2 --report ./report --figures ./ --json").Json;

        public void Dispose() => Tool.Dispose();
    }
}
