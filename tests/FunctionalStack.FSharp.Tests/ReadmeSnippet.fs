module FunctionalStack.FSharp.Tests.ReadmeSnippet

// <readme>
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO

let species =
    stack {
        baseLearner "knn" (knn 5)
        baseLearner "forest" (forest 100)
        baseLearner "bayes" naiveBayes
        folds (Folds.stratified 5 |> Folds.shuffled (Seed.Of 42))
        handUp Upward.LogProbabilities
        meta (logistic 1.0)
    }

let scores =
    result {
        let! iris = EmbeddedData.Iris |> Dataset.ofTable "species"
        let! evaluation = species |> Learner.evaluate (Folds.stratified 5) (Seed.Of 42) iris

        return [
            for contender in evaluation.Contenders -> contender.Name, contender["accuracy"].Mean
        ]
    }
// </readme>

open Xunit

[<Fact>]
let ``the README's stack tells irises apart`` () =
    match scores with
    | Ok scores ->
        Assert.Equal<string list>([ "knn"; "forest"; "bayes"; "stack" ], List.map fst scores)

        for _, accuracy in scores do
            Assert.InRange(accuracy, 0.9, 1.0)
    | Error failure -> failwith (Outcome.explain failure)
