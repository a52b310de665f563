using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Auditing;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Columnar;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Looks for leaks and traps in a table.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Test =
        new("--test") { Description = "A file with rows to be predicted later, which are compared with the training rows." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("audit", "Look for leaks and traps in a table, before its scores are believed.")
        {
            Test, ReportOption.Report,
        };
        foreach (var option in Inputs.Options.Except([Common.FoldColumn, .. LongRun.Options])) command.Add(option);
        command.Validators.Add(result => result.Require(Common.Data, Common.Target));
        command.SetAction(run((parsed, terminal) =>
            from writable in OutputPaths.Check(parsed, [Common.Data, Common.Spec, Plugins.Plugin, Test], [ReportOption.Report])
            from inputs in Inputs.Read(parsed, terminal)
            from test in parsed.GetValue(Test) is { } path
                ? TableFile.Read(path).Bind(table => terminal.Noted(table.Frame(Schema.Of(inputs.Data.Frame)))).WithoutNotes()
                    .Map<Frame?>(frame => frame)
                : Outcome.Ok<Frame?>(null)
            from done in Audit(parsed, terminal, inputs, test)
            select done));
        return command;
    }

    private static Outcome<Done> Audit(ParseResult parsed, Terminal terminal, Inputs inputs, Frame? test)
    {
        var watch = Stopwatch.StartNew();
        return inputs.Run(terminal, "auditing", progress => inputs.Learner.Audit(inputs.Data, inputs.Root.Fork("audit"), test,
            Executor.Threads(parsed.GetValue(Common.Threads)), progress, terminal.Cancellation))
            .Bind(report => PageOf(parsed, inputs, report, test).Write(parsed, inputs.Training.Remarks, watch)
                .Map(page => Report(parsed, terminal, inputs, report, watch.Elapsed, page)));
    }

    private static CommandPage PageOf(ParseResult parsed, Inputs inputs, AuditReport report, Frame? test) => new(
        $"Audit: {inputs.Data.Roles.TargetName} of {Path.GetFileName(parsed.GetValue(Common.Data))}", Common.Data,
        CommandPage.FactsOf(inputs.Data.Roles, inputs.Data.Frame.Columns.Count),
        () => Outcome.Ok(EquatableArray.Of(FindingsPart.Of(report), DataPart.Of(inputs.Data, test is null
            ? "Give the rows that are to be predicted later as --test, and they are compared with these."
            : $"The test rows are the {Figures.Rows(test.RowCount)} of --test. The check 'drift' says which columns tell them apart.",
            test))));

    private static Done Report(ParseResult parsed, Terminal terminal, Inputs inputs, AuditReport report, TimeSpan elapsed,
        string? page)
    {
        terminal.Print($"{parsed.GetValue(Common.Data)}: {Inputs.Described(inputs.Data, parsed.GetRequiredValue(Common.Target))}");
        foreach (var finding in report.Findings)
        {
            terminal.Print($"{SpecValue.EnumName(finding.Severity)}: {finding.What}");
            terminal.Print($"  {finding.Remedy}");
        }

        if (report.Findings.Count == 0) terminal.Print("nothing found");
        terminal.Print("checks:");
        foreach (var check in report.Checks)
            terminal.Print($"  {SpecValue.EnumName(check.Kind)}: {(check.Ran ? "" : "not made, ")}{check.Measured}");
        CommandPage.Print(terminal, page);
        terminal.Print($"{elapsed.TotalSeconds:F1} s");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "audit" }.Describe(inputs.Data.Roles);
            answer["seed"] = inputs.Seed;
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            answer["findings"] = new JsonArray([.. report.Findings.Select(finding => (JsonNode)new JsonObject
            {
                ["kind"] = SpecValue.EnumName(finding.Kind),
                ["severity"] = SpecValue.EnumName(finding.Severity),
                ["columns"] = Json.Strings(finding.Columns),
                ["rows"] = new JsonArray([.. finding.Rows.Select(row => (JsonNode)(row + 1))]),
                ["what"] = finding.What,
                ["remedy"] = finding.Remedy,
            })]);
            answer["checks"] = new JsonArray([.. report.Checks.Select(check => (JsonNode)new JsonObject
            {
                ["kind"] = SpecValue.EnumName(check.Kind),
                ["ran"] = check.Ran,
                ["measured"] = check.Measured,
            })]);
            CommandPage.Describe(answer, page);
            answer["notes"] = Json.Strings(Note.Summary(inputs.Training.Remarks));
            return answer;
        });
        return default;
    }
}
