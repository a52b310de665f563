namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.Auditing

/// Looks for leaks and traps in data before its scores are believed.
[<RequireQualifiedAccess>]
module Audit =

    /// Audits rows, and a learner on them: the report has every check and its findings, the most severe first.
    let run (seed: Seed) (data: Dataset) (learner: ILearner) : Result<AuditReport, Failure> =
        learner.Audit(data, seed) |> Outcome.toResult

    /// The same with run options, and with rows to be predicted later, which are compared with the training rows.
    let runWith
        (run: Run)
        (test: Frame option)
        (seed: Seed)
        (data: Dataset)
        (learner: ILearner)
        : Result<AuditReport, Failure> =
        learner.Audit(data, seed, Option.toObj test, Run.executor run, Run.reporter run, run.Cancellation)
        |> Outcome.toResult
