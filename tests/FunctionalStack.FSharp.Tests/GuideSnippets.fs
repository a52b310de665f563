/// The guide's F# blocks, word for word, with assertions on what the page describes.
module FunctionalStack.FSharp.Tests.GuideSnippets

open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Gpu
open FunctionalStack.IO
open FunctionalStack.Learners
open FunctionalStack.Neural
open Xunit

type Passenger = {
    Name: string
    Sex: string
    Age: float option
    Siblings: int
    Survived: bool
}

let internal passengers = [
    for i in 0..59 ->
        {
            Name = $"P{i}"
            Sex = if i % 2 = 0 then "female" else "male"
            Age = if i % 7 = 0 then None else Some(float (20 + i % 40))
            Siblings = i % 3
            Survived = (i % 2 = 0) <> (i % 10 = 0)
        }
]

let internal survival =
    Stack.bases [
        "knn", knn 3 |> Learner.preprocess Prepare.forDistances
        "tree", tree |> Learner.preprocess Prepare.forTrees
    ]
    |> Stack.folds (Folds.stratified 3 |> Folds.shuffled (Seed.Of 1))
    |> Stack.meta (logistic 1.0)

[<Fact>]
let ``a CSV file`` () =
    let trainingFile = System.IO.Path.GetTempFileName()

    let lines = [
        "Name,Sex,Age,Siblings,Survived"
        for p in passengers do
            let age = p.Age |> Option.map string |> Option.defaultValue ""
            $"{p.Name},{p.Sex},{age},{p.Siblings},{p.Survived}"
    ]

    System.IO.File.WriteAllText(trainingFile, String.concat "\n" lines)

    let newFile = trainingFile

    let predicted =
        result {
            let! data = Csv.read trainingFile |> Csv.id "Name" |> Csv.target "Survived"
            let! model = survival |> Learner.fit (Seed.Of 42) data
            let! rows = Csv.read newFile |> Csv.toPredict model
            return! model |> Model.predict rows
        }

    System.IO.File.Delete trainingFile

    match predicted with
    | Ok answers -> Assert.Equal(60, answers.Count)
    | Error failure -> failwith (Outcome.explain failure)

[<Fact>]
let ``rows of your own`` () =
    let predicted =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! model = survival |> Learner.fit (Seed.Of 42) data
            return! model |> Model.predictRecords passengers
        }

    let describe predicted =
        match predicted.Answer with
        | Class(name, probabilities) -> $"{predicted.Row.Name}: {name}, {probabilities[name]:P0}"
        | Value number -> $"{predicted.Row.Name}: {number}"

    match predicted with
    | Ok answers -> Assert.All(answers, fun one -> Assert.StartsWith(one.Row.Name, describe one))
    | Error failure -> failwith (Outcome.explain failure)

[<Fact>]
let ``a model from a file`` () =
    let path = System.IO.Path.GetTempFileName()

    let saved =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! model = survival |> Learner.fit (Seed.Of 42) data
            return! model |> Model.save path
        }

    let predicted =
        result {
            let! loaded = Model.load path

            return!
                loaded
                |> Model.predictRecords [
                    {|
                        Sex = "female"
                        Age = 30
                        Siblings = 1
                    |}
                ]
        }

    let answer =
        result {
            let! loaded = Model.load path
            let! survives = loaded |> Model.forAnswers<Passenger, bool, _>
            return! survives.Predict passengers[0]
        }

    System.IO.File.Delete path
    Assert.True(Result.isOk answer)
    Assert.True(Result.isOk saved)
    Assert.Equal(Ok 1, predicted |> Result.map List.length)

[<Fact>]
let ``stack definitions`` () =
    let stacked =
        Stack.bases [
            "knn",
            knn 5
            |> Learner.preprocess Prepare.forDistances
            |> Learner.columns [ "Age"; "Siblings" ]
            "forest", RandomForest(Trees = 100, MaxDepth = 6) |> Learner.preprocess Prepare.forTrees
        ]
        |> Stack.add "bayes" (naiveBayes |> Learner.preprocess Prepare.forLinear)
        |> Stack.folds (Folds.stratified 5 |> Folds.repeated 3 (Seed.Of 7))
        |> Stack.refit
        |> Stack.passthrough [ "Siblings" ]
        |> Stack.meta (logistic 0.5)

    let deeper =
        stack {
            baseLearner "stack" stacked
            baseLearner "majority" majority
            meta (logistic 1.0)
        }

    let mixed =
        stack {
            baseLearner "knn" (knn 5 |> Learner.preprocess Prepare.forDistances)

            baseLearner
                "bayes"
                (naiveBayes
                 |> Learner.preprocess Prepare.forLinear
                 |> Learner.calibrated CalibrationMethod.Platt)

            metas [ "weights", convexWeights; "logistic", logistic 1.0 ]
        }

    let count =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! model = deeper |> Learner.fitWith (Run.threads 2) (Seed.Of 42) data
            let! predicted = model |> Model.predict data.Frame
            return predicted.Count
        }

    Assert.Equal(Ok 60, count)

let block layer = [ layer; Layer.batchNorm; Layer.relu ]

let body = [
    yield! block (Layer.convNoBias 3 16)
    yield! block (Layer.convNoBias 3 16)
    Layer.maxPool 2
    Layer.flatten
    yield! block (Layer.denseNoBias 64)
]

let classifier = Network.image 8 8 1 (body @ [ Layer.dense 10; Layer.softmax ])

let private few =
    EmbeddedData.Digits
    |> Dataset.ofTable "digit"
    |> Result.map (fun data -> data.Take(EquatableArray.Range 300))

[<Fact>]
let ``networks`` () =
    let data =
        few |> Result.defaultWith (fun failure -> failwith (Outcome.explain failure))

    let columns =
        data.Frame.Columns
        |> Seq.map (fun column -> (column.Column :?> Column.Numeric).ToArray())
        |> Array.ofSeq

    let pixels = [
        for row in 0..299 do
            for column in columns -> float32 column[row]
    ]

    let digits = [ for code in (data.Target :?> Target.Classes).Codes -> string code ]

    use backend = Backend.host 2

    let examples =
        Examples.floats classifier.Input pixels
        |> Examples.labelled (Target.classes digits)

    let trained =
        classifier
        |> Network.train backend (TrainingOptions(Epochs = 3)) (Seed.Of 42) examples

    let plan = classifier.Check().OrThrow()
    let adam = Optimizer.Adam()

    let step (variables, state) (number: int, rows: int array) =
        let batch = examples.Take(EquatableArray.From rows)
        let loss = LossKind.SoftmaxCrossEntropy

        let next =
            Training.Step(backend, plan, loss, adam, variables, state, batch, 1.0, Seed.Of number)

        next.OrThrow().Variables, next.OrThrow().Optimizer

    let variables, _ =
        [| 0 .. examples.Count - 1 |]
        |> Array.chunkBySize 32
        |> Array.indexed
        |> Array.fold step (Variables.Initial(plan, Seed.Of 42), OptimizerState.Initial(adam, plan.ParameterCount))

    match trained with
    | Ok trained -> Assert.True(trained.History[2].Training.Loss < trained.History[0].Training.Loss)
    | Error failure -> failwith (Outcome.explain failure)

    let moved =
        TrainingOptions(Epochs = 4, Augmentation = Augmentation(Shift = 1.0, Rotation = 10.0, Zoom = 0.1))

    let snapshots =
        classifier |> Network.snapshots backend moved 2 (Seed.Of 42) examples

    Assert.Equal(Ok 2, snapshots |> Result.map List.length)

    let predicted =
        result {
            use! device = Device.Open("auto", 2)

            let! trained =
                classifier
                |> Network.train device (TrainingOptions(Epochs = 1)) (Seed.Of 42) examples

            return $"loss {trained.History[0].Training.Loss} on {device.Id}, {device.Name}"
        }

    Assert.StartsWith(
        "loss ",
        predicted
        |> Result.defaultWith (fun failure -> failwith (Outcome.explain failure))
    )

    let stacked =
        Stack.bases [
            "convolutions", network (TrainingOptions(Epochs = 3)) (Network.image 8 8 1 body)
            "dense", Net(Hidden = EquatableArray.Of(64, 32), Epochs = 3)
            "forest", randomForest 50
        ]
        |> Stack.folds (Folds.stratified 3 |> Folds.shuffled (Seed.Of 1))
        |> Stack.meta (logistic 1.0)

    let count =
        stacked
        |> Learner.fitWith (Run.threads 2) (Seed.Of 42) data
        |> Result.bind (Model.predict data.Frame)
        |> Result.map _.Count

    Assert.Equal(Ok 300, count)

[<Fact>]
let ``outcomes`` () =
    let predicted =
        result {
            let! data = EmbeddedData.Iris |> Dataset.ofTable "species"
            let! model = knn 0 |> Learner.fit (Seed.Of 1) data
            return! model |> Model.predict data.Frame
        }

    let text =
        match predicted with
        | Ok(ClassPrediction all) -> $"{all.Count} rows of {all.Levels.Count} classes"
        | Ok(NumericPrediction values) -> $"{values.Length} rows"
        | Error failure -> Outcome.explain failure

    Assert.Equal("knn: k is 0. Give at least 1.", text)
