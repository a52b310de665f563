namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.IO

/// Reads CSV files: `Csv.read "train.csv" |> Csv.id "PassengerId" |> Csv.target "Survived"`. Columns without a role are features.
[<RequireQualifiedAccess>]
module Csv =

    /// Starts a dataset of the file at this path; `-` is standard input. The file is read by `target`, `training` or `toPredict`.
    let read (path: string) : CsvRows = CsvRows path

    /// Sets the column of row ids. It is not a feature.
    let id (column: string) (rows: CsvRows) : CsvRows = rows.Id column

    /// Drops columns that are not features, such as names and values unknown at prediction time.
    let drop (columns: string seq) (rows: CsvRows) : CsvRows = rows.Drop(Array.ofSeq columns)

    /// Sets the column of sample weights: at least 0. Only ratios matter.
    let weights (column: string) (rows: CsvRows) : CsvRows = rows.Weights column

    /// Sets the column of multiplicities: a weight of 2 is the same row twice.
    let frequencies (column: string) (rows: CsvRows) : CsvRows =
        rows.Weights(column, WeightKind.Frequency)

    /// Sets the column of groups: any text. Folds never split a group.
    let groups (column: string) (rows: CsvRows) : CsvRows = rows.Groups column

    /// Sets the column of times for time-ordered folds: numbers or dates.
    let time (column: string) (rows: CsvRows) : CsvRows = rows.Time column

    /// Leaves out training rows within this gap before held-out rows: in days for dates, in hours for times without dates, otherwise in
    /// the unit of the times.
    let gap (gap: float) (rows: CsvRows) : CsvRows = rows.Gap gap

    /// Sets the column of the fold of each row: any text, for `Folds.given`.
    let folds (column: string) (rows: CsvRows) : CsvRows = rows.Folds column

    /// Reads these features as categories, even if they look like numbers or dates.
    let categorical (columns: string seq) (rows: CsvRows) : CsvRows = rows.Categorical(Array.ofSeq columns)

    /// Sets the task. By default, a target of numbers is numeric, except at most 20 different integers, which are classes.
    let kind (kind: TargetKind) (rows: CsvRows) : CsvRows = rows.Kind kind

    /// States the order of the classes of the target, from low to high, each once.
    let order (levels: string seq) (rows: CsvRows) : CsvRows = rows.Order(Array.ofSeq levels)

    /// Sets rules for reading numbers, dates and missing values.
    let text (options: TextOptions) (rows: CsvRows) : CsvRows = rows.Text options

    /// Reads the file as a dataset of features and the target in this column.
    let target (column: string) (rows: CsvRows) : Result<Dataset, Failure> = rows.Target column |> Outcome.toResult

    /// Reads the file with the schema, the ids and how each column was read.
    let training (target: string) (rows: CsvRows) : Result<TrainingTable, Failure> =
        rows.Training target |> Outcome.toResult

    /// Reads the columns that a model needs, in the format of its training rows. Other columns are ignored.
    let toPredict (model: #IConformingModel) (rows: CsvRows) : Result<Frame, Failure> =
        rows.ToPredict model |> Outcome.toResult
