module FunctionalStack.FSharp.Tests.ServingTests

open System.IO
open System.Net.Http
open System.Text
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open FunctionalStack.Serving
open Microsoft.AspNetCore.Builder
open Microsoft.AspNetCore.Hosting
open Microsoft.Extensions.Logging
open Xunit

/// The endpoints in an application of F#: records with properties, and extension methods.
[<Fact>]
let ``An application of F# serves models`` () =
    task {
        let folder = Directory.CreateTempSubdirectory "fsharp-serving-"

        try
            let rows = Path.Combine(folder.FullName, "iris.csv")

            do
                use csv = EmbeddedData.OpenCsv "iris"
                use file = File.Create rows
                csv.CopyTo file

            let fitted =
                result {
                    let! flowers = Csv.read rows |> Csv.target "species"
                    let! fit = naiveBayes |> Learner.fit (Seed.Of 1) flowers
                    return! fit |> Model.save (Path.Combine(folder.FullName, "iris.fstack"))
                }

            let path =
                match fitted with
                | Ok path -> path
                | Error failure -> failwith (Outcome.explain failure)

            let builder = WebApplication.CreateBuilder()
            builder.Logging.SetMinimumLevel LogLevel.Warning |> ignore
            builder.WebHost.UseUrls "http://127.0.0.1:0" |> ignore

            builder.Services.AddFunctionalStack(
                ServingOptions(EquatableArray.Of(ModelSource("flowers", path)), MaxRows = 2).With("again", path)
            )
            |> ignore

            use app = builder.Build()
            app.MapFunctionalStack "/models" |> ignore
            do! app.StartAsync()
            use client = new HttpClient(BaseAddress = System.Uri(Seq.head app.Urls))

            use body =
                new StringContent(
                    """{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}""",
                    Encoding.UTF8,
                    "application/json"
                )

            use! response = client.PostAsync("/models/again/predict", body)
            let! text = response.Content.ReadAsStringAsync()
            Assert.True(response.IsSuccessStatusCode, text)
            Assert.Contains("\"prediction\":\"setosa\"", text)
            do! app.StopAsync()
        finally
            folder.Delete true
    }
