using System.IO.Compression;
using System.Security.Cryptography;
using FunctionalStack.Laws;
using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests.Data;

public class DatasetCacheTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 3))];

    private static DatasetEntry Entry(params string[] mirrors) =>
        new("set", "", 1, "", [new("a.bin", Content.Length, Sha(Content))], EquatableArray.Of(mirrors));

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gzip(byte[] bytes, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(bytes);
        return packed.ToArray();
    }

    [Fact]
    public async Task A_file_is_fetched_once_and_progress_told()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Content);
        var (cache, predicted) = (new DatasetCache(folder.Path), new Predicted());
        Assert.False(await cache.HasAsync(Entry(server.Address)));
        Assert.Equal(folder.At("set"), (await cache.GetAsync(Entry(server.Address), progress: predicted)).OrThrow());
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
        Assert.Single(Directory.GetFiles(folder.At("set")));
        Assert.Equal((Content.Length, Content.Length), predicted.Last);
        Assert.True(await cache.HasAsync(Entry(server.Address)));
        (await cache.GetAsync(Entry(server.Address))).OrThrow();
        Assert.Equal(["from 0"], server.Requests);
    }

    [Fact]
    public async Task A_download_that_was_cut_short_is_resumed()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Content);
        var cache = new DatasetCache(folder.Path);
        Directory.CreateDirectory(folder.At("set"));
        File.WriteAllBytes(folder.At("set/a.bin.part"), Content[..100_000]);
        (await cache.GetAsync(Entry(server.Address))).OrThrow();
        Assert.Equal(["from 100000"], server.Requests);
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
    }

    [Theory]
    [InlineData(true, 50, "from 50, from 0")]
    [InlineData(false, 50, "from 50")]
    [InlineData(true, 300_000, "from 300000, from 0")]
    [InlineData(true, 400_000, "from 400000, from 0")]
    public async Task A_first_part_that_is_wrong_does_no_harm(bool ranges, int length, string requests)
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Content) { Ranges = ranges };
        Directory.CreateDirectory(folder.At("set"));
        File.WriteAllBytes(folder.At("set/a.bin.part"), new byte[length]);
        (await new DatasetCache(folder.Path).GetAsync(Entry(server.Address))).OrThrow();
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
        Assert.Equal(requests, string.Join(", ", server.Requests));
    }

    [Fact]
    public async Task A_wrong_file_is_deleted_and_the_next_mirror_tried()
    {
        using var folder = new TempFolder();
        using var wrong = new LoopbackServer(Content[1..]);
        using var right = new LoopbackServer(Content);
        var cache = new DatasetCache(folder.Path);
        var failure = (await cache.GetAsync(Entry(wrong.Address))).Failure();
        Assert.Equal("set: a.bin", failure.Where);
        Assert.Contains("the file's SHA-256 is wrong", failure.What);
        Assert.Contains("fstack data get set --from DIR", failure.Remedy);
        Assert.Empty(Directory.GetFiles(folder.At("set")));
        (await cache.GetAsync(Entry(wrong.Address, right.Address))).OrThrow();
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
    }

    [Fact]
    public async Task A_mirror_that_refuses_or_breaks_off_is_passed_over_and_what_came_is_kept()
    {
        using var folder = new TempFolder();
        using var refusing = new LoopbackServer(Content) { Status = 503 };
        using var breaking = new LoopbackServer(Content) { BreakAfter = 150_000 };
        using var right = new LoopbackServer(Content);
        var cache = new DatasetCache(folder.Path);
        Assert.Contains("the server answers 503", (await cache.GetAsync(Entry(refusing.Address))).Failure().What);
        Assert.Empty(Directory.GetFiles(folder.At("set")));
        (await cache.GetAsync(Entry(refusing.Address, breaking.Address, right.Address))).OrThrow();
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
        Assert.NotEqual(["from 0"], right.Requests);
    }

    [Fact]
    public async Task Cancelling_keeps_what_came_for_the_next_time()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Content);
        using var cancel = new CancellationTokenSource();
        var cache = new DatasetCache(folder.Path);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            cache.GetAsync(Entry(server.Address), progress: new Predicted(_ => cancel.Cancel()), cancellation: cancel.Token));
        Assert.False(File.Exists(folder.At("set/a.bin")));
        Assert.True(new FileInfo(folder.At("set/a.bin.part")).Length > 0);
        (await cache.GetAsync(Entry(server.Address))).OrThrow();
        Assert.NotEqual("from 0", server.Requests[^1]);
    }

    [Fact]
    public async Task A_spoilt_file_in_the_cache_is_fetched_again()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Content);
        Directory.CreateDirectory(folder.At("set"));
        File.WriteAllBytes(folder.At("set/a.bin"), Content[1..]);
        (await new DatasetCache(folder.Path).GetAsync(Entry(server.Address))).OrThrow();
        Assert.Equal(Content, File.ReadAllBytes(folder.At("set/a.bin")));
    }

    [Fact]
    public async Task A_folder_may_hold_the_files_compressed_otherwise_or_not_at_all()
    {
        var original = Gzip(Content, CompressionLevel.Fastest);
        var entry =
            new DatasetEntry("set", "", 1, "", [new("a.gz", original.Length, Sha(original), Sha(Content))], ["http://localhost:1/"]);
        foreach (var (name, bytes) in new[] { ("a.gz", original), ("a.gz", Gzip(Content, CompressionLevel.SmallestSize)), ("a", Content) })
        {
            using var folder = new TempFolder();
            using var from = new TempFolder();
            File.WriteAllBytes(from.At(name), bytes);
            var cache = new DatasetCache(folder.Path);
            (await cache.GetAsync(entry, from.Path)).OrThrow();
            Assert.True(await cache.HasAsync(entry));
            using var gzip = new GZipStream(File.OpenRead(folder.At("set/a.gz")), CompressionMode.Decompress);
            using var content = new MemoryStream();
            gzip.CopyTo(content);
            Assert.Equal(Content, content.ToArray());
        }
    }

    [Fact]
    public async Task A_folder_without_the_files_or_with_wrong_ones_fails_and_is_left_alone()
    {
        using var folder = new TempFolder();
        using var from = new TempFolder();
        var cache = new DatasetCache(folder.Path);
        Assert.Equal("has no file 'a.bin'", (await cache.GetAsync(Entry("http://localhost:1/"), from.Path)).Failure().What);
        File.WriteAllText(from.At("a.bin"), "wrong");
        Assert.Equal("is not the expected file: its SHA-256 differs",
            (await cache.GetAsync(Entry("http://localhost:1/"), from.Path)).Failure().What);
        Assert.Equal("wrong", File.ReadAllText(from.At("a.bin")));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_fails()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("file"), "");
        Assert.StartsWith("cannot be written",
            (await new DatasetCache(folder.At("file")).GetAsync(Entry("http://localhost:1/"))).Failure().What);
    }

    [Fact]
    public async Task Embedded_data_are_cached_as_the_catalogue_lists_them()
    {
        using var folder = new TempFolder();
        var cache = new DatasetCache(folder.Path);
        foreach (var entry in DatasetCatalogue.All.Where(entry => entry.IsEmbedded))
        {
            (await cache.GetAsync(entry)).OrThrow();
            Assert.True(await cache.HasAsync(entry));
            Assert.Equal(entry.Files[0].Bytes, new FileInfo(folder.At($"{entry.Name}/{entry.Name}.csv")).Length);
            Assert.Equal(entry.Rows, Table.Read(folder.At($"{entry.Name}/{entry.Name}.csv")).OrThrow().RowCount);
        }
    }

    [SharedFact("mnist/train-images-idx3-ubyte.gz")]
    public async Task Mnist_is_known_by_its_content()
    {
        var path = Repository.Shared("mnist/train-images-idx3-ubyte.gz");
        using var folder = new TempFolder();
        var cache = new DatasetCache(folder.Path);
        var mnist = DatasetCatalogue.Find("mnist").OrThrow();
        (await cache.GetAsync(mnist, Path.GetDirectoryName(path))).OrThrow();
        Assert.True(await cache.HasAsync(mnist));
    }

    [Fact]
    public void An_unknown_data_set_fails() => Assert.StartsWith("Did you mean 'mnist'?", DatasetCatalogue.Find("mnits").Failure().Remedy);

    private sealed class Predicted(Action<long>? then = null) : IProgress<(long Done, long? Total)>
    {
        public (long, long?) Last { get; private set; }

        public void Report((long Done, long? Total) value)
        {
            Last = value;
            then?.Invoke(value.Done);
        }
    }
}
