namespace FunctionalStack.FSharp

open FunctionalStack

/// The closed unions of the core, for `match`.
[<AutoOpen>]
module Unions =

    let private never () =
        invalidOp "the union is closed: there is no other case"

    /// Numbers (nan is missing), or levels with a code a row (-1 is missing).
    let (|Numbers|Categories|) (column: Column) =
        match column with
        | :? Column.Numeric as numeric -> Numbers(numeric.ToArray())
        | :? Column.Categorical as words -> Categories(List.ofSeq words.Levels, words.ToArray())
        | _ -> never ()

    /// Levels with a code a row, or a number a row.
    let (|Classes|Quantities|) (target: Target) =
        match target with
        | :? Target.Classes as classes -> Classes(List.ofSeq classes.Levels, classes.Codes.ToArray())
        | :? Target.Numeric as values -> Quantities(values.Numbers.ToArray())
        | _ -> never ()

    /// Probabilities, asked row by row, or an estimate a row.
    let (|Probabilities|Estimates|) (prediction: Prediction) =
        match prediction with
        | :? Prediction.Probabilities as probabilities -> Probabilities probabilities
        | :? Prediction.Numeric as estimates -> Estimates(estimates.Numbers.ToArray())
        | _ -> never ()

/// What a model says of one row.
type Answer =
    /// The most probable class (ties go to the earlier level), and the probability of each.
    | Class of name: string * probabilities: Map<string, float>
    /// An estimate.
    | Value of float

/// A row of yours with what a model says of it.
type Predicted<'Row> = { Row: 'Row; Answer: Answer }

[<RequireQualifiedAccess>]
module Prediction =

    /// One answer a row, in row order.
    let answers (prediction: Prediction) : Answer list =
        match prediction with
        | Estimates numbers -> numbers |> Seq.map Value |> List.ofSeq
        | Probabilities all ->
            let levels = all.Levels.ToArray()

            all.Codes()
            |> Seq.mapi (fun row code -> Class(levels[code], Map(Seq.zip levels (all.Row(row).ToArray()))))
            |> List.ofSeq
