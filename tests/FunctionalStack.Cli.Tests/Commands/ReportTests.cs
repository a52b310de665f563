using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>The option <c>--report</c> of the commands for tables.</summary>
public sealed partial class ReportTests : IDisposable
{
    private const string Evaluate = "evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3";
    private const string Fit = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack";

    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    private string Page(string folder) => File.ReadAllText(tool.At($"{folder}/index.html"));

    private string[] Parts(string folder) => [.. PartId().Matches(Page(folder)).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Each_command_writes_its_parts_and_names_the_page()
    {
        Written($"{Evaluate} --report ./evaluated", "leaderboard", "learning-curve", "predictions", "agreement", "importance", "data",
            "folds", "notes", "again");
        Written($"{Fit} --report ./fitted", "leaderboard", "predictions", "agreement", "importance", "data", "folds", "notes", "again");
        Written("score --model ./m.fstack --data ./data.csv --report ./scored", "scores", "predictions", "importance", "data", "notes",
            "again");
        Written("explain --model ./m.fstack --data ./data.csv --report ./explained", "importance", "data", "notes", "again");
        Written("audit --data ./data.csv --target y --id id --spec ./spec.json --report ./audited", "findings", "data", "notes", "again");
        Assert.Contains("partial-1", Page("explained"), StringComparison.Ordinal);

        void Written(string line, params string[] parts)
        {
            var folder = line.Split("--report ./")[1];
            Assert.Contains($"{tool.At(folder)}/index.html: report written", tool.Done(line).Output, StringComparison.Ordinal);
            Assert.Equal(parts, Parts(folder));
            Assert.Equal($"{tool.At(folder)}/index.html", tool.Done($"{line} --json").Json.GetProperty("report").GetString());
        }
    }

    [Fact]
    public void Nothing_is_written_and_no_field_is_added_without_the_option()
    {
        var before = tool.Files;
        Assert.DoesNotContain("report", tool.Done($"{Evaluate} --json").Json.Keys());
        Assert.Equal(before, tool.Files);
    }

    [Fact]
    public void The_same_run_gives_the_same_page_but_for_what_was_measured()
    {
        tool.Done($"{Evaluate} --report ./r --threads 2");
        var first = Page("r");
        tool.Done($"{Evaluate} --report ./r --threads 2");
        Assert.Equal(Measured().Replace(first, ""), Measured().Replace(Page("r"), ""));
        Assert.Equal(1 + 3, Measured().Matches(first).Count);
    }

    [Fact]
    public void A_report_changes_no_other_result()
    {
        tool.Done(Fit);
        var model = tool.Bytes("m.fstack");
        tool.Done($"{Fit} --report ./r");
        Assert.Equal(model, tool.Bytes("m.fstack"));
    }

    [Fact]
    public void The_command_can_be_pasted()
    {
        tool.Write("with space.csv", Sheet.Passengers().Text);
        var words = tool.Words($"{Evaluate} --report ./r").Select(word => word.Replace("data.csv", "with space.csv",
            StringComparison.Ordinal));
        Assert.Equal(App.Done, App.Run([.. words], new StringWriter(), new StringWriter()));
        Assert.Contains($"fstack evaluate --data &#39;{tool.At("with space.csv")}&#39; --target y", Page("r"), StringComparison.Ordinal);
        Assert.Contains("SHA-256 ", Page("r"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_work()
    {
        Assert.Contains("is a file", tool.Refused($"{Evaluate} --report ./data.csv"));
        Assert.Contains("cannot be made a folder, since 'data.csv' is a file",
            tool.Refused($"{Evaluate} --report ./data.csv/deep/er"));
        Directory.CreateDirectory(tool.At("site"));
        tool.Write("site/index.html", "<!doctype html><title>Mine</title>");
        Assert.Contains("exists and is not a report of FunctionalStack", tool.Refused($"{Evaluate} --report ./site"));
        Assert.Contains("is not a path", tool.Refused($"{Evaluate} --report ''"));
        tool.Done($"{Evaluate} --report ./new/deep");
        Assert.Contains("would replace the file of", tool.Refused(
            "fit --data ./data.csv --target y --spec ./spec.json --model ./new/deep/index.html --report ./new/deep"));
    }

    [Fact]
    public void A_learning_curve_is_drawn_if_it_was_computed_and_otherwise_the_page_says_how()
    {
        tool.Done($"{Evaluate} --report ./r");
        Assert.Contains("Add --learning-curve to evaluate", Page("r"), StringComparison.Ordinal);
        tool.Done($"{Evaluate} --report ./r --learning-curve");
        Assert.Contains("<figure id=\"learning\"", Page("r"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_draws_the_folds_of_its_stack()
    {
        tool.Done($"{Fit} --report ./r");
        Assert.Contains("<figure id=\"fold-chart\"", Page("r"), StringComparison.Ordinal);
        tool.Write("single.json", """{"version":1,"learner":"naiveBayes"}""");
        tool.Done("fit --data ./data.csv --target y --id id --spec ./single.json --model ./m.fstack --report ./r");
        Assert.Contains("The spec has no stack, so all rows were fitted on", Page("r"), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_rows_of_an_audit_stand_beside_the_training_rows()
    {
        const string audit = "audit --data ./data.csv --target y --id id --spec ./spec.json --report ./r";
        tool.Done(audit);
        Assert.DoesNotContain("values of the test rows", Page("r"), StringComparison.Ordinal);
        tool.Done($"{audit} --test ./data.csv");
        Assert.Contains("values of the test rows", Page("r"), StringComparison.Ordinal);
        Assert.Contains("The test rows are the 90 rows of --test.", Page("r"), StringComparison.Ordinal);
    }

    /// <summary>A resumed run would show the times of reading files.</summary>
    [Fact]
    public void Fits_found_in_a_folder_have_no_times()
    {
        tool.Done($"{Evaluate} --report ./r --run ./stored");
        Assert.Contains(">fit time<", Page("r"), StringComparison.Ordinal);
        tool.Done($"{Evaluate} --report ./r --run ./stored");
        Assert.DoesNotContain(">fit time<", Page("r"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_evaluation_makes_no_folder()
    {
        tool.Refused("evaluate --data ./data.csv --target absent --report ./r");
        Assert.False(Directory.Exists(tool.At("r")));
    }

    [Fact]
    public void Importance_of_a_fit_says_that_the_rows_were_fitted_on()
    {
        tool.Done($"{Fit} --report ./r");
        Assert.Contains("that the model was fitted on. This is optimistic", Page("r"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<section id=\"([a-z-]+)\"")]
    private static partial Regex PartId();

    [GeneratedRegex("<dt>measured</dt><dd>[^<]*</dd>|<span class=\"measured\">[^<]*</span>")]
    private static partial Regex Measured();
}
