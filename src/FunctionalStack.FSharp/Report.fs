namespace FunctionalStack.FSharp

open FunctionalStack

/// Reports of evaluations and fits: one HTML page without scripts and other files.
[<RequireQualifiedAccess>]
module Report =

    /// A report of a cross-validation: scores, curves and errors of every model on held-out rows, the data and the folds.
    let ofEvaluation (data: Dataset) (evaluation: Evaluation) : HtmlReport = evaluation.Report data

    /// A report of a fit: its out-of-fold scores and predictions, and the data.
    let ofFit (data: Dataset) (fit: Trained) : HtmlReport = fit.Report data

    /// Writes the page as index.html in the folder, which is created if absent, and returns its path. An earlier report is replaced.
    let save (folder: string) (report: HtmlReport) : Result<string, Failure> = report.Save folder |> Outcome.toResult

    /// Fails if saving would fail, before any work. Nothing is made or changed.
    let check (folder: string) : Result<string, Failure> =
        HtmlReport.Check folder |> Outcome.toResult
