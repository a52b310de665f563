using System.Globalization;
using FunctionalStack.IO;
using FunctionalStack.Serving;
using PuppeteerSharp;
using Xunit;
using Models = FunctionalStack.Serving.Tests.Fitted;

namespace FunctionalStack.Pages.Tests;

/// <summary>The page of the service: what it shows is what the model predicts.</summary>
[Collection(PagesCollection.Name)]
public sealed class ServedPageTests(Chromium chromium) : IAsyncLifetime
{
    private const string Answered = "document.querySelector('#answer') !== null";

    private ModelServer server = null!;

    public async Task InitializeAsync() => server = (await ModelServer.Start(new(new ServingOptions(
        [.. new[] { "titanic", "mixed", "sets", "net" }.Select(name => new ModelSource(name, Models.All[name]))]))
    { Port = 0 })).OrThrow();

    public async Task DisposeAsync() => await server.Stop();

    [BrowserFact]
    public async Task The_page_is_clean_in_every_look_before_and_after_a_prediction()
    {
        foreach (var model in new[] { "titanic", "mixed", "sets", "net" })
        {
            foreach (var look in Look.All)
            {
                await using var view = await Open(model, look);
                if (model != "net")
                {
                    await view.Page.ClickAsync("#predict");
                    await view.Until(Answered);
                }

                await view.Picture($"serve-{model}");
                await view.IsClean();
            }
        }
    }

    [BrowserFact]
    public async Task The_page_of_the_interface_requests_nothing_from_elsewhere()
    {
        await using var view = await chromium.Open(new Uri(server.Url, "docs/index.html").AbsoluteUri, Look.Light);
        await view.Until("document.querySelector('.opblock') !== null");
        view.RequestsNothingOutside();
    }

    [BrowserFact]
    public async Task The_form_gives_the_prediction_of_the_model()
    {
        var model = ModelFile.Load(Models.All["titanic"]).OrThrow();
        var row = Table.Parse("row", "pclass,sex,age,sibsp,parch\n3rd,female,22,1,0\n"u8.ToArray()).OrThrow().Frame(model.Schema).OrThrow();
        var survived = model.Predict(row).OrThrow().Probability("survived")[0];
        await using var view = await Open("titanic", Look.Light);
        foreach (var (column, value) in new[] { ("pclass", "3rd"), ("sex", "female"), ("age", "22"), ("sibsp", "1"), ("parch", "0") })
        {
            await view.Page.EvaluateFunctionAsync(
                """
                (column, value) => {
                  const field = document.querySelector(`[data-column="${column}"]`);
                  field.value = field.tagName === 'SELECT' ? [...field.options].find(one => one.text === value).value : value;
                  field.dispatchEvent(new Event('change', { bubbles: true }));
                }
                """, column, value);
        }

        await view.Page.ClickAsync("#predict");
        await view.Until(Answered);
        Assert.Equal(survived > 0.5 ? "survived" : "died", await view.Text("#answer"));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{100 * survived:F1}%"), await view.Text("#bars"));
        Assert.NotEmpty(await view.Text("#reasons"));
    }

    [BrowserFact]
    public async Task A_file_gives_the_predictions_of_the_model_bit_for_bit()
    {
        var model = ModelFile.Load(Models.All["titanic"]).OrThrow();
        var expected = model.Predict(Table.Read(Models.All.At("titanic.csv")).OrThrow().Frame(model.Schema).OrThrow()).OrThrow();
        await using var view = await Open("titanic", Look.Light);
        // The page may not fetch the blob: its policy allows requests to the server only.
        await view.Page.EvaluateExpressionAsync(
            "(() => { const made = URL.createObjectURL; URL.createObjectURL = blob => { window.blob = blob; return made(blob); }; })()");
        var field = await view.Page.QuerySelectorAsync("#csv");
        await field.UploadFileAsync(Models.All.At("titanic.csv"));
        await view.Until("document.querySelector('#download') !== null");
        var text = await view.Page.EvaluateExpressionAsync<string>("window.blob.text()");
        var lines = text.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        var at = Array.FindIndex(lines[0], name => name.EndsWith("(survived)", StringComparison.Ordinal));
        Assert.Equal(expected.Count, lines.Length - 1);
        Assert.Equal(expected.Probability("survived"), lines[1..].Select(cells => double.Parse(cells[at], CultureInfo.InvariantCulture)));
        Assert.Equal(10, await view.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#preview tbody tr').length"));
    }

    [BrowserFact]
    public async Task A_drawn_picture_gives_the_prediction_of_the_net_and_follows_the_drawing()
    {
        await using var view = await Open("net", Look.Light);
        await view.Page.EvaluateExpressionAsync(
            """
            (() => {
              const sent = window.fetch;
              window.pictures = [];
              window.fetch = async (path, options) => {
                if (options?.body instanceof Blob) window.pictures.push([...new Uint8Array(await options.body.arrayBuffer())]);
                return sent(path, options);
              };
            })()
            """);
        await view.Page.EvaluateExpressionAsync("document.querySelector('#draw').scrollIntoView()");
        var canvas = await (await view.Page.QuerySelectorAsync("#draw")).BoundingBoxAsync();
        await Stroke(view.Page, canvas, (40, 40), (200, 60));
        await view.Until(Answered);
        await Stroke(view.Page, canvas, (200, 60), (90, 240));
        await view.Until("window.pictures.length >= 2 && document.querySelector('#status').textContent === ''");
        var picture = await view.Page.EvaluateExpressionAsync<int[]>("window.pictures.at(-1)");
        var folder = Directory.CreateTempSubdirectory("fstack-drawn-");
        try
        {
            var file = Path.Combine(folder.FullName, "drawn.png");
            await File.WriteAllBytesAsync(file, [.. picture.Select(one => (byte)one)]);
            using var client = new HttpClient { BaseAddress = server.Url };
            using var body = new ByteArrayContent(await File.ReadAllBytesAsync(file));
            body.Headers.ContentType = new("image/png");
            var answer = await (await client.PostAsync("models/net/predict", body)).Content.ReadAsStringAsync();
            var shown = await view.Text("#answer");
            Assert.Contains($"\"prediction\":\"{shown}\"", answer.Replace(" ", ""));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await view.Page.ClickAsync("#clear");
        Assert.Equal("Nothing is predicted yet.", await view.Text("#result"));
    }

    [BrowserFact]
    public async Task A_wrong_value_is_reported_at_its_field()
    {
        await using var view = await Open("titanic", Look.Phone);
        await view.Page.EvaluateFunctionAsync("() => { document.querySelector('[data-column=\"age\"]').value = '-abc'; }");
        await view.Page.ClickAsync("#predict");
        await view.Until("document.querySelector('#status').textContent !== '' || document.querySelector('[aria-invalid=true]') !== null"
            + " || document.querySelector('#answer') !== null");
        Assert.True(await view.Page.EvaluateExpressionAsync<bool>("document.documentElement.scrollWidth <= 360"));
    }

    private async Task<View> Open(string model, Look look)
    {
        var view = await chromium.Open(server.Url.AbsoluteUri, look);
        await view.Page.SelectAsync("#model", model);
        await view.Until($"document.querySelector('#about').textContent !== '' && document.querySelector('#model').value === '{model}'"
            + " && document.querySelector('#status').textContent === ''");
        return view;
    }

    private static async Task Stroke(IPage page, BoundingBox box, (decimal X, decimal Y) from, (decimal X, decimal Y) to)
    {
        await page.Mouse.MoveAsync((decimal)box.X + from.X, (decimal)box.Y + from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((decimal)box.X + to.X, (decimal)box.Y + to.Y);
        await page.Mouse.UpAsync();
    }
}
