namespace FunctionalStack.FSharp.Tests

open System
open System.Threading
open FsCheck.Xunit
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open FunctionalStack.Laws
open Xunit

[<Properties(Arbitrary = [| typeof<Arbitraries> |], MaxTest = 30)>]
module LearnerTests =

    let private stacked =
        Stack.bases [ "nearest", Nearest() :> ILearner; "digest", Digest() ]
        |> Stack.folds (Folds.kFold 2)
        |> Stack.meta (Digest())

    [<Property>]
    let ``asynchronous fits give the same results`` (sample: AnyData) (seed: Seed) =
        let fitted = stacked |> Learner.fitAsync (Run.threads 2) seed sample.Data

        let evaluated =
            stacked |> Learner.evaluateAsync Run.sequential (Folds.kFold 2) seed sample.Data

        Async.RunSynchronously fitted = (stacked |> Learner.fit seed sample.Data)
        && Result.isOk (Async.RunSynchronously evaluated) =
            Result.isOk (stacked |> Learner.evaluateWith Run.sequential (Folds.kFold 2) seed sample.Data)

    let private four =
        Dataset(Frame.ofColumns [ "x", Column.numeric [ 1.0 .. 6.0 ] ], Target.classes [ "a"; "a"; "a"; "b"; "b"; "b" ])

    [<Theory>]
    [<InlineData(true)>]
    [<InlineData(false)>]
    let ``cancelling the computation or the token of the run ends a fit`` (byRun: bool) =
        use source = new CancellationTokenSource()
        let mutable fits = 0

        let run =
            Run.threads 1
            |> Run.progress (fun progress ->
                fits <- progress.Done
                source.Cancel())
            |> if byRun then Run.cancellation source.Token else id

        let fit = stacked |> Learner.fitAsync run (Seed.Of 1) four

        let task =
            Async.StartAsTask(fit, ?cancellationToken = (if byRun then None else Some source.Token))

        let thrown = Assert.ThrowsAny<Exception>(fun () -> task.Wait())

        Assert.IsAssignableFrom<OperationCanceledException>(thrown.InnerException)
        |> ignore

        Assert.Equal(1, fits)

    /// The computation expression of another library, which knows Result only.
    type private OtherBuilder() =
        member _.Bind(step: Result<'T, Failure>, next) = Result.bind next step
        member _.Return(value: 'T) : Result<'T, Failure> = Ok value
        member _.ReturnFrom(step: Result<'T, Failure>) = step

    [<Fact>]
    let ``functions work in the computation expression of another library`` () =
        let result = OtherBuilder()
        let path = IO.Path.GetTempFileName()

        let read =
            result {
                let! data = EmbeddedData.Iris |> Dataset.ofTable "species"
                let! fit = knn 3 |> Learner.fit (Seed.Of 1) data
                let! path = fit |> Model.save path
                let! model = ModelFile.Load path |> Outcome.toResult
                let! same = Model.load path
                let! predicted = model |> Model.predict data.Frame
                return predicted.Count, same = model
            }

        IO.File.Delete path
        Assert.Equal(Ok(150, true), read)

    [<Fact>]
    let ``a fit of a spec stores it`` () =
        let path = IO.Path.GetTempFileName()

        let card =
            result {
                let! data = EmbeddedData.Iris |> Dataset.ofTable "species"
                let! spec = SpecFile.Parse("""{"version":1,"learner":"naiveBayes"}""", "spec")
                let! learner = spec.Build data
                let! fit = learner |> Learner.fit (Seed.Of 4) data
                let! path = fit |> Model.saveSpec spec path
                let! model = Model.load path
                return model.Card
            }

        IO.File.Delete path

        match card with
        | Ok card ->
            Assert.Equal(("species", 4L), (card.Target, card.Seed))
            Assert.Contains("naiveBayes", card.Spec)
        | Error failure -> failwith (Outcome.explain failure)
