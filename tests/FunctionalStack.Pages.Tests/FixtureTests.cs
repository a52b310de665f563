using Xunit;

namespace FunctionalStack.Pages.Tests;

/// <summary>The checks of pages find what they are for.</summary>
[Collection(PagesCollection.Name)]
public sealed class FixtureTests(Chromium chromium) : IDisposable
{
    private const string Good =
        """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>good</title></head><body><main><h1>good</h1></main></body></html>""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fstack-pages-");

    [BrowserFact]
    public async Task A_plain_page_is_clean_in_every_look()
    {
        foreach (var look in Look.All)
        {
            await using var view = await Open(Good, look);
            await view.IsClean();
        }
    }

    [BrowserFact]
    public async Task A_request_an_error_a_wide_element_and_a_picture_without_a_text_are_found()
    {
        foreach (var fault in new[]
        {
            """<img alt="none" src="http://127.0.0.1:9/none.png">""",
            "<script>throw new Error('thrown')</script>",
            """<div style="width: 3000px">wide</div>""",
            """<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">""",
        })
        {
            await using var view = await Open(Good.Replace("</main>", $"{fault}</main>", StringComparison.Ordinal), Look.Light);
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(view.IsClean);
        }
    }

    private async Task<View> Open(string html, Look look)
    {
        var file = Path.Combine(folder.FullName, "index.html");
        await File.WriteAllTextAsync(file, html);
        return await chromium.Open(new Uri(file).AbsoluteUri, look);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
