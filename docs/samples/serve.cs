// A web service with the endpoints of FunctionalStack.Serving: rows in JSON or CSV, without a type for them.
//   dotnet run docs/samples/serve.cs            listens on port 5080 until Ctrl-C
//   dotnet run docs/samples/serve.cs --once     asks itself once, on a free port, and stops
#:sdk Microsoft.NET.Sdk.Web
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:project ../../src/FunctionalStack.Serving/FunctionalStack.Serving.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.Serving;

// A real service has a file. This sample fits the model first.
var path = Path.Combine(Path.GetTempPath(), $"serve-{Environment.ProcessId}.fstack");
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();
Learn.GradientBoosting(60).Preprocess(Prepare.ForBoosting).Fit(customers, Seed.Of(42), threads: 2).OrThrow().Save(path).OrThrow();

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls(args is ["--once"] ? "http://127.0.0.1:0" : "http://127.0.0.1:5080");
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// The limits of a request are options. The file is watched: a new one replaces the model between two requests.
builder.Services.AddFunctionalStack(new ServingOptions([new ModelSource("churn", path)]) { MaxRows = 1000 });
await using var service = builder.Build();

// Authorization, rate limits and the like are added to the group, as to any endpoints: .RequireAuthorization().
service.MapFunctionalStack("/models");
await service.StartAsync();
Console.WriteLine($"POST {service.Urls.First()}/models/churn/predict");
if (args is not ["--once"]) await service.WaitForShutdownAsync();
else
{
    using var client = new HttpClient { BaseAddress = new(service.Urls.First()) };
    var response = await client.PostAsJsonAsync("/models/churn/predict?explain=true",
        new { plan = "basic", months = 3, price = 11.90, tickets = 4, country = (string?)null });
    Console.WriteLine($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    await service.StopAsync();
}

File.Delete(path);
