using System.Diagnostics;
using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests;

/// <summary>Runs the tool as a separate process.</summary>
public sealed class ProgramTests : IDisposable
{
    /// <summary>A spec that takes minutes, in fits of a fraction of a second.</summary>
    private const string Long = """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"randomForest","params":{"trees":20000}}]}}""";

    private const string Fit = "fit --data ./data.csv --target y --spec ./spec.json --model ./m.fstack --oof ./oof.csv --threads 2";

    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Results_go_to_standard_output_and_everything_else_to_standard_error()
    {
        var version = ToolProcess.Finished(Start("--version"));
        Assert.Equal((App.Done, ""), (version.Code, version.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
        tool.Write("data.csv", Sheet.Passengers().With("y", row => $"{row % 3}").Text);
        var ran = ToolProcess.Finished(Start("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --json"));
        Assert.Equal("evaluate", ran.Json.GetProperty("command").GetString());
        Assert.Equal("note: the target 'y' holds 3 different integers, which are read as classes\n", ran.Error);
        var refused = ToolProcess.Finished(Start("evaluate --data ./absent.csv --target y --json"));
        Assert.Equal((App.BadInput, "", "fstack: absent.csv: no such file. Check the path.\n"),
            (refused.Code, refused.Output, refused.Error.Replace(tool.Folder + "/", "")));
    }

    [Fact]
    public void A_closed_standard_stream_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        var ran = ToolProcess.Finished(ToolProcess.StartWith("<&-", tool, "score --model ./m.fstack --data -"));
        Assert.Equal((App.BadInput, "", "fstack: standard input: cannot be read: it is closed. Redirect it, or give a file.\n"),
            (ran.Code, ran.Output, ran.Error));
        ran = ToolProcess.Finished(ToolProcess.StartWith(">&-", tool, "predict --model ./m.fstack --data ./data.csv --out -"));
        Assert.Equal((App.BadInput, "fstack: standard output: cannot be written: it is closed. Redirect it, or give a file.\n"),
            (ran.Code, ran.Error));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_a_long_fit_with_130_and_no_file(string signal)
    {
        if (OperatingSystem.IsWindows()) return;
        using var fit = StartLongFit();
        ToolProcess.Send(signal, fit);
        var ran = ToolProcess.Finished(fit);
        Assert.Equal((App.Cancelled, ""), (ran.Code, ran.Output));
        Assert.EndsWith("fstack: cancelled. Nothing was written.\n", ran.Error);
        Assert.Equal(["data.csv", "spec.json"], tool.Files);
    }

    /// <summary>Reading a pipe without a writer never ends.</summary>
    [Fact]
    public void A_signal_ends_a_step_that_never_ends()
    {
        if (OperatingSystem.IsWindows()) return;
        Process.Start("mkfifo", tool.At("pipe")).WaitForExit();
        using var evaluate = Start("evaluate --data ./pipe --target y");
        // Opening the pipe waits for a reader; by then the process handles signals.
        using var pipe = new FileStream(tool.At("pipe"), FileMode.Open, FileAccess.Write);
        ToolProcess.Send("INT", evaluate);
        var ran = ToolProcess.Finished(evaluate);
        Assert.Equal((App.Cancelled, "", "fstack: cancelled. No partially written file is left.\n"), (ran.Code, ran.Output, ran.Error));
    }

    [Fact]
    public void A_killed_fit_leaves_the_old_model_whole()
    {
        if (OperatingSystem.IsWindows()) return;
        tool.Write("m.fstack", "old");
        using var fit = StartLongFit();
        ToolProcess.Send("KILL", fit);
        ToolProcess.Finished(fit);
        Assert.Equal("old", File.ReadAllText(tool.At("m.fstack")));
        Assert.Equal(["data.csv", "m.fstack", "spec.json"], tool.Files);
    }

    [Fact]
    public void A_killed_training_leaves_a_checkpoint_to_resume_from()
    {
        if (OperatingSystem.IsWindows()) return;
        Stripes.Idx(tool, "img");
        const string Train = "train --images ./img --batch 10 --model ./m.fstack --checkpoint ./c.fstack";
        using var train = Start($"{Train} --epochs 1000000");
        while (train.StandardError.ReadLine() is { } line && !line.StartsWith("epoch 2/"))
        {
        }

        ToolProcess.Send("KILL", train);
        ToolProcess.Finished(train);
        var done = tool.Done("inspect ./c.fstack --json").Json.Items("history").Length;
        Assert.InRange(done, 2, 999_999);
        Assert.Equal(done + 1, tool.Done($"{Train} --epochs {done + 1} --resume --json").Json.Items("history").Length);
    }

    [Fact]
    public void A_data_set_that_is_not_downloaded_is_refused_with_the_command_to_download_it()
    {
        foreach (var line in (string[])["train --images mnist --model ./m.fstack", "demo mnist"])
        {
            var ran = ToolProcess.Finished(Start(line, ("XDG_CACHE_HOME", tool.Folder)));
            if (!OperatingSystem.IsLinux() && ran.Code == App.Done) continue;
            Assert.Equal((App.BadInput, ""), (ran.Code, ran.Output));
            Assert.Contains("fstack data get mnist", ran.Error);
        }
    }

    /// <summary>A fit that has started: the note on the target is printed.</summary>
    private Process StartLongFit()
    {
        var random = Seed.Of(1).Stream();
        var names = EquatableArray.From(Enumerable.Range(0, 20).Select(column => $"x{column}").Append("y"));
        var rows = Enumerable.Range(0, 5000)
            .Select(row =>
                EquatableArray.From(names.Select(name => name == "y" ? $"{random.Next(3)}" : random.NextNormal().ToString("F3"))));
        tool.Write("data.csv", new Sheet(names, EquatableArray.From(rows)).Text).Write("spec.json", Long);
        var fit = Start(Fit);
        Assert.StartsWith("note: the target 'y'", fit.StandardError.ReadLine());
        Thread.Sleep(500);
        Assert.False(fit.HasExited);
        return fit;
    }

    private Process Start(string line, params (string Name, string Value)[] environment) => ToolProcess.Start(tool, line, environment);
}
