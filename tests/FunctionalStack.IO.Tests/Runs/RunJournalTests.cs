using System.Diagnostics;
using FunctionalStack.IO.Tests.Csv;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.IO.Tests.Runs;

public sealed class RunJournalTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Dataset data = Rows(60);

    private static readonly Stack stack = new(
        [new("knn", new KNearestNeighbors(3)), new("forest", new RandomForest(5)), new("bayes", new GaussianNaiveBayes()),
            new("net", new Net(EquatableArray.Of(4), Epochs: 2))],
        new LogisticRegression(), new FoldPlan.Stratified(3), Combine.Refit);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_found_is_bit_for_bit_what_was_kept()
    {
        var expected = stack.Fit(data, Seed.Of(1));
        var (first, made) = Run(stack);
        Assert.Equal((0, 20), (made.Found, made.Fitted));
        var (again, found) = Run(stack);
        Assert.Equal((20, 0), (found.Found, found.Fitted));
        Assert.Equal(expected, first);
        Assert.Equal(expected, again);
        Assert.Empty(made.Notes.Concat(found.Notes));
    }

    [Fact]
    public void Every_damage_to_any_file_is_noticed_and_made_good()
    {
        var (expected, _) = Run(stack);
        var random = Seed.Of(3).Stream();
        var files = Entries();
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            if (random.Next(2) == 0) bytes = bytes[..random.Next(bytes.Length)];
            else bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, bytes);
        }

        var (mended, report) = Run(stack);
        Assert.Equal(expected, mended);
        Assert.Equal(files.Length, report.Damaged);
        Assert.Equal(files, report.Notes.Select(note => note.Where).Order());
        Assert.All(report.Notes, note => Assert.StartsWith("fitted again: ", note.What));
        Assert.Equal((20, 0, 0), Run(stack).Report is var after ? (after.Found, after.Fitted, after.Damaged) : default);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_goes_away()
    {
        Run(stack);
        var entries = Entries();
        File.WriteAllText(folder.At($".{Path.GetFileName(entries[0])}.{Guid.NewGuid():N}.tmp"), "half");
        Assert.Equal(20, Run(stack).Report.Found);
        Assert.Equal([.. entries, folder.At("lock")], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_run_at_a_time_holds_a_folder()
    {
        using (RunJournal.Open(folder.Path).OrThrow())
        {
            Assert.Equal(new Failure(folder.Path, "is in use by another run", "Wait until it ends, or give another folder."),
                RunJournal.Open(folder.Path).Failure());
        }

        RunJournal.Open(folder.Path).OrThrow().Dispose();
    }

    [Fact]
    public void A_model_that_is_not_registered_is_fitted_and_told_once()
    {
        var strange = stack with { Bases = [new("strange", new Strange()), .. stack.Bases] };
        var expected = strange.Fit(data, Seed.Of(1));
        var (first, made) = Run(strange);
        Assert.Equal(expected, first);
        Assert.Contains("has no tag in the catalogue", Assert.Single(made.Notes).What);
        Assert.Equal((20, 4), Run(strange).Report is var again ? (again.Found, again.Fitted) : default);
        using var knowing = RunJournal.Open(folder.Path, Library.Catalogue.With(RecordTag.Of<Strange.Model>("strange"))).OrThrow();
        Assert.Equal(expected, Executor.Inline.Through(knowing).Fit(strange, data, Seed.Of(1)));
        Assert.Empty(knowing.Report.Notes);
    }

    [Fact]
    public void When_the_disk_is_full_the_run_gives_one_note_and_continues()
    {
        var disk = Directory.CreateDirectory(folder.At("disk")).FullName;
        if (!OperatingSystem.IsLinux() || !Ran("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk))
        {
            output.WriteLine("Skipped: a small tmpfs cannot be mounted here.");
            return;
        }

        try
        {
            using var journal = RunJournal.Open(Path.Combine(disk, "run")).OrThrow();
            Assert.Equal(stack.Fit(data, Seed.Of(1)), Executor.Threads(3).Through(journal).Fit(stack, data, Seed.Of(1)));
            Assert.Contains("nothing more is stored, since a file cannot be written: ", Assert.Single(journal.Report.Notes).What);
            Assert.Equal(20, journal.Report.Fitted);
            Assert.Empty(Directory.GetFiles(Path.Combine(disk, "run"), ".*"));
            // Entries stored before are valid.
            var kept = Directory.GetFiles(Path.Combine(disk, "run"), "*.entry").Length;
            Assert.InRange(kept, 1, 33);
            Assert.Equal(stack.Fit(data, Seed.Of(1)), Executor.Inline.Through(journal).Fit(stack, data, Seed.Of(1)));
            Assert.Equal(0, journal.Report.Damaged);
        }
        finally
        {
            Assert.True(Ran("umount", "-l", disk));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_not_taken_for_one_that_is_held()
    {
        var disk = Directory.CreateDirectory(folder.At("disk")).FullName;
        if (!OperatingSystem.IsLinux() || !Ran("mount", "-t", "tmpfs", "-o", "nr_inodes=2", "tmpfs", disk))
        {
            output.WriteLine("Skipped: a small tmpfs cannot be mounted here.");
            return;
        }

        try
        {
            // The folder of the disk, this folder, and no room for a file.
            var failure = RunJournal.Open(Path.Combine(disk, "run")).Failure();
            Assert.StartsWith("cannot be written to: ", failure.What);
            Assert.Equal("Check the permission to write there and the space left.", failure.Remedy);
        }
        finally
        {
            Assert.True(Ran("umount", "-l", disk));
        }
    }

    private (Outcome<Trained> Model, JournalReport Report) Run(ILearner learner)
    {
        using var journal = RunJournal.Open(folder.Path).OrThrow();
        return (Executor.Threads(2).Through(journal).Fit(learner, data, Seed.Of(1)), journal.Report);
    }

    private string[] Entries() => [.. Directory.GetFiles(folder.Path, "*.entry").Order(StringComparer.Ordinal)];

    private static bool Ran(string file, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, words) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Dataset Rows(int count)
    {
        var random = Seed.Of(5).Stream();
        double[] Normal() => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
        var (x, z) = (Normal(), Normal());
        return new(
            Frame.Of(("x", Column.Numeric.Of(x)), ("z", Column.Numeric.Of(z))),
            Target.Classes.Of([.. x.Zip(z, (a, b) => a + b > 0 ? "yes" : "no")]));
    }

    private sealed record Strange : ILeafLearner
    {
        public string Name => "strange";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Outcome.Ok<IModel>(new Model(EquatableArray.Of(0.25, 0.75)));

        public sealed record Model(EquatableArray<double> Row) : IModel
        {
            public Outcome<Prediction> Predict(Frame rows) =>
                Outcome.Ok<Prediction>(new Prediction.Probabilities(EquatableArray.Of("no", "yes"),
                    EquatableArray.From(Enumerable.Repeat(Row, rows.RowCount).SelectMany(row => row))));
        }
    }
}
