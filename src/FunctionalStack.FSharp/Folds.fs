namespace FunctionalStack.FSharp

open FunctionalStack

/// Plans that split rows into folds.
[<RequireQualifiedAccess>]
module Folds =

    /// K stratified folds: the class counts of a fold are proportional to within one row.
    let stratified (k: int) : FoldPlan = FoldPlan.Stratified k

    /// K folds of consecutive rows, with sizes that differ by at most one.
    let kFold (k: int) : FoldPlan = FoldPlan.KFold k

    /// K folds that do not split groups.
    let group (k: int) : FoldPlan = FoldPlan.Group k

    /// K folds that do not split groups, with class proportions as even as the groups allow.
    let stratifiedGroup (k: int) : FoldPlan = FoldPlan.StratifiedGroup k

    /// K time-ordered folds: no model is fitted on rows later than those it predicts.
    let timeOrdered (k: int) : FoldPlan = FoldPlan.TimeOrdered k

    /// The fold of each row given in the data.
    let given: FoldPlan = FoldPlan.Given()

    /// A single split with this share of held-out rows, above 0 and below 1.
    let holdOut (share: float) : FoldPlan = FoldPlan.HoldOut share

    /// The plan, shuffled by this seed. Plans without randomness are unchanged.
    let shuffled (seed: Seed) (plan: FoldPlan) : FoldPlan = plan.Shuffled seed

    /// Repeats the plan with reshuffled rows.
    let repeated (times: int) (seed: Seed) (plan: FoldPlan) : FoldPlan = FoldPlan.Repeated(plan, times, seed)

    /// The default folds for the data: time-ordered, grouped, stratified or plain. They are shuffled by the seed of the fit.
    let usual (k: int) : FoldPlan = FoldPlan.Usual k

    /// The plan with the seed of a fit, if it is shuffled by the fit.
    let seeded (seed: Seed) (plan: FoldPlan) : FoldPlan = plan.Seeded seed

    /// The folds of these rows.
    let split (data: Dataset) (plan: FoldPlan) : Result<Fold list, Failure> =
        plan.Split data.Roles |> Outcome.toResult |> Result.map List.ofSeq
