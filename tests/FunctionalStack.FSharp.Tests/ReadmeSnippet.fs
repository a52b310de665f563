module FunctionalStack.FSharp.Tests.ReadmeSnippet

// <readme>
open FunctionalStack
open FunctionalStack.FSharp
// </readme>
open System
open System.IO
open FunctionalStack.IO
open Xunit

let private run () =
    // <readme>
    let survival =
        stack {
            baseLearner "boosting" (gradientBoosting 100 |> Learner.preprocess Prepare.forBoosting)
            baseLearner "forest" (randomForest 100 |> Learner.preprocess Prepare.forTrees)
            baseLearner "logistic" (logistic 1.0 |> Learner.preprocess Prepare.forLinear)
            meta opinionPool
        }

    let outcome =
        result {
            let! passengers =
                Csv.read "train.csv" |> Csv.id "PassengerId" |> Csv.target "Survived"

            let! fit = survival |> Learner.fitWith (Run.threads 2) (Seed.Of 42) passengers
            printfn $"{fit}"
            let! path = fit |> Model.save "titanic.fstack"

            let! model = Model.load path

            let asked = {|
                Pclass = "3rd"
                Sex = "female"
                Age = 22
                SibSp = 1
                Parch = 0
            |}

            return! model |> Model.predictRecords [ asked ]
        }

    match outcome with
    | Ok predicted -> printfn $"{predicted.Head.Answer}"
    | Error failure -> eprintfn $"{Outcome.explain failure}"
    // </readme>

    outcome

// The embedded passengers, with the names and the id of a usual file of them.
let private passengers () =
    use csv = new StreamReader(EmbeddedData.OpenCsv "titanic")
    let lines = csv.ReadToEnd().TrimEnd('\n').Split '\n'

    String.Join(
        '\n',
        [
            "PassengerId,Pclass,Survived,Sex,Age,SibSp,Parch"
            yield! lines |> Seq.skip 1 |> Seq.mapi (fun row line -> $"{row + 1},{line}")
        ]
    )

[<Fact>]
let ``the files and the stack of the README`` () =
    let here = Environment.CurrentDirectory
    let folder = Directory.CreateTempSubdirectory "functionalstack-readme-"

    try
        Environment.CurrentDirectory <- folder.FullName
        File.WriteAllText("train.csv", passengers ())

        match run () with
        | Ok [ { Answer = Class(name, probabilities) } ] ->
            Assert.Equal("survived", name)
            Assert.InRange(probabilities["survived"], 0.4, 0.9)
        | Ok other -> failwith $"{other}"
        | Error failure -> failwith (Outcome.explain failure)
    finally
        Environment.CurrentDirectory <- here
        folder.Delete true
