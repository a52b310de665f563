using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Pages;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Pages;

/// <summary>The report of a command: facts of the run, and the parts of the command.</summary>
/// <param name="Title">The title: the command and its data.</param>
/// <param name="Data">The option with the data.</param>
/// <param name="Facts">Facts of the command besides the data: rows, target.</param>
/// <param name="Parts">The parts; computed only if a report is wanted.</param>
internal sealed record CommandPage(string Title, Option Data, EquatableArray<(string Name, Html Value)> Facts,
    Func<Outcome<EquatableArray<Section>>> Parts)
{
    /// <summary>Facts about rows with a target.</summary>
    public static EquatableArray<(string Name, Html Value)> FactsOf(Roles roles, int columns) =>
    [
        ("rows and columns", $"{Figures.Rows(roles.Count)}, {Figures.Counted(columns, "column")}"),
        ("target", Html.All(PlainText.Name(roles.TargetName), roles.Target is Target.Classes classes
            ? $" ({classes.Levels.Count} {(classes.Levels.Count == 1 ? "class" : "classes")})" : " (numeric)")),
    ];

    /// <summary>The text of a time of the rows; null for numbers.</summary>
    public static Func<double, string>? TimesOf(Inputs inputs, ParseResult parsed) =>
        inputs.TimeOf(parsed) is { Kind: ReadAs.Dates } time ? moment => Periods.Text(moment, time) : null;

    /// <summary>Writes the page, if it is wanted.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="notes">The notes of the run.</param>
    /// <param name="watch">Measures the run.</param>
    /// <returns>The path of the page, below the folder as it was given; null if none is wanted.</returns>
    public Outcome<string?> Write(ParseResult parsed, EquatableArray<Note> notes, Stopwatch watch) =>
        parsed.GetValue(ReportOption.Report) is not { } folder ? Outcome.Ok<string?>(null)
        : from parts in Parts()
          let page = Page.Of(RunOf(parsed, notes, watch.Elapsed), parts)
          from written in page.Save(folder).At(ReportOption.Report.Name)
          select Path.Combine(folder, Path.GetFileName(written));

    /// <summary>Adds <c>report</c> to the JSON object, if there is one.</summary>
    public static void Describe(JsonObject answer, string? page)
    {
        if (page is not null) answer["report"] = page;
    }

    /// <summary>Prints the path of the page, if there is one.</summary>
    public static void Print(Terminal terminal, string? page)
    {
        if (page is not null) terminal.Print($"{page}: report written");
    }

    private Run RunOf(ParseResult parsed, EquatableArray<Note> notes, TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        return new(Title,
        [
            .. FileFacts(parsed),
            .. Facts,
            ("seed", parsed.GetValue(Common.Seed).ToString(CultureInfo.InvariantCulture)),
        ])
        {
            Command = CommandText.Of(parsed),
            Notes = notes,
            Measured =
            [
                ("time", $"{elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s"),
                ("peak memory", $"{Figures.Whole(process.PeakWorkingSet64 / 1e6)} MB"),
            ],
        };
    }

    private IEnumerable<(string, Html)> FileFacts(ParseResult parsed)
    {
        if (parsed.GetResult(Data)?.GetValueOrDefault<string>() is not { } path) yield break;
        yield return ("data", path == StandardStream.Dash ? "standard input" : PlainText.Name(path, 60));
        if (Fingerprint.OfFile(path) is { } digest) yield return ("fingerprint of the data", $"SHA-256 {digest}");
    }
}
