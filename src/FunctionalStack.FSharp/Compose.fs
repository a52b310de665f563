namespace FunctionalStack.FSharp

open FunctionalStack

/// Ways to make columns from columns.
[<RequireQualifiedAccess>]
module Transform =

    /// The columns as they are.
    let identity: ITransform = Identity()

    /// Only the columns named, in that order.
    let columns (names: string seq) : ITransform = SelectColumns(EquatableArray.From names)

    /// One transform, and the next fitted on what it makes.
    let andThen (next: ITransform) (first: #ITransform) : ITransform = first.Then next

    /// Transforms side by side: their columns, one after the other.
    let union (parts: (string * ITransform) seq) : ITransform =
        Union(EquatableArray.From(parts |> Seq.map Part))

    /// The transform before a learner: a learner.
    let into (learner: ILearner) (transform: #ITransform) : ILearner = transform.Then learner

    /// Learns from training rows how to transform, and transforms them.
    let fit (seed: Seed) (data: Dataset) (transform: #ITransform) : Result<Fitted, Failure> =
        (transform :> ITransform).Fit(data, seed) |> Outcome.toResult

/// A learner as a transform: the training rows see out-of-fold predictions.
[<RequireQualifiedAccess>]
module CrossFit =

    let private by combine name plan (learner: #ILearner) : ITransform =
        CrossFit(name, learner, plan, combine, StackColumns())

    /// Later rows see the mean of the fold models: K fits.
    let average (name: string) (plan: FoldPlan) (learner: #ILearner) : ITransform = by Combine.Average name plan learner

    /// Later rows see one model fitted on all rows: K + 1 fits.
    let refit (name: string) (plan: FoldPlan) (learner: #ILearner) : ITransform = by Combine.Refit name plan learner
