using System.Net.Http.Headers;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed class ImageTests : IAsyncLifetime
{
    private static readonly byte[] grey = Png.Of(8, 8, 1, at => (byte)(at * 3));

    private Served served = null!;

    public async Task InitializeAsync() => served = await Served.Start("net");

    public async Task DisposeAsync() => await served.DisposeAsync();

    [Fact]
    public async Task A_picture_gets_the_probabilities_of_the_net_bit_for_bit()
    {
        var net = NetworkFile.Load(Fitted.All["net"]).OrThrow().Model;
        using var backend = new HostBackend(1);
        var expected = Inference.Predict(backend, net.Network, net.Variables, new Examples.Bytes(Fitted.NetShape,
            EquatableArray.From(Enumerable.Range(0, 64).Select(at => (byte)(at * 3)))), LossKind.SoftmaxCrossEntropy).OrThrow()
            .Probabilities(net.Levels);
        var replied = await Send(grey, "image/png");
        Assert.Equal(expected.Matrix, net.Levels.Select(level => (double)replied.Predictions[0]!["probabilities"]![level]!));
        var text = Convert.ToBase64String(grey);
        var two = await served.Post("/predict", $$"""{"images":["{{text}}","{{text}}"]}""");
        Assert.All(two.Predictions, one => Assert.Equal(replied.Predictions[0]!.ToJsonString(), one!.ToJsonString()));
    }

    [Fact]
    public async Task A_picture_in_colour_is_read_as_grey()
    {
        var plain = await Send(grey, "image/png");
        var alike = await Send(Png.Of(8, 8, 3, at => (byte)(at / 3 * 3)), "image/png");
        Assert.Equal(plain.Text, alike.Text);
        var coloured = await Send(Png.Of(8, 8, 3, at => (byte)(at % 3 * 90)), "image/png");
        Assert.Equal("image 1: is in colour, and is read as grey", (string)coloured.Json["notes"]![0]!);
    }

    [Fact]
    public async Task What_is_no_picture_of_the_size_is_refused()
    {
        Assert.Contains("9x8x1", (await Send(Png.Of(8, 9, 1, _ => 0), "image/png")).Detail);
        Assert.Equal(422, (await Send([1, 2, 3], "image/png")).Status);
        Assert.Equal(422, (await Send(grey[..40], "image/png")).Status);
        Assert.Equal(400, (await served.Post("/predict", """{"images":["%%"]}""")).Status);
        Assert.Equal(400, (await served.Post("/predict", """{"pictures":[]}""")).Status);
        Assert.Equal(422, (await served.Post("/predict", """{"images":[]}""")).Status);
        Assert.Equal(415, (await Send(grey, "text/csv")).Status);
        Assert.Equal(422, (await served.Post("/predict?explain=true", """{"images":[]}""")).Status);
        var card = (await served.Get("/model")).Json;
        Assert.Equal(("images", 8), ((string)card["kind"]!, (int)card["image"]!["width"]!));
    }

    /// <summary>A small file whose picture would take 1.2 GB is refused before it is decoded.</summary>
    [Fact]
    public async Task A_huge_picture_in_a_small_file_is_refused()
    {
        var bomb = Png.Of(20_000, 1, 1, _ => 0);
        // The height in the head, with its checksum left wrong or not, is read first.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 20_000);
        var replied = await Send(bomb, "image/png");
        Assert.Equal(422, replied.Status);
        Assert.Contains("20000x20000", replied.Detail);
    }

    [Fact]
    public async Task Many_pictures_are_predicted_in_blocks_as_one_by_one()
    {
        byte[][] two = [grey, Png.Of(8, 8, 1, at => (byte)(255 - at))];
        var alone = new[] { await Send(two[0], "image/png"), await Send(two[1], "image/png") };
        var many = await served.Post("/predict", Images(Enumerable.Range(0, Inference.Batch + 40).Select(i => two[i % 3 % 2])));
        Assert.Equal(Inference.Batch + 40, many.Predictions.Count);
        Assert.All(many.Predictions.Index(), one =>
            Assert.Equal(alone[one.Index % 3 % 2].Predictions[0]!.ToJsonString(), one.Item!.ToJsonString()));
    }

    /// <summary>A short body must not reserve the pixels of all its pictures: here 2.2 GB, more than an array can have.</summary>
    [Fact]
    public async Task Many_pictures_of_a_net_for_large_ones_are_read_in_blocks()
    {
        await using var large = await Served.Start("large");
        var refused = await large.Post("/predict", Images(Enumerable.Repeat(Array.Empty<byte>(), 11_000)));
        Assert.Equal(422, refused.Status);
        Assert.StartsWith("image 1", refused.Detail);
    }

    [Fact]
    public async Task Pictures_that_take_too_long_are_refused()
    {
        await using var hasty = await Served.Start(options =>
            options with { Serving = options.Serving with { Timeout = TimeSpan.FromMilliseconds(1) } }, "net");
        var refused = await hasty.Post("/predict", Images(Enumerable.Repeat(grey, 20_000)));
        Assert.True(refused.Status is 413 or 408, refused.Text);
    }

    private static string Images(IEnumerable<byte[]> pictures) =>
        $$"""{"images":[{{string.Join(",", pictures.Select(one => $"\"{Convert.ToBase64String(one)}\""))}}]}""";

    private Task<Replied> Send(byte[] picture, string type)
    {
        var content = new ByteArrayContent(picture);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return served.Post("/predict", content);
    }
}
