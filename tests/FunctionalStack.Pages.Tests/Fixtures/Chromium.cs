using PuppeteerSharp;
using Xunit;

namespace FunctionalStack.Pages.Tests;

/// <summary>A headless Chromium of this system, started once for the tests of a collection.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Set to a Chromium or Chrome to use, where none is in PATH.</summary>
    private const string Variable = "CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private IBrowser? browser;

    /// <summary>The program; null if there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Program is null) return;
        browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            // Chromium refuses its sandbox to root, as in containers.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
        });
    }

    /// <summary>Opens an address as it looks on one kind of screen.</summary>
    internal async Task<View> Open(string address, Look look) => await View.Open(await browser!.NewPageAsync(), address, look);

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
    }
}

/// <summary>The tests that share a browser.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<Chromium>
{
    public const string Name = "pages";
}

/// <summary>A test in a browser. Skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Program is null
        ? "no Chromium in PATH (Debian: apt-get install chromium); the variable CHROMIUM may name one" : null;
}
