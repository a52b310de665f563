using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Pages.Tests;

/// <summary>Reports of evaluations and fits, opened in a browser.</summary>
[Collection(PagesCollection.Name)]
public sealed class ReportPageTests(Chromium chromium) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fstack-report-");

    private static readonly ILearner classes = Stacking
        .Of(("boosting", Learn.GradientBoosting(20).Preprocess(Prepare.ForBoosting)),
            ("forest", Learn.RandomForest(20).Preprocess(Prepare.ForTrees)),
            ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)))
        .Meta(Learn.OpinionPool());

    private static readonly ILearner numbers = Stacking
        .Of(("forest", Learn.RandomForest(20).Preprocess(Prepare.ForTrees)), ("ridge", Learn.Ridge().Preprocess(Prepare.ForLinear)))
        .Meta(Learn.OpinionPool());

    [BrowserFact]
    public async Task The_report_of_two_classes_is_clean_in_every_look()
    {
        var data = Read(EmbeddedData.Titanic, "survived");
        await IsClean("evaluation", classes.LearningCurve(data, Seed.Of(42), folds: 3, threads: 2).OrThrow().Report(data));
    }

    [BrowserFact]
    public async Task The_report_of_ten_classes_is_clean_in_every_look()
    {
        var data = Read(EmbeddedData.Digits, "digit").Take(EquatableArray.Range(400));
        await IsClean("digits", classes.Evaluate(data, Seed.Of(42), folds: 2, threads: 2).OrThrow().Report(data));
    }

    [BrowserFact]
    public async Task The_report_of_numbers_is_clean_in_every_look()
    {
        var data = Read(EmbeddedData.BreastCancer, "diagnosis");
        var area = ((Column.Numeric)data.Frame.Columns[3].Column).ToArray();
        var values = new Dataset(data.Frame.Without(data.Frame.Columns[3].Name), new Target.Numeric(EquatableArray.Own(area)));
        await IsClean("numbers", numbers.Evaluate(values, Seed.Of(42), folds: 3, threads: 2).OrThrow().Report(values));
    }

    [BrowserFact]
    public async Task The_report_of_a_fit_is_clean_in_every_look()
    {
        var data = Read(EmbeddedData.Titanic, "survived");
        await IsClean("fit", classes.Fit(data, Seed.Of(42), threads: 2).OrThrow().Report(data));
    }

    [BrowserFact]
    public async Task Names_from_the_data_are_text_and_nothing_else()
    {
        const string hostile = "</title><script>throw new Error('ran')</script><img src=x onerror=\"throw new Error('ran')\">";
        var data = Read(EmbeddedData.Iris, "species");
        var renamed = new Frame(data.RowCount, EquatableArray.From(data.Frame.Columns.Select((column, i) =>
            new NamedColumn($"{hostile}{i}", column.Column))));
        var levels = EquatableArray.From(((Target.Classes)data.Target).Levels.Select(level => $"{hostile}{level}"));
        var rows = new Dataset(renamed, new Target.Classes(levels, ((Target.Classes)data.Target).Codes)).WithTargetName(hostile);
        await IsClean("hostile", classes.Evaluate(rows, Seed.Of(42), folds: 2, threads: 2).OrThrow().Report(rows));
    }

    [BrowserFact]
    public async Task Every_link_of_the_contents_leads_to_a_part()
    {
        var data = Read(EmbeddedData.Iris, "species");
        await using var view = await chromium.Open(
            Saved(classes.Evaluate(data, Seed.Of(42), folds: 2, threads: 2).OrThrow().Report(data)), Look.Light);
        var dead = await view.Page.EvaluateFunctionAsync<string[]>(
            "() => [...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))");
        Assert.Empty(dead);
        Assert.True(await view.Page.EvaluateFunctionAsync<bool>(
            "() => [...document.querySelectorAll('svg')].every(s => "
                + "s.getAttribute('aria-hidden') === 'true' || s.getAttribute('role') === 'img' && s.querySelector('title'))"));
    }

    private async Task IsClean(string name, HtmlReport report)
    {
        var address = Saved(report);
        foreach (var look in Look.All)
        {
            await using var view = await chromium.Open(address, look);
            await view.Picture($"report-{name}");
            await view.IsClean();
        }
    }

    private string Saved(HtmlReport report) => new Uri(report.Save(folder.FullName).OrThrow()).AbsoluteUri;

    private static Dataset Read(Table table, string target) => DatasetReader.Read(table, new(target)).OrThrow().Dataset;

    public void Dispose() => folder.Delete(recursive: true);
}
