module FunctionalStack.FSharp.Tests.CsvTests

open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open Xunit

[<Fact>]
let ``functions are the members of the core`` () =
    let rows =
        Csv.read "train.csv"
        |> Csv.id "nr"
        |> Csv.drop [ "name"; "note" ]
        |> Csv.weights "w"
        |> Csv.groups "g"
        |> Csv.time "t"
        |> Csv.gap 2.0
        |> Csv.folds "f"
        |> Csv.categorical [ "code" ]
        |> Csv.kind TargetKind.Classes
        |> Csv.order [ "low"; "high" ]

    let same =
        CsvRows("train.csv")
            .Id("nr")
            .Drop("name", "note")
            .Weights("w")
            .Groups("g")
            .Time("t")
            .Gap(2.0)
            .Folds("f")
            .Categorical("code")
            .Kind(TargetKind.Classes)
            .Order("low", "high")

    Assert.Equal(same, rows)
    Assert.Equal(same.Weights("w", WeightKind.Frequency), rows |> Csv.frequencies "w")
    Assert.True(rows |> Csv.target "y" |> Result.isError)
    Assert.True(rows |> Csv.training "y" |> Result.isError)
