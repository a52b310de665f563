using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>How a long fit is run: on how many threads, within which budgets, and by which folder that survives it.</summary>
/// <param name="Executor">Runs the fits.</param>
/// <param name="Folder">Where finished fits are kept, if anywhere.</param>
/// <param name="Journal">Keeps them.</param>
internal sealed record LongRun(IExecutor Executor, string? Folder, RunJournal? Journal)
{
    private const long Megabyte = 1_000_000;

    private static readonly Option<string?> Run = new("--run") { Description = "A folder that keeps every finished fit: begun again after whatever ended it, the same command goes on from there." };
    private static readonly Option<double?> TimeBudget = Common.Real("--time-budget", 0, double.PositiveInfinity, "Seconds of fitting after which no further base of the stack begins; those not begun are left out.");
    private static readonly Option<long> MemoryBudget = Common.Whole("--memory-budget", 0, long.MaxValue / Megabyte, 0, "Megabytes that fits running side by side may be estimated to need together; 0 for any.");

    public static Option[] Options => [.. Keeping, TimeBudget];

    /// <summary>Those of a work whose bases can't be left out.</summary>
    public static Option[] Keeping => [Run, MemoryBudget];

    /// <summary>Does the work with the folder held.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="catalogue">The models that the folder can keep.</param>
    /// <param name="work">What to do.</param>
    public static Outcome<T> Within<T>(ParseResult parsed, Catalogue catalogue, Func<LongRun, Outcome<T>> work)
    {
        var executor = FunctionalStack.Executor.Threads(parsed.GetValue(Common.Threads), BudgetOf(parsed));
        return parsed.GetValue(Run) is not { } folder ? work(new(executor, null, null)) : RunJournal.Open(folder, catalogue).At("--run").Bind(journal =>
        {
            using (journal)
            {
                try
                {
                    return work(new(executor.Through(journal), folder, journal));
                }
                catch (OperationCanceledException)
                {
                    throw new StoppedException($"cancelled; {Counted(journal.Report.Found + journal.Report.Fitted)} kept in {folder}, from where the same command goes on.");
                }
            }
        });
    }

    /// <summary>Tells people what was found, kept and left out.</summary>
    public void Tell(Terminal terminal, EquatableArray<string> skipped)
    {
        if (skipped.Count > 0) terminal.Say($"left out by the time budget: {string.Join(", ", skipped)}");
        if (Journal?.Report is not { } report) return;
        foreach (var note in report.Notes) terminal.Note($"note: {note}");
        terminal.Note($"note: {Folder}: {Counted(report.Found)} found, {report.Fitted} fitted");
    }

    /// <summary>Tells scripts the same.</summary>
    public void Tell(JsonObject answer, EquatableArray<string> skipped)
    {
        answer["skipped"] = Json.Strings(skipped);
        if (Journal?.Report is { } report) answer["run"] = new JsonObject { ["folder"] = Folder, ["found"] = report.Found, ["fitted"] = report.Fitted, ["damaged"] = report.Damaged };
    }

    private static string Counted(int fits) => fits == 1 ? "1 fit" : string.Create(CultureInfo.InvariantCulture, $"{fits} fits");

    // The only clock of a fit: which bases there are may depend on it, what they come to never does.
    private static Budget BudgetOf(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        return new(
            parsed.GetValue(MemoryBudget) is var megabytes and > 0 ? megabytes * Megabyte : null,
            parsed.GetValue(TimeBudget) is { } seconds ? () => watch.Elapsed.TotalSeconds >= seconds : null);
    }
}
