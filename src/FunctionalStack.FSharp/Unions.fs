namespace FunctionalStack.FSharp

open FunctionalStack

/// The closed unions of the core, for `match`.
[<AutoOpen>]
module Unions =

    let private never () =
        invalidOp "the union is closed: there is no other case"

    /// Numbers (nan is missing), or levels with a code a row (-1 is missing).
    let (|NumericColumn|CategoricalColumn|) (column: Column) =
        match column with
        | :? Column.Numeric as numeric -> NumericColumn(numeric.ToArray())
        | :? Column.Categorical as categories -> CategoricalColumn(List.ofSeq categories.Levels, categories.ToArray())
        | _ -> never ()

    /// Levels with a code a row, or a number a row.
    let (|ClassTarget|NumericTarget|) (target: Target) =
        match target with
        | :? Target.Classes as classes -> ClassTarget(List.ofSeq classes.Levels, classes.Codes.ToArray())
        | :? Target.Numeric as numeric -> NumericTarget(numeric.Values.ToArray())
        | _ -> never ()

    /// Probabilities, asked row by row, or a number a row.
    let (|ClassPrediction|NumericPrediction|) (prediction: Prediction) =
        match prediction with
        | :? Prediction.Probabilities as probabilities -> ClassPrediction probabilities
        | :? Prediction.Numeric as numeric -> NumericPrediction(numeric.Values.ToArray())
        | _ -> never ()
