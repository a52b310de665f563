using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Tests;

/// <summary>The guide's blocks on pictures.</summary>
public partial class GuideSnippets
{
    [Fact]
    public void Pictures()
    {
        var all = Directory.CreateTempSubdirectory("functionalstack-guide-");
        var (folder, checkpointFile, path) = (all.CreateSubdirectory("p").FullName, Path.Combine(all.FullName, "c"),
            Path.Combine(all.FullName, "m"));
        using var backend = new HostBackend(threads: 2);
        try
        {
            foreach (var (name, shade) in new[] { ("dark", 0), ("light", 180) })
            {
                Directory.CreateDirectory(Path.Combine(folder, name));
                for (var i = 0; i < 8; i++) File.WriteAllBytes(Path.Combine(folder, name, $"{i}.bmp"), ImagesTests.Bitmap(shade + i));
            }

            Run();
            Assert.Equal(2, NetworkFile.LoadCheckpoint(checkpointFile).OrThrow().Epoch);
            Run();
            var (saved, card) = NetworkFile.Load(path).OrThrow();
            Assert.Equal(["dark", "light"], saved.Levels);
            Assert.True(NetworkFile.Resizes(card));
        }
        finally
        {
            all.Delete(recursive: true);
        }

        void Run()
        {
            var images = Images.Read(folder, new(8, 8)).OrThrow();
            var net = ReferenceNetwork.For(images.Shape, images.Levels.Count);
            var options = new TrainingOptions(Epochs: 2, Batch: 8);
            var run = new TrainingRun
            {
                Checkpoints = at => NetworkFile.SaveCheckpoint(checkpointFile, at, images.Levels).OrThrow(),
                From = File.Exists(checkpointFile) ? NetworkFile.LoadCheckpoint(checkpointFile).OrThrow() : null,
            };

            var trained = Training.Fit(backend, net, images.Data, options, Seed.Of(42), run).OrThrow();
            NetworkFile.Save(path, trained, images.Levels, options, Seed.Of(42), resized: true).OrThrow();

            Assert.Equal(2, trained.History.Count);

            var onnxFile = Path.Combine(all.FullName, "o");
            new NetworkModel(trained.Network, trained.Variables, images.Levels, 255).ToOnnx().OrThrow().Save(onnxFile).OrThrow();
            var read = Imports.FromOnnx(onnxFile, levels: ["dark", "light"], divisor: 255).OrThrow();
            var pixels = images.Data.Train.Inputs;
            var outputs = Inference.Predict(backend, read.Network, read.Variables, pixels, LossKind.SoftmaxCrossEntropy).OrThrow();
            Console.WriteLine(outputs.Probabilities(read.Levels).Labels[0]);

            var further = new TrainingOptions(Epochs: 1, Batch: 8);
            var start = Checkpoint.Starting(read.Network, read.Variables, images.Data, further, Seed.Of(42)).OrThrow();
            var improved = Training.Fit(backend, read.Network, images.Data, further, Seed.Of(42), new() { From = start }).OrThrow();

            Assert.Single(improved.History);
        }
    }
}
