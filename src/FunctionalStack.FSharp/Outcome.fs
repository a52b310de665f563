namespace FunctionalStack.FSharp

open FunctionalStack

/// The one place where an Outcome becomes a Result.
[<RequireQualifiedAccess>]
module Outcome =

    /// Ok with the value, or Error with the failure; notes are dropped.
    let toResult (outcome: Outcome<'T>) : Result<'T, Failure> =
        outcome.Match<Result<'T, Failure>>((fun value -> Ok value), (fun failure -> Error failure))

    /// What a reader of the result should know; empty for a failure.
    let notes (outcome: Outcome<'T>) : string list =
        outcome.Notes |> Seq.map string |> List.ofSeq

    /// The failure as one sentence: where, what, and how to mend it.
    let explain (failure: Failure) : string = failure.ToString()
