namespace FunctionalStack.FSharp

open FunctionalStack

/// Runs steps in sequence until the first failure. `let!` accepts a Result or an Outcome. Resources bound by `use!` are
/// disposed at the end, also after a failure.
type ResultBuilder() =
    member _.Source(result: Result<'T, Failure>) = result
    member _.Source(outcome: Outcome<'T>) = Outcome.toResult outcome
    member _.Return(value: 'T) : Result<'T, Failure> = Ok value
    member _.ReturnFrom(result: Result<'T, Failure>) = result
    member _.Bind(result: Result<'T, Failure>, next: 'T -> Result<'U, Failure>) = Result.bind next result
    member _.BindReturn(result: Result<'T, Failure>, next: 'T -> 'U) = Result.map next result

    /// `use` and `use!`: disposes the resource at the end, also after a failure.
    member _.Using(resource: 'D :> System.IDisposable, steps: 'D -> Result<'T, Failure>) =
        use held = resource
        steps held

    /// `and!`: fails with the first failure in order.
    member _.MergeSources(first: Result<'T, Failure>, second: Result<'U, Failure>) =
        first |> Result.bind (fun one -> second |> Result.map (fun two -> one, two))

    member _.Zero() : Result<unit, Failure> = Ok()
    member _.Delay(steps: unit -> Result<'T, Failure>) = steps
    member _.Combine(first: Result<unit, Failure>, rest: unit -> Result<'T, Failure>) = Result.bind rest first
    member _.Run(steps: unit -> Result<'T, Failure>) = steps ()

[<AutoOpen>]
module ResultBuilders =

    /// Computation expression over Result<'T, Failure>: `result { let! data = ... ; return ... }`.
    let result = ResultBuilder()
