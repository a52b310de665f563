using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.IO;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class LongRunTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>A second or two of fits of a few milliseconds each, of every kind: parts of a forest, nested stacks and a refit.</summary>
    private const string Many = """
        {"version":1,"stack":{"folds":{"k":6},"combine":"refit","bases":[
          {"name":"forest","learner":"randomForest","params":{"trees":150}},
          {"name":"inner","stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"name":"trees","learner":"randomForest","params":{"trees":40}}]}},
          {"learner":"logistic"}]}}
        """;

    /// <summary>The fit of the last base takes long.</summary>
    private const string Endless = """
        {"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"naiveBayes"},{"name":"forest","learner":"randomForest","params":{"trees":20000}}]}}
        """;

    private readonly Fstack tool = new(Sheet.Passengers(300), Many);

    public void Dispose() => tool.Dispose();

    [Theory]
    [InlineData("fit --data ./data.csv --target y --id id --spec ./spec.json --threads 2 --json --model ./m.fstack --oof ./oof.csv")]
    [InlineData("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --threads 2 --json")]
    public void A_run_killed_repeatedly_equals_an_uninterrupted_one_bit_for_bit(string line)
    {
        if (OperatingSystem.IsWindows()) return;
        var whole = tool.Done(line);
        var (fits, files) = (Fits(tool.Done($"{line} --run ./once").Json).Fitted, Written());
        Directory.Delete(tool.At("once"), recursive: true);
        Assert.True(fits > 20);

        var random = Seed.Of(31).Stream();
        var kills = 0;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var process = ToolProcess.Start(tool, $"{line} --run ./run");
            // Waits for more journal files than the last attempt left, and a little longer, to kill the process while it fits or writes.
            var wanted = Entries().Length + 1 + random.Next(12);
            while (Entries().Length < wanted && !process.HasExited) Thread.Sleep(1);
            Thread.Sleep(random.Next(30));
            if (!process.HasExited) kills++;
            ToolProcess.Send("KILL", process);
            ToolProcess.Finished(process);
        }

        Assert.True(kills >= 2, $"only {kills} processes were killed before they were done");
        var before = Entries().Length;
        var ended = ToolProcess.Finished(ToolProcess.Start(tool, $"{line} --run ./run"));
        var (found, fitted) = Fits(ended.Json);
        output.WriteLine($"{kills} kills, {before} files, then {found} fits found and {fitted} fitted");
        Assert.Equal(fits, found + fitted);
        Assert.True(found > 0);
        Assert.Equal(Result(whole.Json), Result(ended.Json));
        Assert.Equal(files, Written());
        Assert.Empty(Directory.GetFiles(tool.At("run"), ".*"));
        Assert.Equal((fits, 0), Fits(tool.Done($"{line} --run ./run").Json));

        string[] Entries() => Directory.Exists(tool.At("run")) ? Directory.GetFiles(tool.At("run"), "*.entry") : [];
    }

    [Fact]
    public void A_run_reports_found_and_fitted_and_refits_what_a_changed_spec_or_row_affects()
    {
        const string Line = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --run ./run";
        tool.Write("spec.json", Fstack.Quick);
        // Two bases with three folds, the meta-learner, and its three folds.
        Assert.Equal("run: 0 fits found, 10 fitted", tool.Done(Line).Notes[^1]);
        Assert.Equal("run: 10 fits found, 0 fitted", tool.Done(Line).Notes[^1]);
        tool.Write("spec.json", Fstack.Quick.Replace("\"knn\"", "\"knn\",\"params\":{\"k\":7}"));
        Assert.Equal("run: 3 fits found, 7 fitted", tool.Done(Line).Notes[^1]);
        tool.Write("spec.json", Fstack.Quick);
        Assert.Equal("run: 10 fits found, 0 fitted", tool.Done(Line).Notes[^1]);

        // A row is a training row in all folds but one. The fits of that fold are kept; all others and the meta-learners are new.
        tool.Write("data.csv", Sheet.Passengers(300).With("fare", 17, "1234").Text);
        Assert.Equal("run: 2 fits found, 8 fitted", tool.Done(Line).Notes[^1]);
    }

    [Fact]
    public void A_damaged_entry_is_refitted_with_a_note()
    {
        const string Line = "fit --data ./data.csv --target y --id id --spec ./spec.json --json --model ./m.fstack --run ./run";
        tool.Write("spec.json", Fstack.Quick);
        tool.Done(Line);
        var model = tool.Bytes("m.fstack");
        var entries = Directory.GetFiles(tool.At("run"), "*.entry").Order().ToArray();
        Damage(entries[0], bytes => bytes[..^9]);
        Damage(entries[1], bytes => [.. bytes[..^40], (byte)(bytes[^40] ^ 1), .. bytes[^39..]]);
        Damage(entries[2], bytes => [.. bytes[..8], 99, 0, 0, 0, .. bytes[12..]]);
        File.Copy(entries[4], entries[3], overwrite: true);
        var ran = tool.Done(Line);
        Assert.Equal(4, ran.Json.GetProperty("run").GetProperty("damaged").GetInt32());
        foreach (var (entry,
            what) in entries.Zip(["it ends early", "its checksum does not match", "it was written by a newer version (format 99",
            "it has another fit"]))
        {
            Assert.Contains(ran.Notes, note => note.Contains(Path.GetFileName(entry)) && note.Contains($"fitted again: {what}"));
        }

        Assert.Equal(model, tool.Bytes("m.fstack"));
        Assert.Equal((10, 0), Fits(tool.Done(Line).Json));

        static void Damage(string path, Func<byte[], byte[]> how) => File.WriteAllBytes(path, how(File.ReadAllBytes(path)));
    }

    [Fact]
    public void A_folder_locked_by_another_run_and_a_path_that_is_not_a_folder_are_refused()
    {
        const string Line = "evaluate --data ./data.csv --target y --spec ./spec.json";
        Assert.Equal("--run: data.csv: is a file. Give the path of a folder; it is created if it does not exist.",
            tool.Refused($"{Line} --run ./data.csv"));
        Assert.StartsWith("--run: data.csv/run: cannot be created:", tool.Refused($"{Line} --run ./data.csv/run"));
        Assert.Equal("--run: '': is not a path. Give the path of a folder.", tool.Refused($"{Line} --run ''"));

        using var other = new Fstack();
        using var held = RunJournal.Open(other.At("run")).OrThrow();
        Assert.Equal($"--run: {other.At("run")}: is in use by another run. Wait until it ends, or give another folder.",
            tool.Refused($"{Line} --run {other.At("run")}"));
    }

    [Fact]
    public async Task A_cancelled_run_reports_what_it_stored()
    {
        tool.Write("spec.json", Endless);
        using var cancellation = new CancellationTokenSource();
        var watching = Task.Run(() =>
        {
            while (!Directory.Exists(tool.At("run")) || Directory.GetFiles(tool.At("run"), "*.entry").Length < 12) Thread.Sleep(1);
            cancellation.Cancel();
        });
        var ran =
            tool.Run("fit --data ./data.csv --target y --id id --spec ./spec.json --threads 2 --model ./m.fstack --run ./run",
                cancellation.Token);
        await watching;
        Assert.Equal(App.Cancelled, ran.Code);
        Assert.Matches(@"fstack: cancelled; \d fits stored in run\. The same command resumes from there\.\n$", ran.Error);
    }

    [Fact]
    public void After_the_time_budget_no_further_base_is_started_and_the_stack_is_fitted_without_it()
    {
        tool.Write("spec.json", Endless).Write("one.json", """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"}]}}""");
        // The budget is used up immediately. The first base is always started.
        var fit = tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --json --model ./m.fstack --time-budget 1e-9");
        var one = tool.Done("fit --data ./data.csv --target y --id id --spec ./one.json --json --model ./one.fstack");
        Assert.Equal(["naiveBayes", "forest"], fit.Json.Texts("skipped"));
        Assert.Empty(one.Json.Texts("skipped"));
        Assert.Equal(one.Json.GetProperty("models").GetRawText(), fit.Json.GetProperty("models").GetRawText());
        Assert.Contains(
            "left out: it was not started within the time budget. Give more time, or name it earlier among the bases. (naiveBayes, and "
                + "1 more place)", fit.Notes);
        Assert.Equal(tool.Bytes("one.fstack"), tool.Bytes("m.fstack"));

        var evaluate = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --time-budget 1e-9");
        Assert.Contains("left out by the time budget: naiveBayes, forest\n", evaluate.Output);
    }

    [Fact]
    public void Sufficient_budgets_change_nothing()
    {
        const string Line = "fit --data ./data.csv --target y --id id --spec ./spec.json --threads 2 --model ./m.fstack";
        tool.Done(Line);
        var model = tool.Bytes("m.fstack");
        tool.Done($"{Line} --memory-budget 1 --time-budget 1000");
        Assert.Equal(model, tool.Bytes("m.fstack"));
    }

    [Theory]
    [InlineData("--time-budget 0", "--time-budget is '0'. Give a number above 0.")]
    [InlineData("--time-budget soon", "--time-budget is 'soon'. Give a number above 0.")]
    [InlineData("--memory-budget -1", "--memory-budget is '-1'. Give a whole number from 0 to 9223372036854.")]
    public void An_invalid_budget_is_refused(string option, string message) =>
        Assert.StartsWith(message, tool.Refused($"evaluate --data ./data.csv --target y {option}"));

    private static (int Found, int Fitted) Fits(JsonElement answer) =>
        (answer.GetProperty("run").GetProperty("found").GetInt32(), answer.GetProperty("run").GetProperty("fitted").GetInt32());

    /// <summary>The JSON without times and run statistics.</summary>
    private static string Result(JsonElement answer)
    {
        var json = JsonNode.Parse(answer.GetRawText())!.AsObject();
        json.Remove("seconds");
        json.Remove("run");
        return json.ToJsonString();
    }

    private (string, string)[] Written() =>
        [.. tool.Snapshot().Where(file => file.Name.EndsWith("m.fstack") || file.Name.EndsWith("oof.csv"))];
}
