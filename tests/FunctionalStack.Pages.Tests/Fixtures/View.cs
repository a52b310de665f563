using System.Text.Json;
using Deque.AxeCore.Commons;
using PuppeteerSharp;
using Xunit;

namespace FunctionalStack.Pages.Tests;

/// <summary>An open page, and what it did since it was opened.</summary>
internal sealed class View : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> errors = [];
    private readonly List<string> outside = [];
    private readonly Look look;

    private View(IPage page, Look look) => (Page, this.look) = (page, look);

    public IPage Page { get; }

    public static async Task<View> Open(IPage page, string address, Look look)
    {
        var view = new View(page, look);
        page.Console += (_, line) => { if (line.Message.Type is ConsoleType.Error) view.Add(view.errors, line.Message.Text); };
        page.PageError += (_, thrown) => view.Add(view.errors, thrown.Message);
        page.RequestFailed += (_, failed) => view.Add(view.errors, $"{failed.Request.Url} failed");
        page.Request += (_, asked) => { if (!Belongs(asked.Request.Url, address)) view.Add(view.outside, asked.Request.Url); };
        await page.SetViewportAsync(new ViewPortOptions { Width = look.Width, Height = 900 });
        await page.EmulateMediaTypeAsync(look.Media);
        await page.EmulateMediaFeaturesAsync(
            [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = look.Scheme }]);
        await page.GoToAsync(address, WaitUntilNavigation.Networkidle0);
        return view;
    }

    /// <summary>Nothing was requested from elsewhere.</summary>
    public void RequestsNothingOutside() => Assert.Empty(Copied(outside));

    /// <summary>Nothing failed, nothing was requested from elsewhere, nothing is wider than the screen, and axe-core has no serious
    /// finding.</summary>
    public async Task IsClean()
    {
        RequestsNothingOutside();
        Assert.Empty(Copied(errors));
        Assert.Empty(await Wide());
        Assert.Empty(await Findings());
    }

    public async Task<string> Text(string selector) =>
        await Page.EvaluateFunctionAsync<string>("s => document.querySelector(s).innerText", selector);

    /// <summary>Waits until an expression of the page is true.</summary>
    public async Task Until(string expression) => await Page.WaitForExpressionAsync(expression);

    /// <summary>Writes a picture of the whole page into the folder that <c>PAGES_PICTURES</c> names, if it does.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("PAGES_PICTURES") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(Path.Combine(folder, $"{name}-{look.Name}.png"), new ScreenshotOptions { FullPage = true });
    }

    // Elements that stick out to the right, except inside of one that scrolls.
    private async Task<string[]> Wide() => await Page.EvaluateFunctionAsync<string[]>(
        """
        () => {
          const scrolls = e => e && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e))
            .slice(0, 5).map(e => `${e.tagName} #${e.id} .${e.getAttribute('class')} reaches ${e.getBoundingClientRect().right}`);
        }
        """);

    private async Task<string[]> Findings()
    {
        await Page.EvaluateExpressionAsync(Axe);
        var found = await Page.EvaluateFunctionAsync<JsonElement>("async () => (await axe.run()).violations");
        return [.. found.EnumerateArray().Where(one => one.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(one => $"{one.GetProperty("id")}: {one.GetProperty("help")}: "
                + string.Join(" | ", one.GetProperty("nodes").EnumerateArray().Take(3).Select(node => $"{node.GetProperty("html")}")))];
    }

    private static bool Belongs(string url, string address) =>
        url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal)
        || Uri.Compare(new(url), new(address), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.Ordinal) == 0;

    // The events come on other threads.
    private void Add(List<string> list, string text)
    {
        lock (list) list.Add(text);
    }

    private static string[] Copied(List<string> list)
    {
        lock (list) return [.. list];
    }

    public async ValueTask DisposeAsync() => await Page.DisposeAsync();
}
