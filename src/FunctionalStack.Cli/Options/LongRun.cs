using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Clusters;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cluster;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Options;

/// <summary>The executor of long fits: threads, budgets, and the folder that stores finished fits.</summary>
/// <param name="Executor">Runs the fits.</param>
/// <param name="Folder">The folder that stores finished fits; null for none.</param>
/// <param name="Journal">The journal in that folder; null for none.</param>
/// <param name="Cluster">The cluster that makes the fits; null for this process.</param>
/// <param name="Times">Measures the fits of this process.</param>
internal sealed record LongRun(IExecutor Executor, string? Folder, RunJournal? Journal, FitCluster? Cluster, FitTimes Times)
{
    private const long Megabyte = 1_000_000;

    private static readonly Option<string?> Run =
        new("--run") { Description = "A folder that stores every finished fit. After an interruption, the same command resumes from it." };
    private static readonly Option<double?> TimeBudget =
        Common.Real("--time-budget", 0, double.PositiveInfinity,
            "The seconds of fitting after which no further base of the stack or trial of a search is started. Those not started are left "
                + "out.");
    private static readonly Option<long> MemoryBudget =
        Common.Whole("--memory-budget", 0, long.MaxValue / Megabyte, 0,
            "The estimated memory of all fits running in parallel, in megabytes; 0 for no limit.");

    public static Option[] Options => [.. Keeping, TimeBudget];

    /// <summary>The options of commands that need all bases.</summary>
    public static Option[] Keeping => [Run, MemoryBudget, ClusterOptions.Cluster, ClusterOptions.Name, ClusterOptions.Certificate];

    /// <summary>Runs the work while the folder is locked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="catalogue">The models that the folder can store.</param>
    /// <param name="terminal">Prints notes about the cluster.</param>
    /// <param name="work">The work.</param>
    public static Outcome<T> Within<T>(ParseResult parsed, Catalogue catalogue, Terminal terminal, Func<LongRun, Outcome<T>> work) =>
        ClusterOptions.Open(parsed, catalogue, text => terminal.Note($"note: {text}")).Bind(cluster =>
        {
            using (cluster)
            {
                var budget = BudgetOf(parsed);
                var times = new FitTimes();
                var executor = cluster is null
                    ? times.Around(FunctionalStack.Executor.Threads(parsed.GetValue(Common.Threads), budget))
                    : new ShownCluster(cluster.Executor(budget), cluster);
                var run = new LongRun(executor, null, null, cluster, times);
                return parsed.GetValue(Run) is { } folder
                    ? RunJournal.Open(folder, catalogue).At("--run").Bind(journal => Stored(run, folder, journal, work)) : work(run);
            }
        });

    private static Outcome<T> Stored<T>(LongRun run, string folder, RunJournal journal, Func<LongRun, Outcome<T>> work)
    {
        using (journal)
        {
            try
            {
                return work(run with { Executor = run.Executor.Through(journal), Folder = folder, Journal = journal });
            }
            catch (OperationCanceledException)
            {
                throw new StoppedException(
                    $"cancelled; {Counted(journal.Report.Found + journal.Report.Fitted)} stored in {folder}. The same command resumes "
                        + "from there.");
            }
        }
    }

    /// <summary>What the fits of each model of an evaluation cost, by its name; null if some were found in the folder, or made
    /// elsewhere.</summary>
    public IReadOnlyDictionary<string, FitCost>? CostsOf(Evaluation found, ILearner learner) => Journal?.Report.Found > 0 ? null
        : Times.OfEvaluation(found.Models, found.Folds.Count, Refits(learner));

    /// <summary>The same for a fit.</summary>
    public IReadOnlyDictionary<string, FitCost>? CostsOf(Trained fitted) =>
        Journal?.Report.Found > 0 ? null : Times.OfFit(fitted.Scores);

    // The bases of an evaluation are those of the first stack.
    private static bool Refits(ISpec spec) => spec is Stack stack ? stack.Combine == Combine.Refit
        : spec.Components.Any(part => Refits(part.Spec));

    /// <summary>Prints which fits were found and fitted, and which bases were left out.</summary>
    public void Print(Terminal terminal, EquatableArray<string> skipped)
    {
        if (skipped.Count > 0) terminal.Print($"left out by the time budget: {string.Join(", ", skipped)}");
        if (Cluster is { } cluster) terminal.Note($"note: {ClusterOptions.Text(cluster.Report)}");
        if (Journal?.Report is not { } report) return;
        foreach (var note in report.Notes) terminal.Note($"note: {note}");
        terminal.Note($"note: {Folder}: {Counted(report.Found)} found, {report.Fitted} fitted");
    }

    /// <summary>Adds the same to the JSON object.</summary>
    public void Describe(JsonObject answer, EquatableArray<string> skipped)
    {
        answer["skipped"] = Json.Strings(skipped);
        if (Journal?.Report is { } report)
            answer["run"] =
                new JsonObject { ["folder"] = Folder, ["found"] = report.Found, ["fitted"] = report.Fitted, ["damaged"] = report.Damaged };
    }

    private static string Counted(int fits) => fits == 1 ? "1 fit" : string.Create(CultureInfo.InvariantCulture, $"{fits} fits");

    // The only clock in a fit. It decides which bases are fitted, and never changes the result of a fit.
    private static Budget BudgetOf(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        return new(
            parsed.GetValue(MemoryBudget) is var megabytes and > 0 ? megabytes * Megabyte : null,
            parsed.GetValue(TimeBudget) is { } seconds ? () => watch.Elapsed.TotalSeconds >= seconds : null);
    }
}
