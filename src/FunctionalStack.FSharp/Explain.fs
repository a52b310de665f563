namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.Learners

/// Reads the result of a cross-validation.
[<RequireQualifiedAccess>]
module Evaluation =

    /// The stack compared with its best base by the corrected resampled t-test. None without bases.
    let withBestBase (data: Dataset) (evaluation: Evaluation) : Comparison option =
        evaluation.WithBestBase data.Target |> Option.ofObj

    /// The simplest model within one standard error of the best. None if no score is defined.
    let simplest (data: Dataset) (evaluation: Evaluation) : ScoredModel option =
        evaluation.Simplest data.Target |> Option.ofObj

    /// The times of the held-out rows of each fold, in fold order. Empty for rows without times.
    let periods (data: Dataset) (evaluation: Evaluation) : Period list =
        evaluation.Periods data.Roles |> List.ofSeq

/// Explains fitted models.
[<RequireQualifiedAccess>]
module Explain =

    /// Permutation importance: the increase of the log-loss or RMSE if the values of a column are shuffled, as mean and standard
    /// deviation over 5 permutations. One per column, in order.
    let importance (seed: Seed) (data: Dataset) (model: #IModel) : Result<ColumnImportance list, Failure> =
        (model :> IModel).PermutationImportance(data, seed)
        |> Outcome.toResult
        |> Result.map List.ofSeq

    /// Permutation importance with run options and a number of permutations.
    let importanceWith (run: Run) (repeats: int) (seed: Seed) (data: Dataset) (model: #IModel) =
        (model :> IModel).PermutationImportance(data, seed, repeats, Run.executor run, Run.reporter run)
        |> Outcome.toResult
        |> Result.map List.ofSeq

    /// Partial dependence: the mean prediction over the rows if the column has the same value in all of them, for each value of a
    /// grid of at most 20 numbers, or for each category.
    let partialDependence (column: string) (rows: Frame) (model: #IModel) : Result<PartialDependence, Failure> =
        (model :> IModel).PartialDependence(rows, column) |> Outcome.toResult

    /// Partial dependence of several columns, each as it is alone. It takes less time than one call for each.
    let partialDependences (columns: string list) (rows: Frame) (model: #IModel) =
        (model :> IModel).PartialDependence(rows, EquatableArray.From columns)
        |> Outcome.toResult
        |> Result.map List.ofSeq

    /// The Shapley values of a model of trees, alone or after preprocessing. None for other models: see shapSampled.
    let shap (rows: Frame) (model: #IModel) : Result<ShapValues, Failure> option =
        Shap.Of(model, rows) |> Option.ofObj |> Option.map Outcome.toResult

    /// The Shapley values of any model, such as a stack, by its original columns: they sum to the prediction minus the mean prediction
    /// of the reference rows. Reference rows stand for the usual ones, such as 50 training rows drawn at random.
    let shapSampled (seed: Seed) (reference: Frame) (rows: Frame) (model: #IModel) : Result<ShapValues, Failure> =
        Shap.Sampled(model, rows, reference, seed) |> Outcome.toResult

    /// Sampled Shapley values with run options and a number of orders for each reference row, each walked in both directions.
    let shapSampledWith (run: Run) (orders: int) (seed: Seed) (reference: Frame) (rows: Frame) (model: #IModel) =
        Shap.Sampled(model, rows, reference, seed, orders, Run.executor run, Run.reporter run)
        |> Outcome.toResult
