// A long run that is stopped in the middle and resumed: finished fits are found again, and the model has the same bytes.
//   dotnet run docs/samples/resume.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.IO;

var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();
var stack = Stacking
    .Of(("boosting", Learn.GradientBoosting(60).Preprocess(Prepare.ForBoosting)),
        ("forest", Learn.RandomForest(60).Preprocess(Prepare.ForTrees)),
        ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)))
    .Meta(Learn.OpinionPool());
var folder = Directory.CreateTempSubdirectory("resume-").FullName;
var run = Path.Combine(folder, "run");

// The journal is a folder that keeps every finished fit, under a key of its learner, its rows and its seed. Here the run is
// cancelled after 5 fits. A crash or a power failure has the same effect: what is finished is kept.
using var source = new CancellationTokenSource();
try
{
    using var journal = RunJournal.Open(run).OrThrow();
    var stop = new At(5, source.Cancel);
    stack.Fit(customers, Seed.Of(42), Executor.Threads(2).Through(journal), stop, source.Token).OrThrow();
    return 1;
}
catch (OperationCanceledException)
{
    Console.WriteLine("cancelled in the middle");
}

// The same call again: fits that the journal has are read, and the others are fitted.
using (var journal = RunJournal.Open(run).OrThrow())
{
    var fit = stack.Fit(customers, Seed.Of(42), Executor.Threads(2).Through(journal)).OrThrow();
    fit.Save(Path.Combine(folder, "resumed.fstack")).OrThrow();
    Console.WriteLine($"resumed: {journal.Report.Found} fits found, {journal.Report.Fitted} fitted");
    if (journal.Report.Found == 0) return 1;
}

// Another run, without a journal and without interruption, gives the same file, byte by byte.
stack.Fit(customers, Seed.Of(42), threads: 1).OrThrow().Save(Path.Combine(folder, "whole.fstack")).OrThrow();
var same = File.ReadAllBytes(Path.Combine(folder, "resumed.fstack")).SequenceEqual(File.ReadAllBytes(Path.Combine(folder, "whole.fstack")));
Console.WriteLine($"the same bytes as an uninterrupted run: {(same ? "yes" : "no")}");
Directory.Delete(folder, recursive: true);
return same ? 0 : 1;

/// <summary>Progress that acts once when this many fits are done.</summary>
internal sealed class At(int done, Action act) : IProgress<FitProgress>
{
    public void Report(FitProgress value)
    {
        if (value.Done == done) act();
    }
}
