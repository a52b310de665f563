using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed class ReloadTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reload-tests-");

    private string Path => System.IO.Path.Combine(folder.FullName, "m.fstack");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Each answer is that of the model whose digest it names, while two files replace each other.</summary>
    [Fact]
    public async Task Requests_in_flight_see_one_model()
    {
        string[] files = [Fitted.All["titanic"], Fitted.All["trees"]];
        File.Copy(files[0], Path);
        await using var served = await Start(allowsReload: true);
        var expected = new Dictionary<string, string>();
        foreach (var file in files.Reverse())
        {
            Replace(file);
            Assert.Equal(200, (await served.Post("/models/m/reload", "")).Status);
            var replied = await served.Post("/predict", Served.Passenger);
            expected[(string)replied.Json["digest"]!] = replied.Predictions.ToJsonString();
        }

        Assert.Equal(2, expected.Values.Distinct().Count());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var askers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new HashSet<string>();
            while (seen.Count < 2)
            {
                patience.Token.ThrowIfCancellationRequested();
                var replied = await served.Post("/predict", Served.Passenger);
                Assert.Equal(200, replied.Status);
                var digest = (string)replied.Json["digest"]!;
                Assert.Equal(expected[digest], replied.Predictions.ToJsonString());
                seen.Add(digest);
            }
        })).ToArray();
        for (var i = 0; i < 20 || askers.Any(asker => !asker.IsCompleted); i++)
        {
            Replace(files[i % 2]);
            Assert.Equal(200, (await served.Post("/models/m/reload", "")).Status);
        }

        await Task.WhenAll(askers);
    }

    [Fact]
    public async Task A_file_that_cannot_be_loaded_leaves_the_model_and_says_why()
    {
        File.Copy(Fitted.All["titanic"], Path);
        await using var served = await Start(allowsReload: true);
        var before = await served.Post("/predict", Served.Passenger);
        File.WriteAllBytes(Path, File.ReadAllBytes(Fitted.All["trees"])[..5000]);
        var replied = await served.Post("/models/m/reload", "");
        Assert.Equal(422, replied.Status);
        Assert.Contains("the model stays as it is", replied.Detail);
        Assert.Contains("ends early", (string)(await served.Get("/model")).Json["lastReloadFailure"]!);
        Assert.Equal(before.Text, (await served.Post("/predict", Served.Passenger)).Text);
        File.Delete(Path);
        Assert.Equal(422, (await served.Post("/models/m/reload", "")).Status);
        Replace(Fitted.All["trees"]);
        Assert.Equal(200, (await served.Post("/models/m/reload", "")).Status);
        Assert.Null((await served.Get("/model")).Json["lastReloadFailure"]);
        Assert.NotEqual(before.Text, (await served.Post("/predict", Served.Passenger)).Text);
    }

    [Fact]
    public async Task A_changed_file_is_noticed()
    {
        File.Copy(Fitted.All["titanic"], Path);
        var lines = new List<string>();
        var loaded = new TaskCompletionSource();
        using var store = ModelStore.Open(ServingOptions.Of(Path) with { WatchInterval = TimeSpan.FromMilliseconds(20) }, line =>
        {
            lines.Add(line);
            if (line.Contains("loaded again")) loaded.TrySetResult();
        }).OrThrow();
        var before = store.Digest("m");
        Replace(Fitted.All["trees"]);
        await loaded.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotEqual(before, store.Digest("m"));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var options = ServingOptions.Of(Fitted.All["titanic"]);
        Assert.Contains("'titanic': is given twice", Refused(options.With("titanic", "x")));
        Assert.Contains("does not fit into a URL", Refused(options.With("a/b", "x")));
        Assert.Contains("no such file", Refused(options.With("b", Path)));
        Assert.Contains("limits", Refused(options with { MaxRows = 0 }));
        Assert.Contains("there are none", Refused(options with { Models = default }));
        File.WriteAllText(Path, "no model");
        Assert.Contains("not a model file", Refused(ServingOptions.Of(Path)));
        Assert.Equal("a-b", ModelSource.Of("/x/a b.fstack").Name);

        static string Refused(ServingOptions options) => ModelStore.Open(options).Match(_ => "", failure => failure.ToString());
    }

    private async Task<Served> Start(bool allowsReload) => await Served.Start(options => options with
    {
        Serving = options.Serving with { Models = [new ModelSource("m", Path)], AllowsReload = allowsReload },
    });

    private void Replace(string file)
    {
        File.Copy(file, Path + ".new", overwrite: true);
        File.Move(Path + ".new", Path, overwrite: true);
    }
}
