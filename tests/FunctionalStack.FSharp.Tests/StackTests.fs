namespace FunctionalStack.FSharp.Tests

open System.Threading
open FsCheck.Xunit
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Laws
open Xunit

[<Properties(Arbitrary = [| typeof<Arbitraries> |], MaxTest = 50)>]
module StackTests =

    let private nearest: ILearner = Nearest()
    let private digest: ILearner = Digest()

    let private sameFit (one: ILearner) (other: ILearner) (data: Dataset) seed =
        Learner.fit seed data one = Learner.fit seed data other

    [<Property>]
    let ``every stack of the core can be built`` (sample: AnyLearner) (seed: Seed) =
        match sample.Learner with
        | :? Stack as meant ->
            let level: Level = {
                Bases = [ for one in meant.Bases -> one.Name, one.Learner ]
                Plan = meant.Plan
                Combine = meant.Combine
                StackColumns = Option.ofObj meant.StackColumns |> Option.defaultWith StackColumns
                Passthrough = Option.ofObj meant.Passthrough
                OnFailure = meant.OnFailure
                Prune = false
            }

            sameFit meant (Stack.meta meant.Meta level) sample.Data seed
        | _ -> true

    [<Property>]
    let ``functions, builder, facade and core give the same model`` (sample: ClassData) (seed: Seed) method =
        let plan = Folds.kFold 3 |> Folds.shuffled seed

        let byFunctions =
            Stack.bases [ "nearest", nearest ]
            |> Stack.add "digest" digest
            |> Stack.folds plan
            |> Stack.refit
            |> Stack.stackMethod method
            |> Stack.dropFirstClass
            |> Stack.passthrough [ "x0" ]
            |> Stack.leaveOutFailures
            |> Stack.meta digest

        let byBuilder =
            stack {
                baseLearner "nearest" nearest
                baseLearner "digest" digest
                folds plan
                combine Combine.Refit
                stackMethod method
                dropFirstClass
                passthrough [ "x0" ]
                leaveOutFailures
                meta digest
            }

        let byFacade =
            Stacking
                .Of(struct ("nearest", nearest), struct ("digest", digest))
                .Folds(plan)
                .Refit()
                .StackMethod(method)
                .DropFirstClass()
                .Passthrough("x0")
                .LeaveOutFailures()
                .Meta(digest)

        let ofTheCore =
            Stack(
                EquatableArray.Of(Base("nearest", nearest), Base("digest", digest)),
                digest,
                plan,
                Combine.Refit,
                StackColumns(method, true),
                SelectColumns.Of "x0",
                OnFailure.LeaveOut
            )

        byFunctions = ofTheCore
        && byBuilder = ofTheCore
        && sameFit byFacade ofTheCore sample.Data seed

    [<Property>]
    let ``several meta-learners equal those of the facade`` (sample: ClassData) (seed: Seed) =
        let plan = Folds.kFold 2 |> Folds.shuffled seed
        let several = [ "digest", digest; "shares", Shares() :> ILearner ]

        let byFunctions =
            Stack.bases [ "nearest", nearest ] |> Stack.folds plan |> Stack.metas several

        let byBuilder =
            stack {
                baseLearner "nearest" nearest
                folds plan
                metas several
            }

        let byFacade =
            Stacking
                .Of(struct ("nearest", nearest))
                .Folds(plan)
                .Metas(struct ("digest", digest), struct ("shares", Shares() :> ILearner))

        byBuilder = byFunctions && sameFit byFacade byFunctions sample.Data seed

    [<Property>]
    let ``average and refit set the combine mode`` (sample: AnyData) (seed: Seed) =
        let plan = Folds.kFold 2

        let fitted transform =
            Transform.fit seed sample.Data transform

        fitted (digest |> CrossFit.average "d" plan) = fitted (digest.CrossFit("d", plan))
        && fitted (digest |> CrossFit.refit "d" plan) = fitted (digest.CrossFit("d", plan, Combine.Refit))

    [<Property>]
    let ``a pipeline equals that of the core`` (sample: AnyData) (seed: Seed) =
        let centred: ITransform = Center()
        let stamped: ITransform = Stamp "s"
        let meant = centred.Then(stamped).Then(digest)

        sameFit meant (centred |> Transform.andThen stamped |> Transform.into digest) sample.Data seed
        && sameFit meant (digest |> Learner.preprocess (centred |> Transform.andThen stamped)) sample.Data seed
        && sameFit (SelectColumns.Of("x0").Then digest) (digest |> Learner.columns [ "x0" ]) sample.Data seed

    [<Property>]
    let ``run options do not change the result and every fit is reported`` (sample: AnyData) (seed: Seed) =
        let stacked =
            Stack.bases [ "nearest", nearest; "digest", digest ]
            |> Stack.folds (Folds.kFold 2)
            |> Stack.meta digest

        let mutable predicted = 0
        let run = Run.threads 2 |> Run.progress (fun progress -> predicted <- progress.Done)
        let inTurn = stacked |> Learner.fit seed sample.Data
        let atOnce = stacked |> Learner.fitWith run seed sample.Data

        inTurn = atOnce && predicted = 7

    [<Fact>]
    let ``notes are available in F#`` () =
        let data =
            Dataset(
                Frame.ofColumns [ "x", Column.numeric [ 1.0; 2.0; 3.0; 4.0; 5.0; 6.0 ] ],
                Target.classes [ "a"; "a"; "a"; "b"; "b"; "c" ]
            )

        let stacked =
            Stack.bases [ "digest", digest ]
            |> Stack.folds (Folds.kFold 3)
            |> Stack.meta digest

        let absent = "no training row has class 'c', so it gets probability 0 there"

        match
            stacked |> Learner.fit (Seed.Of 1) data,
            stacked |> Learner.evaluateWith Run.sequential (Folds.kFold 3) (Seed.Of 1) data
        with
        | Ok trained, Ok evaluated ->
            Assert.Contains(trained.Notes, fun note -> note.What = absent)
            Assert.Contains(evaluated.Notes, fun note -> note.What = absent)

            match
                trained
                |> Model.predictWithNotes (Frame.ofColumns [ "x", Column.categorical [ "true"; "false" ] ])
            with
            | Ok(predicted, notes) ->
                Assert.Equal(2, predicted.Count)
                Assert.NotEmpty notes
            | Error failure -> failwith (Outcome.explain failure)
        | fitted, evaluated -> failwith $"{fitted} {evaluated}"

    [<Property>]
    let ``F# and C# give the same scores`` (sample: ClassData) (seed: Seed) =
        let scores (evaluation: Evaluation) = [ for model in evaluation.Models -> model.Name, model.Scores.ToString() ]

        let predicted = nearest |> Learner.evaluate 2 seed sample.Data |> Result.map scores

        let meant =
            Running.Evaluate(nearest, sample.Data, seed, folds = 2)
            |> Outcome.toResult
            |> Result.map scores

        predicted = meant

    [<Fact>]
    let ``a cancelled run stops`` () =
        let data =
            Frame.ofColumns [ "x", Column.numeric [ 1.0; 2.0; 3.0; 4.0 ] ]
            |> Dataset.ofFrame (Target.classes [ "a"; "b"; "a"; "b" ])

        use source = new CancellationTokenSource()
        source.Cancel()
        let run = Run.threads 1 |> Run.cancellation source.Token

        Assert.Throws<System.OperationCanceledException>(fun () ->
            nearest |> Learner.fitWith run (Seed.Of 1) data |> ignore)
        |> ignore
