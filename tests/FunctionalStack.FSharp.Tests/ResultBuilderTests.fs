module FunctionalStack.FSharp.Tests.ResultBuilderTests

open FsCheck.Xunit
open FunctionalStack
open FunctionalStack.FSharp
open Xunit

let private failure = Failure("here", "it is empty", "Fill it.")

[<Fact>]
let ``a failure becomes an Error`` () =
    Assert.Equal(Error failure, Outcome.toResult (Outcome<int>.Fail failure))

[<Fact>]
let ``the first failure stops the computation`` () =
    let mutable reached = false

    let whole =
        result {
            let! one = Ok 1
            let! two = Outcome.Fail<int>("here", "it is empty", "Fill it.")
            reached <- true
            return one + two
        }

    Assert.Equal(Error failure, whole)
    Assert.False reached

[<Property>]
let ``resources are disposed at the end and not before`` (fails: bool) =
    let mutable disposed = 0

    let resource () = {
        new System.IDisposable with
            member _.Dispose() = disposed <- disposed + 1
    }

    let whole =
        result {
            use! _held = Ok(resource ())
            use _another = resource ()
            let before = disposed
            let! one = if fails then Error failure else Ok 1
            return before + one
        }

    Assert.Equal((if fails then Error failure else Ok 1), whole)
    Assert.Equal(2, disposed)

[<Fact>]
let ``a failure in a branch skips the following steps`` () =
    let guarded allowed =
        result {
            if not allowed then
                return! Error failure

            return 1
        }

    Assert.Equal(Ok 1, guarded true)
    Assert.Equal(Error failure, guarded false)

[<Property>]
let ``binding is Result.bind, and an Outcome is its Result`` (first: Result<int, unit>) (second: Result<int, unit>) =
    let known = Result.mapError (fun () -> failure)
    let one, two = known first, known second

    let outcome =
        match two with
        | Ok value -> Outcome.Ok value
        | Error failure -> Outcome<int>.Fail failure

    let predicted =
        result {
            let! x = one
            let! y = outcome
            return x - y
        }

    let together =
        result {
            let! x = one
            and! y = outcome
            return x - y
        }

    let meant = one |> Result.bind (fun x -> two |> Result.map (fun y -> x - y))
    predicted = meant && together = meant
