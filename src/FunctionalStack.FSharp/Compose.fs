namespace FunctionalStack.FSharp

open FunctionalStack

/// Creates and composes transforms.
[<RequireQualifiedAccess>]
module Transform =

    /// Returns the columns unchanged.
    let identity: ITransform = Identity()

    /// Selects columns by name, in this order.
    let columns (names: string seq) : ITransform =
        SelectColumns(EquatableArray.From names)

    /// Two transforms in sequence: the next is fitted on the output of the first.
    let andThen (next: ITransform) (first: #ITransform) : ITransform = first.Then next

    /// Parallel transforms, with their output columns concatenated.
    let union (parts: (string * ITransform) seq) : ITransform =
        Union(EquatableArray.From(parts |> Seq.map Part))

    /// A pipeline of the transform and the learner.
    let into (learner: ILearner) (transform: #ITransform) : ILearner = transform.Then learner

    /// Fits the transform on training rows, and transforms them.
    let fit (seed: Seed) (data: Dataset) (transform: #ITransform) : Result<Fitted, Failure> =
        (transform :> ITransform).Fit(data, seed) |> Outcome.toResult

/// Cross-fits a learner as a transform. Training rows get out-of-fold predictions.
[<RequireQualifiedAccess>]
module CrossFit =

    let private by combine name plan (learner: #ILearner) : ITransform =
        CrossFit(name, learner, plan, combine, StackColumns())

    /// New rows get the mean of the predictions of the fold models: K fits.
    let average (name: string) (plan: FoldPlan) (learner: #ILearner) : ITransform = by Combine.Average name plan learner

    /// New rows get the predictions of one model fitted on all rows: K + 1 fits.
    let refit (name: string) (plan: FoldPlan) (learner: #ILearner) : ITransform = by Combine.Refit name plan learner
