namespace FunctionalStack.FSharp.Tests

open System
open System.IO
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open Xunit

/// The library in C# and F#, a spec file and the command line are four ways to one fit.
type SurfacesTests() =

    let folder = Directory.CreateTempSubdirectory "surfaces"
    let at name = Path.Combine(folder.FullName, name)

    // Groups, weights, missing numbers and categories, and a column to leave out.
    let table =
        let stream = (Seed.Of 11).Stream()

        let row i =
            let x, y = float (stream.Next 100) / 10.0, stream.Next 50

            let place =
                if stream.Next 10 = 0 then
                    ""
                else
                    [| "north"; "south"; "west" |][stream.Next 3]

            let missing = if stream.Next 8 = 0 then "" else $"{x}"

            let label =
                if x + float y / 20.0 + float (stream.Next 4) > 7.5 then
                    "yes"
                else
                    "no"

            $"r{i},{missing},{y},{place},{1 + stream.Next 3},g{stream.Next 25},{label}"

        let path = at "rows.csv"
        File.WriteAllLines(path, Seq.append [ "id,x,y,place,weight,group,label" ] (Seq.map row [ 1..90 ]))
        path

    interface IDisposable with
        member _.Dispose() = folder.Delete true

    [<Fact>]
    member _.The_default_stack_has_the_same_bytes_from_the_tool_a_spec_Csharp_and_Fsharp() =
        let command more (name: string) =
            let arguments = [|
                "fit"
                "--data"
                table
                "--target"
                "label"
                "--id"
                "id"
                "--weights"
                "weight"
                "--weights-kind"
                "frequency"
                "--groups"
                "group"
                "--model"
                at name
                "--seed"
                "7"
                yield! more
            |]

            let error = new StringWriter()
            Assert.True((FunctionalStack.Cli.App.Run(arguments, TextWriter.Null, error) = 0), $"{error}")
            File.ReadAllBytes(at name)

        let expected = command [||] "tool.fstack"

        let fsharp =
            result {
                let! data =
                    Csv.read table
                    |> Csv.id "id"
                    |> Csv.frequencies "weight"
                    |> Csv.groups "group"
                    |> Csv.target "label"

                let spec = DefaultStack.For data
                let! learner = spec.Build data |> Outcome.toResult
                let! fit = learner |> Learner.fit (Seed.Of 7) data
                let! _ = fit |> Model.saveSpec spec (at "fsharp.fstack")
                return spec
            }
            |> Outcome.orThrow

        let data =
            (FunctionalStack.Csv.Read table)
                .Id("id")
                .Weights("weight", WeightKind.Frequency)
                .Groups("group")
                .Target("label")
                .OrThrow()

        let spec = DefaultStack.For data
        let fit = Running.Fit(spec.Build(data).OrThrow(), data, Seed.Of 7, 2).OrThrow()
        FunctionalStack.Model.Save(fit, at "csharp.fstack", spec).OrThrow() |> ignore

        File.WriteAllText(at "spec.json", SpecFile.Write(fsharp).OrThrow())
        let written = command [| "--spec"; at "spec.json"; "--threads"; "2" |] "spec.fstack"

        Assert.Equal<byte>(expected, File.ReadAllBytes(at "fsharp.fstack"))
        Assert.Equal<byte>(expected, File.ReadAllBytes(at "csharp.fstack"))
        Assert.Equal<byte>(expected, written)
