namespace FunctionalStack.FSharp

open Microsoft.FSharp.Quotations
open FunctionalStack

/// Records on their way to a Dataset.
type Rows<'Row> = private {
    Records: 'Row array
    Left: string Set
    Weight: ('Row -> float) option
    Group: ('Row -> objnull) option
    Fold: ('Row -> int) option
}

/// Records of your own, in and out. Numbers and truth become numeric columns (None is missing, truth is 1 or 0); words,
/// enums and unions without fields become categorical ones (None and the empty word are missing). Columns are named as
/// the fields.
[<RequireQualifiedAccess>]
module Rows =

    let ofSeq (records: 'Row seq) : Rows<'Row> = {
        Records = Array.ofSeq records
        Left = Set.empty
        Weight = None
        Group = None
        Fold = None
    }

    /// These fields are no features: an identifier, a name, something unknown when a prediction is needed.
    let without (fields: string seq) (rows: Rows<'Row>) = {
        rows with
            Left = rows.Left + Set.ofSeq fields
    }

    /// How much each row counts: finite, at least 0. What is read is no feature.
    let weighing (weight: Expr<'Row -> float>) (rows: Rows<'Row>) = {
        rows with
            Left = rows.Left + Records.mentions weight
            Weight = Some(Records.evaluate weight)
    }

    /// Rows with equal keys belong together: group folds keep them on one side. What is read is no feature.
    let grouping (group: Expr<'Row -> 'Key>) (rows: Rows<'Row>) = {
        rows with
            Left = rows.Left + Records.mentions group
            Group = Some(Records.evaluate group >> box)
    }

    /// The fold each row was put into, for given folds. What is read is no feature.
    let folding (fold: Expr<'Row -> int>) (rows: Rows<'Row>) = {
        rows with
            Left = rows.Left + Records.mentions fold
            Fold = Some(Records.evaluate fold)
    }

    let private weights (rows: Rows<'Row>) =
        let given = rows.Weight |> Option.map (fun weight -> Array.map weight rows.Records)

        let bad weight =
            not (weight >= 0.0) || weight = infinity

        match given |> Option.bind (Array.tryFindIndex bad) with
        | Some row ->
            Error(Failure($"row {row + 1}", $"the weight is {given.Value[row]}", "Give finite weights of at least 0."))
        | None -> Ok(given |> Option.map Values.Own |> Option.toNullable)

    let private groups (rows: Rows<'Row>) =
        let keys = rows.Group |> Option.map (fun group -> Array.map group rows.Records)

        match keys |> Option.bind (Array.tryFindIndex isNull) with
        | Some row -> Error(Failure($"row {row + 1}", "the group is missing", "Give every row a group."))
        | None ->
            let numbered (keys: objnull array) =
                let number = dict (keys |> Seq.distinct |> Seq.mapi (fun at key -> key, at))
                Values.Own(keys |> Array.map (fun key -> number[key]))

            Ok(keys |> Option.map numbered |> Option.toNullable)

    /// Features and target. Words, enums, unions without fields and truth are classes; numbers are values (compare a 0 or
    /// 1 with 1 to make classes of it). No field that the target reads is a feature.
    let learning (target: Expr<'Row -> 'Target>) (rows: Rows<'Row>) : Result<Dataset, Failure> =
        result {
            if Array.isEmpty rows.Records then
                return! Error(Failure("rows", "there are none", "Give at least one row."))

            let! known = Records.target (Records.evaluate target) rows.Records
            let! frame = Records.features (rows.Left + Records.mentions target) rows.Records
            let! weights = weights rows
            let! groups = groups rows

            let folds =
                rows.Fold
                |> Option.map (fun fold -> Values.Own(Array.map fold rows.Records))
                |> Option.toNullable

            return Dataset(frame, Roles(known, weights, groups, folds))
        }
