using System.CommandLine;

namespace FunctionalStack.Cli.Writing;

/// <summary>The option of the commands that write a report.</summary>
internal static class ReportOption
{
    public static Option<string?> Report { get; } = new("--report")
    {
        Description = "A folder for a report, one HTML page: index.html. It is created if absent, and an earlier report is replaced.",
        HelpName = "DIR",
    };

    /// <summary>Whether a report is wanted.</summary>
    public static bool IsWanted(ParseResult parsed) => parsed.GetValue(Report) is not null;
}
