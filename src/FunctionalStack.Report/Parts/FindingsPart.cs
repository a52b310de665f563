using FunctionalStack.Auditing;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>What an audit found.</summary>
internal static class FindingsPart
{
    /// <summary>The findings, the gravest first, and what each check measured.</summary>
    public static Section Of(AuditReport report)
    {
        var high = report.Findings.Count(finding => finding.Severity == Severity.High);
        return new("findings", "Findings", Html.All(
            Html.Of("p", report.Findings.Count == 0 ? "No check found anything."
                : $"{Figures.Counted(report.Findings.Count, "finding")}, {high} of high severity.").Class("lead"),
            report.Findings.Count == 0 ? Html.None
                : Html.Of("ul", report.Findings.Select(finding => Html.Of("li",
                    Html.Of("b", $"{SpecValue.EnumName(finding.Severity)}: "), PlainText.Short(finding.What, 600), " ",
                        finding.Remedy))).Class("warnings"),
            Grid.Of("The checks", ["check", "findings", "~measured"], report.Checks.Select(check => (Html[])
            [
                SpecValue.EnumName(check.Kind),
                check.Ran ? Figures.Whole(check.Findings.Count) : "not made",
                PlainText.Short(check.Measured, 600),
            ]))));
    }
}
