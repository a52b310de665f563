using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class OutputsTests
{
    private const string Fit = "fit --data ./data.csv --target y --spec ./spec.json";

    [Fact]
    public void An_output_that_is_an_input_through_a_linked_folder_is_refused()
    {
        using var tool = new Fstack();
        Directory.CreateDirectory(tool.At("real"));
        Directory.CreateSymbolicLink(tool.At("link"), tool.At("real"));
        File.Move(tool.At("data.csv"), tool.At("real/data.csv"));
        var fit = Fit.Replace("./data.csv", "./real/data.csv", StringComparison.Ordinal);
        Assert.Contains("would replace the file of --data", tool.Refused($"{fit} --model ./link/data.csv"));
        Assert.Contains("would replace the file of --oof", tool.Refused($"{fit} --oof ./link/m --model ./real/m"));
    }

    [Fact]
    public void A_link_is_followed_and_kept()
    {
        using var tool = new Fstack();
        tool.Write("real.fstack", "old");
        File.CreateSymbolicLink(tool.At("m.fstack"), tool.At("real.fstack"));
        tool.Done($"{Fit} --model ./m.fstack");
        Assert.Equal(tool.At("real.fstack"), new FileInfo(tool.At("m.fstack")).LinkTarget);
        Assert.StartsWith("FSTACK", System.Text.Encoding.Latin1.GetString(tool.Bytes("real.fstack")), StringComparison.Ordinal);
        Assert.Contains("would replace the file of --spec",
            tool.Refused("fit --data ./data.csv --target y --spec ./real.fstack --model ./m.fstack"));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_kept()
    {
        if (OperatingSystem.IsWindows()) return;
        using var tool = new Fstack();
        var pipe = tool.At("pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync();
        var read = Task.Run(() =>
        {
            using var stream = File.OpenRead(pipe);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
        tool.Done($"{Fit} --model ./pipe");
        Assert.StartsWith("FSTACK", System.Text.Encoding.Latin1.GetString(await read), StringComparison.Ordinal);
        Assert.True(IO.RealPath.IsSpecial(pipe));
    }

    [Fact]
    public void A_dash_is_not_a_model_file() => Assert.Contains("is not a file here", new Fstack().Refused($"{Fit} --model -"));
}
