using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.IO.Tests;
using Xunit;

namespace FunctionalStack.Columnar.Tests;

public class TableFileTests
{
    private static readonly Frame frame = FunctionalStack.Frame.Of(
        ("x", Column.Numeric.Of([.. Enumerable.Range(0, 300).Select(i => i % 7 == 0 ? double.NaN : i / 3.0)])),
        ("s", Column.Categorical.Of([.. Enumerable.Range(0, 300).Select(i => i % 5 == 0 ? null : $"level {i % 11}")])));

    [Fact]
    public void The_content_decides_the_format_not_the_extension()
    {
        using var folder = new TempFolder();
        var (csv, parquet, arrow) = (folder.At("a.parquet"), folder.At("b.csv"), folder.At("c"));
        CsvFile.Write(csv, frame).OrThrow();
        ParquetFile.Write(parquet, frame).OrThrow();
        ArrowFile.Write(arrow, frame).OrThrow();
        Assert.Equal([TableFormat.Csv, TableFormat.Parquet, TableFormat.Arrow],
            new[] { csv, parquet, arrow }.Select(path => TableFile.FormatOf(path).OrThrow()));
        Assert.All((string[])[csv, parquet, arrow], path => Assert.Equal(frame, TableFile.Read(path).OrThrow().Frame().OrThrow()));
        Assert.Equal("is a Parquet file, not CSV text", Table.Read(parquet).Failure().What);
        Assert.Equal("is an Arrow file, not CSV text", Table.Read(arrow).Failure().What);
    }

    [Fact]
    public void Other_files_are_one_block()
    {
        using var folder = new TempFolder();
        var path = folder.At("t.parquet");
        ParquetFile.Write(path, frame).OrThrow();
        using var blocks = TableFile.Blocks(path).OrThrow();
        Assert.Equal(frame, blocks.Next()!.OrThrow().Frame().OrThrow());
        Assert.Null(blocks.Next());
        Assert.Equal((path, 300), (blocks.Name, blocks.Rows));
    }

    [Fact]
    public async Task A_pipe_is_read_once_as_CSV()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var pipe = folder.At("pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe)) await made.WaitForExitAsync();
        var writer = Task.Run(() => File.WriteAllText(pipe, "x,s\n1,a\n2,b\n"));
        var read = Task.Run(() => TableFile.Read(pipe));
        Assert.Same(read, await Task.WhenAny(read, Task.Delay(TimeSpan.FromMinutes(1))));
        Assert.Equal(FunctionalStack.Frame.Of(("x", Column.Numeric.Of(1, 2)), ("s", Column.Categorical.Of("a", "b"))),
            (await read).OrThrow().Frame().OrThrow());
        await writer;
    }

    /// <summary>As in a window's thread, to which all continuations return.</summary>
    [Fact]
    public async Task A_thread_with_a_synchronization_context_does_not_wait_for_itself()
    {
        using var folder = new TempFolder();
        var path = folder.At("t.parquet");
        var done = new TaskCompletionSource<Frame>();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new NeverRuns());
            ParquetFile.Write(path, frame).OrThrow();
            done.SetResult(TableFile.Read(path).OrThrow().Frame().OrThrow());
        })
        { IsBackground = true };
        thread.Start();
        Assert.Same(done.Task, await Task.WhenAny(done.Task, Task.Delay(TimeSpan.FromMinutes(1))));
        Assert.Equal(frame, await done.Task);
    }

    private sealed class NeverRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    [Fact]
    public void Files_that_are_not_there_or_not_readable_fail_with_their_name()
    {
        using var folder = new TempFolder();
        Assert.Equal("no such file", TableFile.Read(folder.At("t.parquet")).Failure().What);
        Assert.Equal("is a folder, not a file", TableFile.Read(folder.Path).Failure().What);
        File.WriteAllBytes(folder.At("old.feather"), "FEA1...."u8.ToArray());
        Assert.Equal((folder.At("old.feather"), "is a Feather file of version 1"),
            TableFile.Read(folder.At("old.feather")).Failure() is var old ? (old.Where, old.What) : default);
        File.WriteAllBytes(folder.At("secret.parquet"), "PARE...."u8.ToArray());
        Assert.Equal("is an encrypted Parquet file", TableFile.Read(folder.At("secret.parquet")).Failure().What);
    }

    private static readonly byte[] parquet = Written.ParquetBytes(frame);
    private static readonly byte[] arrow = Written.ArrowBytes(frame);

    [Property(MaxTest = 60)]
    public Property A_truncated_Parquet_file_fails_with_its_name() => Prop.ForAll(
        Gen.Choose(0, parquet.Length - 1).ToArbitrary(), length => Fails(Written.Parquet(parquet[..length])));

    [Property(MaxTest = 60)]
    public Property A_truncated_Arrow_file_fails_with_its_name() => Prop.ForAll(
        Gen.Choose(0, arrow.Length - 1).ToArbitrary(), length => Fails(Written.Arrow(arrow[..length])));

    private static void Fails(Outcome<Table> read)
    {
        var failure = read.Failure();
        Assert.StartsWith("t", failure.Where);
        Assert.False(string.IsNullOrEmpty(failure.Remedy));
    }
}
