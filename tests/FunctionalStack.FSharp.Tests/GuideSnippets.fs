/// The guide's F# blocks, word for word, with what they promise.
module FunctionalStack.FSharp.Tests.GuideSnippets

open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open FunctionalStack.Learners
open Xunit

type Passenger = {
    Name: string
    Sex: string
    Age: float option
    Siblings: int
    Survived: bool
}

let private passengers = [
    for i in 0..59 ->
        {
            Name = $"P{i}"
            Sex = if i % 2 = 0 then "female" else "male"
            Age = if i % 7 = 0 then None else Some(float (20 + i % 40))
            Siblings = i % 3
            Survived = (i % 2 = 0) <> (i % 10 = 0)
        }
]

let private survival =
    Stack.bases [
        "knn", knn 3 |> Learner.after Prepare.forDistances
        "tree", tree |> Learner.after Prepare.forTrees
    ]
    |> Stack.folds (Folds.stratified 3 |> Folds.shuffled (Seed.Of 1))
    |> Stack.under (logistic 1.0)

[<Fact>]
let ``rows of your own`` () =
    let told =
        result {
            let! data =
                Rows.ofSeq passengers
                |> Rows.without [ "Name" ]
                |> Rows.learning <@ _.Survived @>

            let! model = survival |> Learner.fit (Seed.Of 42) data
            return model |> Model.predictRecords passengers
        }

    let say predicted =
        match predicted.Answer with
        | Class(name, probabilities) -> $"{predicted.Row.Name}: {name}, {probabilities[name]:P0}"
        | Value number -> $"{predicted.Row.Name}: {number}"

    match told with
    | Ok answers -> Assert.All(answers, fun one -> Assert.StartsWith(one.Row.Name, say one))
    | Error failure -> failwith (Outcome.explain failure)

[<Fact>]
let ``sentences`` () =
    let stacked =
        Stack.bases [
            "knn", knn 5 |> Learner.after Prepare.forDistances |> Learner.on [ "Age"; "Siblings" ]
            "forest", RandomForest(Trees = 100, MaxDepth = 6) |> Learner.after Prepare.forTrees
        ]
        |> Stack.add "bayes" (naiveBayes |> Learner.after Prepare.forLinear)
        |> Stack.folds (Folds.stratified 5 |> Folds.repeated 3 (Seed.Of 7))
        |> Stack.refitting
        |> Stack.passthrough [ "Siblings" ]
        |> Stack.under (logistic 0.5)

    let deeper =
        stack {
            baseLearner "stack" stacked
            baseLearner "majority" majority
            meta (logistic 1.0)
        }

    let count =
        result {
            let! data =
                Rows.ofSeq passengers
                |> Rows.without [ "Name" ]
                |> Rows.learning <@ _.Survived @>

            let! model = deeper |> Learner.fitBy (Run.threads 2) (Seed.Of 42) data
            return (model |> Model.predict data.Frame).Count
        }

    Assert.Equal(Ok 60, count)

[<Fact>]
let ``outcomes`` () =
    let told =
        result {
            let! data = EmbeddedData.Iris |> Dataset.ofTable "species"
            let! model = knn 0 |> Learner.fit (Seed.Of 1) data
            return model |> Model.predict data.Frame
        }

    let sentence =
        match told with
        | Ok(Probabilities all) -> $"{all.Count} rows of {all.Levels.Count} classes"
        | Ok(Estimates numbers) -> $"{numbers.Length} rows"
        | Error failure -> Outcome.explain failure

    Assert.Equal("knn: k is 0. Give a k of at least 1.", sentence)

[<Fact>]
let ``long calls`` () =
    let token = System.Threading.CancellationToken.None

    let run =
        Run.threads 4
        |> Run.reporting (fun p -> eprintfn $"{p.Done} of {p.Total}: {p.Label}")
        |> Run.cancelledBy token

    let outOfFold =
        result {
            let! data =
                Rows.ofSeq passengers
                |> Rows.without [ "Name" ]
                |> Rows.learning <@ _.Survived @>

            let! fit = survival |> Stack.fitBy run (Seed.Of 42) data
            return [ for part in fit.Scores data.Roles -> part.Name, part["logLoss"].Mean ]
        }

    Assert.Equal<string list>([ "knn"; "tree"; "stack" ], outOfFold |> Result.defaultValue [] |> List.map fst)
