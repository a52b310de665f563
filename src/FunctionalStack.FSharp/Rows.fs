namespace FunctionalStack.FSharp

open System
open Microsoft.FSharp.Quotations
open FunctionalStack
open FunctionalStack.IO

/// Records on their way to a Dataset.
type Rows<'Row> = private { Records: RecordRows<'Row> }

/// Records of your own, in and out. Numbers and truth become numeric columns (None is missing, truth is 1 or 0); words,
/// enums and unions without fields become categorical ones (None and the empty word are missing). Columns are named as
/// the fields.
[<RequireQualifiedAccess>]
module Rows =

    let ofSeq (records: 'Row seq) : Rows<'Row> = {
        Records = RecordRows(Records.reader<'Row>, records)
    }

    /// These fields are no features: an identifier, a name, something unknown when a prediction is needed. A name that no
    /// field has is refused when the dataset is made.
    let drop (fields: string seq) (rows: Rows<'Row>) : Rows<'Row> = { Records = rows.Records.Drop fields }

    /// A weight a row: finite, at least 0; only ratios count. What is read is no feature.
    let weights (weight: Expr<'Row -> float>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Weights(Records.evaluate weight, Records.mentions weight, WeightKind.Importance)
    }

    /// How often each row counts, finite and at least 0: a weight of 2 is the row twice. What is read is no feature.
    let frequencies (weight: Expr<'Row -> float>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Weights(Records.evaluate weight, Records.mentions weight, WeightKind.Frequency)
    }

    /// Rows with equal keys belong together: group folds keep them on one side. What is read is no feature.
    let groups (group: Expr<'Row -> 'Key>) (rows: Rows<'Row>) : Rows<'Row> =
        let key = Records.evaluate group

        {
            Records = rows.Records.Groups(Func<'Row, objnull>(key.Invoke >> box), Records.mentions group)
        }

    /// When each row was, for folds that respect time: a number, or a DateTime, DateTimeOffset or DateOnly, which is read as
    /// seconds since 1970. What is read is no feature.
    let time (time: Expr<'Row -> 'Time>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Time(Records.evaluate time, Records.mentions time)
    }

    /// The fold each row was put into, for given folds. What is read is no feature.
    let folds (fold: Expr<'Row -> int>) (rows: Rows<'Row>) : Rows<'Row> = {
        Records = rows.Records.Folds(Records.evaluate fold, Records.mentions fold)
    }

    /// Features and target. Words, enums, unions without fields and truth are classes; numbers are values (compare a 0 or
    /// 1 with 1 to make classes of it). No field that the target reads is a feature.
    let target (target: Expr<'Row -> 'Target>) (rows: Rows<'Row>) : Result<Dataset, Failure> =
        rows.Records.Target(Records.evaluate target, Records.mentions target)
        |> Outcome.toResult
