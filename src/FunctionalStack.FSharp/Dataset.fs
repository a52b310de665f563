namespace FunctionalStack.FSharp

open Microsoft.FSharp.Quotations
open FunctionalStack
open FunctionalStack.IO

[<RequireQualifiedAccess>]
module Target =

    /// A class a row; levels in ordinal order of the words.
    let classes (words: string seq) : Target = Target.Classes.Of(Array.ofSeq words)

    /// A finite number a row.
    let numeric (values: float seq) : Target = Target.Numeric(EquatableArray.From values)

[<RequireQualifiedAccess>]
module Dataset =

    /// Features and target. Throws ArgumentException where row counts differ.
    let ofFrame (target: Target) (frame: Frame) : Dataset = Dataset(frame, target)

    /// Records as features and target: `passengers |> Dataset.ofRecords <@ fun p -> p.Survived @>`. See Rows for more.
    let ofRecords (target: Expr<'Row -> 'Target>) (records: 'Row seq) : Result<Dataset, Failure> =
        Rows.ofSeq records |> Rows.target target

    /// A table read from a file: all columns but the target are features.
    let ofTable (target: string) (table: Table) : Result<Dataset, Failure> =
        DatasetReader.Read(table, TableRoles target)
        |> Outcome.toResult
        |> Result.map _.Dataset

    /// A CSV file, with a part for each column that is no feature: `Dataset.readCsv (TableRoles("Survived", Id = "PassengerId"))`.
    let readCsv (roles: TableRoles) (path: string) : Result<Dataset, Failure> =
        DatasetReader.Read(path, roles) |> Outcome.toResult |> Result.map _.Dataset

    /// The same, with notes on how the columns were read.
    let readCsvWithNotes (roles: TableRoles) (path: string) : Result<Dataset * Note list, Failure> =
        DatasetReader.Read(path, roles)
        |> Outcome.withNotes
        |> Result.map (fun (table, notes) -> table.Dataset, notes)

    /// A finite weight of at least 0 a row, of which only ratios count.
    let withWeights (weights: float seq) (data: Dataset) : Dataset = data.WithWeights(EquatableArray.From weights)

    /// How often each row counts, finite and at least 0: a weight of 2 is the row twice.
    let withFrequencies (weights: float seq) (data: Dataset) : Dataset =
        data.WithFrequencies(EquatableArray.From weights)

    /// A group a row: rows of one group never lie on both sides of a group fold.
    let withGroups (groups: int seq) (data: Dataset) : Dataset = data.WithGroups(EquatableArray.From groups)

    /// A fold a row, for `Folds.given`.
    let withFolds (folds: int seq) (data: Dataset) : Dataset = data.WithFolds(EquatableArray.From folds)

    let withTarget (target: Target) (data: Dataset) : Dataset = data.WithTarget target

    /// The same rows with other features, made from these.
    let mapFrame (change: Frame -> Frame) (data: Dataset) : Dataset = data.WithFrame(change data.Frame)

    /// The rows at these places, in that order; repeats are allowed.
    let take (rows: int seq) (data: Dataset) : Dataset = data.Take(EquatableArray.From rows)
