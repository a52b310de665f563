namespace FunctionalStack.FSharp

open FunctionalStack

/// The prediction of one row.
type Answer =
    /// The most probable class (ties go to the earlier level) and the probability of each class.
    | Class of name: string * probabilities: Map<string, float>
    /// A predicted number, for numeric targets.
    | Value of float

/// A row with its prediction.
type Predicted<'Row> = { Row: 'Row; Answer: Answer }

/// Converts predictions.
[<RequireQualifiedAccess>]
module Prediction =

    /// One answer per row, in row order.
    let answers (prediction: Prediction) : Answer list =
        match prediction with
        | NumericPrediction values -> values |> Seq.map Value |> List.ofSeq
        | ClassPrediction all ->
            let levels = all.Levels.ToArray()

            all.Codes()
            |> Seq.mapi (fun row code -> Class(levels[code], Map(Seq.zip levels (all.Row(row).ToArray()))))
            |> List.ofSeq
