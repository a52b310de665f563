namespace FunctionalStack.FSharp

open FunctionalStack

/// Active patterns for the closed unions of the core.
[<AutoOpen>]
module Unions =

    let private never () =
        invalidOp "the union is closed: there is no other case"

    /// A numeric column (nan is missing), or the levels of a categorical column with one code per row (-1 is missing).
    let (|NumericColumn|CategoricalColumn|) (column: Column) =
        match column with
        | :? Column.Numeric as numeric -> NumericColumn(numeric.ToArray())
        | :? Column.Categorical as categories -> CategoricalColumn(List.ofSeq categories.Levels, categories.ToArray())
        | _ -> never ()

    /// The levels of a class target with one code per row, or one number per row.
    let (|ClassTarget|NumericTarget|) (target: Target) =
        match target with
        | :? Target.Classes as classes -> ClassTarget(List.ofSeq classes.Levels, classes.Codes.ToArray())
        | :? Target.Numeric as numeric -> NumericTarget(numeric.Values.ToArray())
        | _ -> never ()

    /// The predicted probabilities, or one predicted number per row.
    let (|ClassPrediction|NumericPrediction|) (prediction: Prediction) =
        match prediction with
        | :? Prediction.Probabilities as probabilities -> ClassPrediction probabilities
        | :? Prediction.Numeric as numeric -> NumericPrediction(numeric.Values.ToArray())
        | _ -> never ()
