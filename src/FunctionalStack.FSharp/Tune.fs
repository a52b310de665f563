namespace FunctionalStack.FSharp

open System
open FunctionalStack

/// Search spaces and searches: `logistic 1.0 |> tuned [ "c", Tune.logRange 0.01 100.0 ] |> Tune.halving 40`.
[<RequireQualifiedAccess>]
module Tune =

    let private change (tuned: Tuned) search trials folds =
        Tuned(tuned.Learner, tuned.Space, search, trials, tuned.Candidates, folds)

    /// A list of values. Members of unions that specs name are written as text: `"gini"`.
    let values (values: 'T list) : SearchValues =
        SearchValues.Listed(EquatableArray.From(values |> Seq.map box))

    /// A range of numbers, both ends included.
    let range (from: float) (upTo: float) : SearchValues =
        SearchValues.Range(from, upTo, Scale.Linear)

    /// A range of numbers with uniform logarithm, both ends included and above 0.
    let logRange (from: float) (upTo: float) : SearchValues =
        SearchValues.Range(from, upTo, Scale.Log)

    /// The best of these learners.
    let candidates (learners: (string * ILearner) list) : Tuned =
        Tuned(Candidates = EquatableArray.From(learners |> Seq.map Base))

    /// Tries this number of points, at least 1, drawn at random.
    let random (trials: int) (tuned: Tuned) =
        change tuned Search.Random (Nullable trials) tuned.Folds

    /// Tries all combinations of listed values.
    let grid (tuned: Tuned) =
        change tuned Search.Grid (Nullable()) tuned.Folds

    /// Successive halving of this number of points, at least 1, drawn at random.
    let halving (trials: int) (tuned: Tuned) =
        change tuned Search.Halving (Nullable trials) tuned.Folds

    /// Sets the inner folds, which all candidates share.
    let folds (plan: FoldPlan) (tuned: Tuned) =
        change tuned tuned.Search tuned.Trials plan
