using Xunit;
using Run = FunctionalStack.Reporting.Parts.Run;

namespace FunctionalStack.Reporting.Tests;

public sealed class HtmlReportTests : IDisposable
{
    private static readonly HtmlReport page = Pages.Page.Of(new("A title", default));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("report-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    private string At(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    [Fact]
    public void A_report_makes_its_folder_and_replaces_an_earlier_report()
    {
        Assert.Equal(At("a", "b", "index.html"), page.Save(At("a", "b")).OrThrow());
        Assert.Equal(page.Html, File.ReadAllText(At("a", "b", "index.html")));
        File.WriteAllText(At("a", "b", "other.txt"), "kept");
        var later = Pages.Page.Of(new("Another title", default));
        later.Save(At("a", "b")).OrThrow();
        Assert.Equal(later.Html, File.ReadAllText(At("a", "b", "index.html")));
        Assert.Equal(["index.html", "other.txt"], Directory.GetFiles(At("a", "b")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_check_changes_nothing()
    {
        Assert.Equal(At("a", "b", "index.html"), HtmlReport.Check(At("a", "b")).OrThrow());
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_file_of_another_kind_is_not_replaced()
    {
        File.WriteAllText(At("index.html"), "<!doctype html><title>My home page</title>");
        Refused(folder.FullName, "exists and is not a report");
        Assert.Contains("My home page", File.ReadAllText(At("index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_no_folder_is_refused()
    {
        File.WriteAllText(At("file"), "");
        Refused(At("file"), "is a file");
        Refused(At("file", "below", "deeper"), $"cannot be made a folder, since '{At("file")}' is a file");
        Refused("", "is not a path");
        Refused("a\0b", "is not a path");
    }

    [Fact]
    public void The_page_of_a_run_has_its_facts_its_command_and_its_notes()
    {
        var run = new Run("Title <b>", [("data", "train.csv")])
        {
            Command = "fstack evaluate --data 'a b.csv'",
            Measured = [("time", "1.0 s")],
            Notes = [new("fold 1", "something"), new("fold 2", "something")],
        };
        var html = Pages.Page.Of(run).Html;
        WellFormed.Check(html);
        Assert.Contains("<title>Title &lt;b&gt;</title>", html, StringComparison.Ordinal);
        Assert.Contains("fstack evaluate --data &#39;a b.csv&#39;", html, StringComparison.Ordinal);
        Assert.Contains("something (fold 1, and 1 more place)", html, StringComparison.Ordinal);
        Assert.Contains("SIMD of ", html, StringComparison.Ordinal);
    }

    private static void Refused(string path, string what)
    {
        foreach (var outcome in new[] { HtmlReport.Check(path), page.Save(path) })
            Assert.Contains(what, Assert.IsType<Outcome<string>.Fail>(outcome).Failure.What, StringComparison.Ordinal);
    }
}
