// A web service that loads a model and answers POST /predict for a typed record.
//   dotnet run docs/samples/service.cs            listens on port 5080 until Ctrl-C
//   dotnet run docs/samples/service.cs --once     asks itself once, on a free port, and stops
#:sdk Microsoft.NET.Sdk.Web
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.IO;

// A real service only loads the file. This sample fits the model first.
var path = Path.Combine(Path.GetTempPath(), $"service-{Environment.ProcessId}.fstack");
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();
Learn.GradientBoosting(60).Preprocess(Prepare.ForBoosting).Fit(customers, Seed.Of(42), threads: 2).OrThrow().Save(path).OrThrow();

// The predictor matches the properties of Customer with the columns of the model once, and compiles the model to functions of
// one row. It is thread-safe: one for the whole service.
var model = Model.Load(path).OrThrow();
var predictor = model.For<Customer, string>().OrThrow();
File.Delete(path);

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls(args is ["--once"] ? "http://127.0.0.1:0" : "http://127.0.0.1:5080");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var service = builder.Build();

// What is wrong with a row is a failure with the reason, and becomes an answer with status 400. Notes report values that the
// training rows did not have.
service.MapPost("/predict", (Customer customer) => predictor.Predict(customer).Match(
    answer => Results.Ok(new Reply(answer.Value, answer["yes"])),
    failure => Results.Problem($"{failure}", statusCode: 400)));

await service.StartAsync();
Console.WriteLine($"POST {service.Urls.First()}/predict");
if (args is ["--once"])
{
    using var client = new HttpClient { BaseAddress = new(service.Urls.First()) };
    var response = await client.PostAsJsonAsync("/predict", new Customer("basic", 3, 11.90, 4, null));
    Console.WriteLine($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    await service.StopAsync();
    return response.IsSuccessStatusCode ? 0 : 1;
}

await service.WaitForShutdownAsync();
return 0;

/// <summary>One row. Null is a missing value.</summary>
internal sealed record Customer(string plan, int? months, double? price, int tickets, string? country);

/// <summary>The answer: whether the customer leaves, and the probability of that.</summary>
internal sealed record Reply(string Left, double Probability);
