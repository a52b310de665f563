using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Tests;

public sealed class ImagesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("functionalstack-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_folder_of_pictures_is_what_a_net_trains_on()
    {
        foreach (var (name, shade) in new[] { ("dark", 0), ("light", 180) })
        {
            folder.CreateSubdirectory(name);
            for (var i = 0; i < 12; i++) File.WriteAllBytes(At($"{name}/{i:00}.bmp"), Bitmap(shade + i));
        }

        var images = Images.Read(folder.FullName).OrThrow();
        Assert.Equal(["dark", "light"], images.Levels);
        Assert.Equal(new(3, 4, 3), images.Shape);
        Assert.Equal(24, images.Data.Train.Count);

        using var backend = new HostBackend(1);
        var net = Network.Of(images.Shape, [new Layer.Flatten(), new Layer.Dense(2), new Layer.Softmax()]);
        var trained = Training.Fit(backend, net, images.Data, new(Epochs: 60, Batch: 8, Optimizer: new Optimizer.Adam(0.05)), Seed.Of(1))
            .OrThrow();
        var scored = Images.ToScore(folder.FullName, images.Levels, images.Shape).OrThrow();
        Assert.Equal(1.0, Inference.Score(backend, net, trained.Variables, scored).OrThrow().Accuracy);

        var named = Images.ToPredict(folder.FullName, images.Shape).OrThrow();
        Assert.Equal("dark/00.bmp", named.Names[0]);
        Assert.Equal(24, named.Inputs.Count);
        Assert.Equal(new(2, 2, 3), Images.Read(folder.FullName, new(2, 2)).OrThrow().Shape);
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        folder.CreateSubdirectory("a");
        folder.CreateSubdirectory("b");
        File.WriteAllBytes(At("a/1.bmp"), Bitmap(1));
        File.WriteAllBytes(At("b/1.bmp"), Bitmap(1)[..^1]);
        var failure = Images.Read(folder.FullName).Match(_ => "", failure => failure.ToString());
        Assert.StartsWith(At("b/1.bmp"), failure);
        Assert.Contains("is a damaged picture: it ends early", failure);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    // 3 x 4 pixels with 24 bits.
    internal static byte[] Bitmap(int shade) =>
    [
        .. "BM"u8, 90, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 1, 0, 24, 0, .. new byte[24],
        .. Enumerable.Repeat((byte)shade, 36),
    ];
}
