namespace FunctionalStack.FSharp

open System
open System.Threading
open System.Threading.Tasks
open FunctionalStack
open FunctionalStack.IO
open FunctionalStack.Learners
open FunctionalStack.Onnx

/// Options of long calls. They do not change the results, except that a time budget may leave out bases.
type Run = {
    /// The number of threads.
    Threads: int
    /// Called after every fit, never concurrently.
    Report: FitProgress -> unit
    /// Stops between two fits.
    Cancellation: CancellationToken
    /// The memory and time budget.
    Budget: Budget
    /// Stores finished fits.
    Journal: IJournal option
    /// Makes the fits in place of the threads, within the budget.
    Executor: (Budget -> IExecutor) option
}

/// Creates run options.
[<RequireQualifiedAccess>]
module Run =

    /// Runs on the thread of the caller.
    let sequential = {
        Threads = 1
        Report = ignore
        Cancellation = CancellationToken.None
        Budget = Budget.None
        Journal = None
        Executor = None
    }

    /// Runs on this number of threads, at least 1, including the thread of the caller.
    let threads (count: int) = { sequential with Threads = count }

    /// Calls the function after every fit, one call at a time.
    let progress (report: FitProgress -> unit) (run: Run) = { run with Report = report }

    /// Throws OperationCanceledException between two fits once the token is cancelled.
    let cancellation (token: CancellationToken) (run: Run) = { run with Cancellation = token }

    /// Limits memory and time.
    let budget (budget: Budget) (run: Run) = { run with Budget = budget }

    /// Stores finished fits in the journal and reads them from it, so that an interrupted run can be resumed.
    let journal (journal: IJournal) (run: Run) = { run with Journal = Some journal }

    /// Makes the fits by another executor than threads, such as that of a cluster: `run |> Run.on cluster.Executor`.
    let on (executor: Budget -> IExecutor) (run: Run) = { run with Executor = Some executor }

    let internal executor (run: Run) =
        let fits =
            match run.Executor with
            | Some make -> make run.Budget
            | None -> Executor.Threads(run.Threads, run.Budget)

        match run.Journal with
        | Some journal -> fits.Through journal
        | None -> fits

    let internal reporter (run: Run) = {
        new IProgress<FitProgress> with
            member _.Report progress = run.Report progress
    }

    /// The work on a thread of its own, since a long fit would block a thread of the pool. Cancelled by the token of the run, and with the
    /// computation.
    let internal onItsOwn (work: Run -> 'T) (run: Run) : Async<'T> =
        async {
            let! token = Async.CancellationToken

            use either =
                CancellationTokenSource.CreateLinkedTokenSource(token, run.Cancellation)

            return!
                Task.Factory.StartNew(
                    (fun () -> work { run with Cancellation = either.Token }),
                    either.Token,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                |> Async.AwaitTask
        }

/// Fits and evaluates learners.
[<RequireQualifiedAccess>]
module Learner =

    /// Fits the learner. The result has the model and the notes and, if the learner contains a stack, the out-of-fold
    /// predictions and scores.
    let fit (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Trained, Failure> =
        (learner :> ILearner).Fit(data, seed) |> Outcome.toResult

    /// Fits the learner with run options: threads, progress and cancellation.
    let fitWith (run: Run) (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Trained, Failure> =
        (Run.executor run).Fit((learner :> ILearner), data, seed, Run.reporter run, run.Cancellation)
        |> Outcome.toResult

    /// Cross-validates the learner with the folds of the plan. The bases of a stack are scored too.
    let evaluateWith (run: Run) (plan: FoldPlan) (seed: Seed) (data: Dataset) (learner: #ILearner) =
        (Run.executor run).Evaluate((learner :> ILearner), data, plan, seed, Run.reporter run, run.Cancellation)
        |> Outcome.toResult

    /// Cross-validates the learner with k folds of the default plan. The bases of a stack are scored too.
    let evaluate (k: int) (seed: Seed) (data: Dataset) (learner: #ILearner) : Result<Evaluation, Failure> =
        evaluateWith Run.sequential (Folds.usual k) seed data learner

    /// Cross-validates the learner with the folds of the plan, and also scores it fitted on these shares of the training rows of each
    /// fold, above 0 and at most 1: `LearningCurve` of the result. Without shares they are a tenth, a fifth, two fifths and seven tenths.
    /// The held-out rows are the same for all, and smaller shares are part of larger ones.
    let learningCurve
        (run: Run)
        (plan: FoldPlan)
        (shares: float list)
        (seed: Seed)
        (data: Dataset)
        (learner: #ILearner)
        : Result<Evaluation, Failure> =
        (Run.executor run)
            .LearningCurve(
                (learner :> ILearner),
                data,
                plan,
                seed,
                EquatableArray.From shares,
                Run.reporter run,
                run.Cancellation
            )
        |> Outcome.toResult

    /// `fitWith` on a thread of its own. Cancelling the computation, or the token of the run, ends it between two fits or two parts of
    /// a fit.
    let fitAsync (run: Run) (seed: Seed) (data: Dataset) (learner: #ILearner) : Async<Result<Trained, Failure>> =
        run |> Run.onItsOwn (fun own -> learner |> fitWith own seed data)

    /// `evaluateWith` on a thread of its own. Cancelling the computation, or the token of the run, ends it.
    let evaluateAsync
        (run: Run)
        (plan: FoldPlan)
        (seed: Seed)
        (data: Dataset)
        (learner: #ILearner)
        : Async<Result<Evaluation, Failure>> =
        run |> Run.onItsOwn (fun own -> learner |> evaluateWith own plan seed data)

    /// A pipeline of the transform and the learner.
    let preprocess (transform: ITransform) (learner: #ILearner) : ILearner = transform.Then(learner :> ILearner)

    /// The classifier with its probabilities calibrated on its out-of-fold predictions from 5 folds. A model refitted on all rows
    /// predicts new rows.
    let calibrated (method: CalibrationMethod) (learner: ILearner) : ILearner =
        Stack(
            EquatableArray.Of(Base(learner.Name, learner)),
            Calibration method,
            FoldPlan.Usual 5,
            Combine.Refit,
            Name = Stack.Calibrated
        )

    /// The learner with prediction intervals and quantiles, or sets of classes, from this number of folds, at least 2 (CV+):
    /// `Model.predictInterval`, `Model.predictQuantiles`, `Model.predictSet`. It is fitted once for each fold, and once on all rows.
    /// For another plan: `Conformal(learner, plan)`.
    let conformal (folds: int) (learner: #ILearner) : ILearner =
        Conformal(learner, FoldPlan.Usual folds)

    /// As `conformal`, with intervals that are wider where errors are expected to be larger, by a learner that predicts how large they
    /// are, and is fitted once more for each fold: `ridge 1.0 |> Learner.conformalBy (ErrorForest()) 5`.
    let conformalBy (scale: ILearner) (folds: int) (learner: #ILearner) : ILearner =
        Conformal(learner, FoldPlan.Usual folds, scale)

    /// The classifier of two classes with the threshold on the probability of the second class that is best on its out-of-fold
    /// predictions from 5 folds: `learner |> Learner.thresholded Threshold.F1`. For other folds: `Thresholded(learner, rule, plan)`.
    /// With as many folds, it shares the fits of `conformal`.
    let thresholded (rule: Threshold) (learner: #ILearner) : ILearner =
        Thresholded(learner, rule, FoldPlan.Usual 5)

    /// The learner on these columns only.
    let columns (columns: string seq) (learner: #ILearner) : ILearner =
        preprocess (Transform.columns columns) learner

/// Predicts with a fitted model, and saves and loads it. Thread-safe.
[<RequireQualifiedAccess>]
module Model =

    /// Writes the model of a fit to one file, with the names of its columns, its seed and its scores, and returns the path. Equal fits
    /// give equal bytes, also in `fstack fit`. The file is written completely or not at all.
    let save (path: string) (fit: Trained) : Result<string, Failure> =
        ModelFile.SaveFit(path, fit) |> Outcome.toResult

    /// As `save`, with the spec that was fitted.
    let saveSpec (spec: StackSpec) (path: string) (fit: Trained) : Result<string, Failure> =
        ModelFile.SaveFit(path, fit, spec) |> Outcome.toResult

    /// Reads a model from a file. It predicts frames and records like the saved model, bit for bit, and prints its card.
    let load (path: string) : Result<LoadedModel, Failure> = ModelFile.Load path |> Outcome.toResult

    /// Predicts each row, in row order.
    let predict (rows: Frame) (model: #IModel) : Result<Prediction, Failure> = model.Predict rows |> Outcome.toResult

    /// Predicts each row, and returns notes on converted values and on levels that the training rows did not have.
    let predictWithNotes (rows: Frame) (model: #IModel) : Result<Prediction * Note list, Failure> =
        model.Predict rows |> Outcome.withNotes

    /// Predicts each row on several threads.
    let predictWith (run: Run) (rows: Frame) (model: #IModel) : Result<Prediction, Failure> =
        (Run.executor run).Predict(model, rows, run.Cancellation) |> Outcome.toResult

    /// All metrics of the model on labelled rows, with bootstrap standard errors of 200 resamples. Rows of a group are drawn together.
    let score (seed: Seed) (data: Dataset) (model: #IModel) : Result<TestScores, Failure> =
        (model :> IModel).Score(data, seed) |> Outcome.toResult

    /// The prediction interval of each row at a level above 0 and below 1, for a model of `Learner.conformal`.
    let predictInterval (level: float) (rows: Frame) (model: #IModel) : Result<Intervals, Failure> =
        (model :> IModel).PredictInterval(rows, level) |> Outcome.toResult

    /// The quantiles of each row, for a numeric target and a model of `Learner.conformal`. The levels are above 0, below 1 and ascending:
    /// `priced |> Model.predictQuantiles [ 0.05; 0.5; 0.95 ] rows`. The quantiles of a row never cross.
    let predictQuantiles (levels: float seq) (rows: Frame) (model: #IModel) : Result<Quantiles, Failure> =
        (model :> IModel).PredictQuantiles(rows, EquatableArray.From levels)
        |> Outcome.toResult

    /// The prediction set of each row at a level above 0 and below 1, for a model of `Learner.conformal`.
    let predictSet (level: float) (rows: Frame) (model: #IModel) : Result<PredictionSets, Failure> =
        (model :> IModel).PredictSet(rows, level) |> Outcome.toResult

    /// The model for single records of a type: checked against the model's columns once, and compiled, for services that predict
    /// one record per call.
    let forRecords<'Row, 'Model when 'Model :> IConformingModel> (model: 'Model) : Result<Predictor<'Row>, Failure> =
        Predictor<'Row>.Of(model, Records.reader<'Row>) |> Outcome.toResult

    /// The same with answers of the target's type, such as bool, string or float.
    let forAnswers<'Row, 'Answer, 'Model when 'Model :> IConformingModel>
        (model: 'Model)
        : Result<Predictor<'Row, 'Answer>, Failure> =
        model
        |> forRecords<'Row, _>
        |> Result.bind (Predictor<'Row, 'Answer>.Of >> Outcome.toResult)

    /// Predicts each record, in the given order.
    let predictRecords (records: 'Row seq) (model: #IModel) : Result<Predicted<'Row> list, Failure> =
        let all = Array.ofSeq records

        model
        |> predict (Frame.ofRecords all)
        |> Result.map (
            Prediction.answers
            >> List.map2 (fun row answer -> { Row = row; Answer = answer }) (List.ofArray all)
        )

    /// Exports a saved model to ONNX: a whole stack, with its preprocessing. Fails if a part has no form in ONNX, and names it.
    let toOnnx (model: LoadedModel) : Result<OnnxModel, Failure> = OnnxExport.Of model |> Outcome.toResult

    /// Exports the model of a fit to ONNX.
    let toOnnxOfFit (fit: Trained) : Result<OnnxModel, Failure> =
        ModelCard.Of fit
        |> Outcome.toResult
        |> Result.bind (fun card -> OnnxExport.Of(fit.Model, card) |> Outcome.toResult)

    /// Exports a model to ONNX. The schema of the card gives the inputs: `ModelCard.Of(data, "species", 42L)`.
    let toOnnxWith (card: ModelCard) (model: #IModel) : Result<OnnxModel, Failure> =
        OnnxExport.Of((model :> IModel), card) |> Outcome.toResult
