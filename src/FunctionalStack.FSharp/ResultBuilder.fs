namespace FunctionalStack.FSharp

open FunctionalStack

/// Steps that may fail, in sequence: `let!` takes a Result or an Outcome, and the first failure ends the whole. What
/// `use!` takes is disposed when the whole ends, however it does.
type ResultBuilder() =
    member _.Source(result: Result<'T, Failure>) = result
    member _.Source(outcome: Outcome<'T>) = Outcome.toResult outcome
    member _.Return(value: 'T) : Result<'T, Failure> = Ok value
    member _.ReturnFrom(result: Result<'T, Failure>) = result
    member _.Bind(result: Result<'T, Failure>, next: 'T -> Result<'U, Failure>) = Result.bind next result
    member _.BindReturn(result: Result<'T, Failure>, next: 'T -> 'U) = Result.map next result

    /// `use` and `use!`: disposed at the end, after a failure too.
    member _.Using(resource: 'D :> System.IDisposable, steps: 'D -> Result<'T, Failure>) =
        use held = resource
        steps held

    /// `and!`: the first failure in order, if any.
    member _.MergeSources(first: Result<'T, Failure>, second: Result<'U, Failure>) =
        first |> Result.bind (fun one -> second |> Result.map (fun two -> one, two))

    member _.Zero() : Result<unit, Failure> = Ok()
    member _.Delay(steps: unit -> Result<'T, Failure>) = steps
    member _.Combine(first: Result<unit, Failure>, rest: unit -> Result<'T, Failure>) = Result.bind rest first
    member _.Run(steps: unit -> Result<'T, Failure>) = steps ()

[<AutoOpen>]
module ResultBuilders =

    /// `result { let! data = ... ; return ... }` over Result<'T, Failure>.
    let result = ResultBuilder()
