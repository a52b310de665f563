namespace FunctionalStack.FSharp

open FunctionalStack

/// Converts an Outcome to a Result, such as for a computation expression of another library: `let! model = ModelFile.Load path |>
/// Outcome.toResult`.
[<RequireQualifiedAccess>]
module Outcome =

    /// Ok with the value, or Error with the failure. Trained and Evaluation contain their notes; for other values use `withNotes`
    /// to keep them.
    let toResult (outcome: Outcome<'T>) : Result<'T, Failure> =
        outcome.Match<Result<'T, Failure>>((fun value -> Ok value), (fun failure -> Error failure))

    /// Ok with the value and the notes, or Error with the failure.
    let withNotes (outcome: Outcome<'T>) : Result<'T * Note list, Failure> =
        outcome |> toResult |> Result.map (fun value -> value, List.ofSeq outcome.Notes)

    /// The value. A failure throws OutcomeException: for functions that cannot return one, such as callbacks.
    let orThrow (result: Result<'T, Failure>) : 'T =
        match result with
        | Ok value -> value
        | Error failure -> raise (OutcomeException failure)

    /// The notes as text; empty for a failure.
    let notes (outcome: Outcome<'T>) : string list =
        outcome.Notes |> Seq.map string |> List.ofSeq

    /// The failure as text: where it occurred, what was found, and how to fix it.
    let explain (failure: Failure) : string = failure.ToString()
