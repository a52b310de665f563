using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests;

public class AtomicFileTests
{
    [Fact]
    public void A_file_is_written_or_replaced_whole()
    {
        using var folder = new TempFolder();
        AtomicFile.Write(folder.At("a"), stream => stream.Write("one"u8)).OrThrow();
        AtomicFile.Write(folder.At("a"), stream => stream.Write("two"u8)).OrThrow();
        Assert.Equal("two", File.ReadAllText(folder.At("a")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_a_killed_process_left_of_a_file_is_deleted_but_not_what_is_being_written()
    {
        using var folder = new TempFolder();
        var (left, open) =
            (folder.At($".f.txt.{new Guid(1, 2, 3, new byte[8]):N}.tmp"), folder.At($".f.txt.{new Guid(4, 5, 6, new byte[8]):N}.tmp"));
        var other = folder.At(".f.txt.notes.tmp");
        foreach (var path in new[] { left, open, other }) File.WriteAllText(path, "half");
        using (new FileStream(open, FileMode.Open, FileAccess.Write, FileShare.Delete))
        {
            AtomicFile.Write(folder.At("f.txt"), stream => stream.WriteByte(1)).OrThrow();
        }

        Assert.Equal([open, other, folder.At("f.txt")],
            Directory.GetFiles(Path.GetDirectoryName(left)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("a"), "old");
        var failure = AtomicFile.Write(folder.At("a"), stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }).Failure();
        Assert.Equal((folder.At("a"), "cannot be written: No space left on device"), (failure.Where, failure.What));
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(folder.At("a"), _ => throw new OperationCanceledException()));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.At("a"), _ => throw new InvalidOperationException()));
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(folder.At("a"), _ => cancelled.Cancel(), cancelled.Token));
        Assert.Equal("old", File.ReadAllText(folder.At("a")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_path_that_cannot_be_a_file_fails()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("file"), "");
        Assert.Equal("is a folder", AtomicFile.Write(folder.Path, _ => { }).Failure().What);
        Assert.Contains("does not exist", AtomicFile.Write(folder.At("no/a"), _ => { }).Failure().What);
        Assert.Contains("does not exist", AtomicFile.Write(folder.At("file/a"), _ => { }).Failure().What);
        Assert.Equal("is not a path", AtomicFile.Write(" ", _ => { }).Failure().What);
    }

    [Fact]
    public void A_check_says_what_a_write_would_and_touches_nothing()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("old"), "old");
        Assert.Equal(folder.At("new"), AtomicFile.Check(folder.At("new")).OrThrow());
        Assert.Equal(folder.At("old"), AtomicFile.Check(folder.At("old")).OrThrow());
        foreach (var path in new[] { folder.Path, folder.At("no/a"), folder.At("old/a"), " " })
        {
            Assert.Equal(AtomicFile.Write(path, _ => { }).Failure(), AtomicFile.Check(path).Failure());
        }

        Assert.Equal([folder.At("old")], Directory.GetFiles(folder.Path));
        Assert.Equal("old", File.ReadAllText(folder.At("old")));
    }

    [Fact]
    public void A_device_stays_a_device()
    {
        if (OperatingSystem.IsWindows()) return;
        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8)).OrThrow();
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }
}
