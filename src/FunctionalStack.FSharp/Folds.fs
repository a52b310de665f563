namespace FunctionalStack.FSharp

open FunctionalStack

/// How rows are split into folds.
[<RequireQualifiedAccess>]
module Folds =

    /// K folds, each with every class in proportion to within one row.
    let stratified (k: int) : FoldPlan = FoldPlan.Stratified k

    /// K runs of rows, sizes within one of each other.
    let kFold (k: int) : FoldPlan = FoldPlan.KFold k

    /// K folds that keep every group whole.
    let group (k: int) : FoldPlan = FoldPlan.Group k

    /// K folds that keep every group whole, and every class as even as that allows.
    let stratifiedGroup (k: int) : FoldPlan = FoldPlan.StratifiedGroup k

    /// K folds over rows in order of time: no fit sees its future.
    let timeOrdered (k: int) : FoldPlan = FoldPlan.TimeOrdered k

    /// The folds that the data names, row by row.
    let given: FoldPlan = FoldPlan.Given()

    /// One fold: a share of the rows held out, above 0 and below 1.
    let holdOut (share: float) : FoldPlan = FoldPlan.HoldOut share

    /// The same plan shuffling by the seed; a plan without randomness stays as it is.
    let shuffled (seed: Seed) (plan: FoldPlan) : FoldPlan = plan.Shuffled seed

    /// The plan so many times over, shuffled anew each time.
    let repeated (times: int) (seed: Seed) (plan: FoldPlan) : FoldPlan = FoldPlan.Repeated(plan, times, seed)

    /// The folds usual for the rows: over time, whole groups, of every class alike, or plain; shuffled by the seed of the fit.
    let usual (k: int) : FoldPlan = FoldPlan.Usual k

    /// The same plan with the seed of a fit, where it awaits that.
    let seeded (seed: Seed) (plan: FoldPlan) : FoldPlan = plan.Seeded seed

    /// The folds of these rows.
    let split (data: Dataset) (plan: FoldPlan) : Result<Fold list, Failure> =
        plan.Split data.Roles |> Outcome.toResult |> Result.map List.ofSeq
