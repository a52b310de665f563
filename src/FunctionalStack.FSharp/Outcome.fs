namespace FunctionalStack.FSharp

open FunctionalStack

/// The one place where an Outcome becomes a Result.
[<RequireQualifiedAccess>]
module Outcome =

    /// Ok with the value, or Error with the failure. What a fit gives (Trained, Evaluation) holds its notes; of other values
    /// `withNotes` keeps them.
    let toResult (outcome: Outcome<'T>) : Result<'T, Failure> =
        outcome.Match<Result<'T, Failure>>((fun value -> Ok value), (fun failure -> Error failure))

    /// Ok with the value and what a reader of it should know, or Error with the failure.
    let withNotes (outcome: Outcome<'T>) : Result<'T * Note list, Failure> =
        outcome |> toResult |> Result.map (fun value -> value, List.ofSeq outcome.Notes)

    /// What a reader of the result should know; empty for a failure.
    let notes (outcome: Outcome<'T>) : string list =
        outcome.Notes |> Seq.map string |> List.ofSeq

    /// The failure as one sentence: where, what, and how to fix it.
    let explain (failure: Failure) : string = failure.ToString()
