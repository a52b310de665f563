namespace FunctionalStack.FSharp

open System
open System.Threading
open FunctionalStack
open FunctionalStack.Learners

/// How a long call is run. None of it changes any bit of the result, but that a time budget may leave out bases.
type Run = {
    Threads: int
    Report: FitProgress -> unit
    Cancellation: CancellationToken
    Budget: Budget
    Journal: IJournal option
}

[<RequireQualifiedAccess>]
module Run =

    /// On the caller's thread.
    let inline' = {
        Threads = 1
        Report = ignore
        Cancellation = CancellationToken.None
        Budget = Budget.None
        Journal = None
    }

    /// On so many threads, at least 1, the caller's included.
    let threads (count: int) = { inline' with Threads = count }

    /// Telling this function of every fit that is done, one call at a time.
    let progress (report: FitProgress -> unit) (run: Run) = { run with Report = report }

    /// Ended by OperationCanceledException between two fits, once the token says so.
    let cancellation (token: CancellationToken) (run: Run) = { run with Cancellation = token }

    /// Within so much memory and time.
    let budget (budget: Budget) (run: Run) = { run with Budget = budget }

    /// Asking the journal before each fit and telling it after: what was killed and is begun again goes on.
    let journal (journal: IJournal) (run: Run) = { run with Journal = Some journal }

    let internal executor (run: Run) =
        let threads = Executor.Threads(run.Threads, run.Budget)

        match run.Journal with
        | Some journal -> threads.Through journal
        | None -> threads

    let internal reporter (run: Run) = {
        new IProgress<FitProgress> with
            member _.Report progress = run.Report progress
    }

/// Fits and evaluates learners.
[<RequireQualifiedAccess>]
module Learner =

    /// The model of these rows with what came of its fit: notes, and, where the learner holds a stack, out-of-fold
    /// predictions and scores.
    let fit (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Trained, Failure> =
        (learner :> ILearner).Fit(data, seed) |> Outcome.toResult

    /// The same model, fitted on threads, with progress and cancellation.
    let fitWith (run: Run) (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Trained, Failure> =
        (Run.executor run).Fit((learner :> ILearner), data, seed, Run.reporter run, run.Cancellation)
        |> Outcome.toResult

    /// Scores on the rows that the plan holds out. Of a stack, every base is scored too.
    let evaluateWith (run: Run) (plan: FoldPlan) (seed: Seed) (data: Dataset) (learner: #ILearner) =
        (Run.executor run).Evaluate((learner :> ILearner), data, plan, seed, Run.reporter run, run.Cancellation)
        |> Outcome.toResult

    /// Scores on rows held out, by the usual k folds. Of a stack, every base is scored too.
    let evaluate (k: int) (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Evaluation, Failure> =
        evaluateWith Run.inline' (Folds.usual k) seed data learner

    /// The learner with a transform before it.
    let preprocess (transform: ITransform) (learner: #ILearner) : ILearner = transform.Then(learner :> ILearner)

    /// The classifier with its probabilities calibrated by its out-of-fold predictions, of the usual 5 folds; one more model,
    /// fitted on all rows, predicts new rows.
    let calibrated (method: CalibrationMethod) (learner: ILearner) : ILearner =
        Stack(
            EquatableArray.Of(Base(learner.Name, learner)),
            Calibration method,
            FoldPlan.Usual 5,
            Combine.Refit,
            Name = "calibrated"
        )

    /// The learner on these columns only.
    let columns (columns: string seq) (learner: #ILearner) : ILearner =
        preprocess (Transform.columns columns) learner

/// Predictions of a fitted model, safe from any thread.
[<RequireQualifiedAccess>]
module Model =

    /// One prediction a row, in row order.
    let predict (rows: Frame) (model: #IModel) : Result<Prediction, Failure> = model.Predict rows |> Outcome.toResult

    /// The same predictions, with notes on what was read otherwise than it stood, and on levels that training did not have.
    let predictWithNotes (rows: Frame) (model: #IModel) : Result<Prediction * Note list, Failure> =
        model.Predict rows |> Outcome.withNotes

    /// The same predictions, shared out over threads.
    let predictWith (run: Run) (rows: Frame) (model: #IModel) : Result<Prediction, Failure> =
        (Run.executor run).Predict(model, rows, run.Cancellation) |> Outcome.toResult

    /// Each record with its prediction, in the order given.
    let predictRecords (records: 'Row seq) (model: #IModel) : Result<Predicted<'Row> list, Failure> =
        let all = Array.ofSeq records

        model
        |> predict (Frame.ofRecords all)
        |> Result.map (
            Prediction.answers
            >> List.map2 (fun row answer -> { Row = row; Answer = answer }) (List.ofArray all)
        )
