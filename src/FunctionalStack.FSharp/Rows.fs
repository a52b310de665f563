namespace FunctionalStack.FSharp

open System
open Microsoft.FSharp.Quotations
open FunctionalStack
open FunctionalStack.IO

/// Builds a Dataset from records.
type Rows<'Row> = private { Records: RecordRows<'Row> }

/// Converts records of your own type to datasets. Numbers and Booleans become numeric columns (true is 1, None is missing).
/// Strings, enums and unions without fields become categorical columns (None and the empty string are missing). Columns have
/// the names of the fields.
[<RequireQualifiedAccess>]
module Rows =

    /// Starts a dataset of these records.
    let ofSeq (records: 'Row seq) : Rows<'Row> = {
        Records = RecordRows(Records.reader<'Row>, records)
    }

    /// Drops fields that are not features, such as identifiers, names and values unknown at prediction time. An unknown field
    /// name is a failure of `target`.
    let drop (fields: string seq) (rows: Rows<'Row>) : Rows<'Row> = { Records = rows.Records.Drop fields }

    /// Sets the sample weight of each row: finite, at least 0. Only ratios matter. The fields it reads are not features.
    let weights (weight: Expr<'Row -> float>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Weights(Records.evaluate weight, Records.mentions weight, WeightKind.Importance)
    }

    /// Sets the multiplicity of each row, finite and at least 0: a weight of 2 is the same row twice. The fields it reads are not features.
    let frequencies (weight: Expr<'Row -> float>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Weights(Records.evaluate weight, Records.mentions weight, WeightKind.Frequency)
    }

    /// Sets the group of each row. Folds never split a group. The fields it reads are not features.
    let groups (group: Expr<'Row -> 'Key>) (rows: Rows<'Row>) : Rows<'Row> =
        let key = Records.evaluate group

        {
            Records = rows.Records.Groups(Func<'Row, objnull>(key.Invoke >> box), Records.mentions group)
        }

    /// Sets the time of each row for time-ordered folds: a number, or a DateTime, DateTimeOffset or DateOnly, which is converted
    /// to seconds since 1970. The fields it reads are not features.
    let time (time: Expr<'Row -> 'Time>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Time(Records.evaluate time, Records.mentions time)
    }

    /// Sets the fold of each row, for given folds. The fields it reads are not features.
    let folds (fold: Expr<'Row -> int>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Folds(Records.evaluate fold, Records.mentions fold)
    }

    /// The dataset of features and target. Strings, enums, unions without fields and Booleans are classes; numbers are a numeric
    /// target (compare a 0/1 number with 1 to get classes). Fields that the target reads are not features.
    let target (target: Expr<'Row -> 'Target>) (rows: Rows<'Row>) : Result<Dataset, Failure> =
        rows.Records.Target(Records.evaluate target, Records.mentions target)
        |> Outcome.toResult
