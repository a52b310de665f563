namespace FunctionalStack.FSharp

open Microsoft.FSharp.Quotations
open FunctionalStack
open FunctionalStack.IO

/// Creates targets.
[<RequireQualifiedAccess>]
module Target =

    /// A class per row, with the levels in ordinal order.
    let classes (labels: string seq) : Target = Target.Classes.Of(Array.ofSeq labels)

    /// A finite number per row.
    let numeric (values: float seq) : Target =
        Target.Numeric(EquatableArray.From values)

/// Creates and changes datasets.
[<RequireQualifiedAccess>]
module Dataset =

    /// A dataset of features and target. Throws ArgumentException if the row counts differ.
    let ofFrame (target: Target) (frame: Frame) : Dataset = Dataset(frame, target)

    /// A dataset of records: `passengers |> Dataset.ofRecords <@ fun p -> p.Survived @>`. See Rows for more.
    let ofRecords (target: Expr<'Row -> 'Target>) (records: 'Row seq) : Result<Dataset, Failure> =
        Rows.ofSeq records |> Rows.target target

    /// A dataset of a table, with all columns except the target as features.
    let ofTable (target: string) (table: Table) : Result<Dataset, Failure> =
        DatasetReader.Read(table, TableRoles target)
        |> Outcome.toResult
        |> Result.map _.Dataset

    /// Reads a CSV file with the given roles of columns: `Dataset.readCsv (TableRoles("Survived", Id = "PassengerId"))`.
    let readCsv (roles: TableRoles) (path: string) : Result<Dataset, Failure> =
        DatasetReader.Read(path, roles) |> Outcome.toResult |> Result.map _.Dataset

    /// Reads a CSV file, and returns notes on how the columns were read.
    let readCsvWithNotes (roles: TableRoles) (path: string) : Result<Dataset * Note list, Failure> =
        DatasetReader.Read(path, roles)
        |> Outcome.withNotes
        |> Result.map (fun (table, notes) -> table.Dataset, notes)

    /// Sets a sample weight per row, finite and at least 0. Only ratios matter.
    let withWeights (weights: float seq) (data: Dataset) : Dataset =
        data.WithWeights(EquatableArray.From weights)

    /// Sets the multiplicity of each row, finite and at least 0: a weight of 2 is the same row twice.
    let withFrequencies (weights: float seq) (data: Dataset) : Dataset =
        data.WithFrequencies(EquatableArray.From weights)

    /// Sets a group per row. Folds never split a group.
    let withGroups (groups: int seq) (data: Dataset) : Dataset =
        data.WithGroups(EquatableArray.From groups)

    /// Sets a fold per row, for `Folds.given`.
    let withFolds (folds: int seq) (data: Dataset) : Dataset =
        data.WithFolds(EquatableArray.From folds)

    /// Sets a finite time per row, in any unit. Folds respect the order of time.
    let withTime (time: float seq) (data: Dataset) : Dataset = data.WithTime(EquatableArray.From time)

    /// Leaves out training rows within this gap before held-out rows, in the unit of the times (seconds for dates). It must be finite
    /// and at least 0.
    let withGap (gap: float) (data: Dataset) : Dataset = data.WithGap gap

    /// Sets the name of the target, for model files.
    let withTargetName (name: string) (data: Dataset) : Dataset = data.WithTargetName name

    /// Replaces the target.
    let withTarget (target: Target) (data: Dataset) : Dataset = data.WithTarget target

    /// States the order of the classes of the target, from low to high. Each class is named once. Metrics of order are reported too, and
    /// `ordinal` reads the order.
    let withOrder (levels: string seq) (data: Dataset) : Result<Dataset, Failure> =
        data.WithOrder(EquatableArray.From levels) |> Outcome.toResult

    /// Replaces the features by a function of them.
    let mapFrame (change: Frame -> Frame) (data: Dataset) : Dataset = data.WithFrame(change data.Frame)

    /// The rows with these indices, in this order. Indices may be repeated.
    let take (rows: int seq) (data: Dataset) : Dataset = data.Take(EquatableArray.From rows)
