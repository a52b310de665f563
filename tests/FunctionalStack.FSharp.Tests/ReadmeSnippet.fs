module FunctionalStack.FSharp.Tests.ReadmeSnippet

// <readme>
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO

let species =
    stack {
        baseLearner "knn" (knn 5)
        baseLearner "forest" (randomForest 100)
        baseLearner "bayes" naiveBayes
        folds (Folds.usual 5)
        stackMethod StackMethod.LogProbabilities
        meta (logistic 1.0)
    }

let outcome =
    result {
        let! iris = EmbeddedData.Iris |> Dataset.ofTable "species"
        let! scores = species |> Learner.evaluate 5 (Seed.Of 42) iris
        let! model = species |> Learner.fitWith (Run.threads 2) (Seed.Of 42) iris
        let! predicted = model |> Model.predict iris.Frame
        printfn $"{model}"
        printfn $"""{predicted.Labels[0]}, {predicted.Probability("setosa")[0]:P0}"""
        return scores, predicted
    }
// </readme>

open Xunit

[<Fact>]
let ``the stack of the README classifies iris`` () =
    match outcome with
    | Ok(scores, ClassPrediction all) ->
        Assert.Equal<string list>([ "knn"; "forest"; "bayes"; "stack" ], [ for one in scores.Models -> one.Name ])

        for one in scores.Models do
            Assert.InRange(one["accuracy"].Mean, 0.9, 1.0)

        Assert.Equal(150, all.Count)
    | Ok(_, NumericPrediction _) -> failwith "species are classes"
    | Error failure -> failwith (Outcome.explain failure)
