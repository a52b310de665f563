namespace FunctionalStack.FSharp

open FunctionalStack

/// A stack in the making: bases side by side, without a meta-learner yet.
type Level = {
    Bases: (string * ILearner) list
    Plan: FoldPlan
    Combine: Combine
    StackColumns: StackColumns
    Passthrough: ITransform option
    OnFailure: OnFailure
}

/// Stacked generalization: `Stack.bases [ ... ] |> Stack.folds (Folds.usual 10) |> Stack.meta (logistic 1.0)`.
[<RequireQualifiedAccess>]
module Stack =

    /// A level of these bases: the usual 5 folds, averaging, probabilities as columns, until said otherwise.
    let bases (bases: (string * ILearner) list) : Level = {
        Bases = bases
        Plan = Folds.usual 5
        Combine = Combine.Average
        StackColumns = StackColumns()
        Passthrough = None
        OnFailure = OnFailure.Stop
    }

    /// With one more base.
    let add (name: string) (learner: ILearner) (level: Level) = {
        level with
            Bases = level.Bases @ [ name, learner ]
    }

    /// Without the bases of these names: the others learn exactly what they learned before.
    let without (names: string seq) (level: Level) = {
        level with
            Bases = level.Bases |> List.filter (fun (name, _) -> not (Seq.contains name names))
    }

    /// The folds all bases share.
    let folds (plan: FoldPlan) (level: Level) = { level with Plan = plan }

    /// Which models answer for later rows.
    let combine (combine: Combine) (level: Level) = { level with Combine = combine }

    /// Later rows get the mean of the fold models: K fits a base.
    let average (level: Level) = combine Combine.Average level

    /// Later rows get one model fitted on all rows: K + 1 fits a base.
    let refit (level: Level) = combine Combine.Refit level

    /// What of the bases' predictions of classes becomes columns.
    let stackMethod (method: StackMethod) (level: Level) = {
        level with
            StackColumns = StackColumns(method, level.StackColumns.DropFirstClass, level.StackColumns.Floor)
    }

    /// How the bases' predictions become columns, in full.
    let stackColumns (stackColumns: StackColumns) (level: Level) = { level with StackColumns = stackColumns }

    /// The first class's column is left out: the others determine it.
    let dropFirstClass (level: Level) = {
        level with
            StackColumns = StackColumns(level.StackColumns.StackMethod, true, level.StackColumns.Floor)
    }

    /// The meta-learner sees what the transform makes of the original columns as well.
    let passthroughBy (transform: ITransform) (level: Level) = {
        level with
            Passthrough = Some transform
    }

    /// The meta-learner sees these original columns as well.
    let passthrough (columns: string seq) (level: Level) =
        passthroughBy (Transform.columns columns) level

    /// The meta-learner sees all original columns as well.
    let passthroughAll (level: Level) = passthroughBy Transform.identity level

    /// A base that cannot be fitted is left out, and a note says so, instead of stopping the stack.
    let leaveOutFailures (level: Level) = {
        level with
            OnFailure = OnFailure.LeaveOut
    }

    /// The meta-learner. A stack is a learner: it may be a base, or the meta-learner of another.
    let meta (meta: ILearner) (level: Level) : Stack =
        let passthrough =
            level.Passthrough |> Option.defaultValue Unchecked.defaultof<ITransform>

        Stack(
            EquatableArray.From(level.Bases |> Seq.map Base),
            meta,
            level.Plan,
            level.Combine,
            level.StackColumns,
            passthrough,
            level.OnFailure
        )

    /// A meta-learner that leaves out the bases it can do without, by folds like those of the bases.
    let prune (learner: ILearner) (level: Level) : Stack =
        meta (Pruned(learner, level.Plan)) level

    /// Several meta-learners: each is fitted on the bases' predictions, and convex weights mix theirs, learned from their own
    /// out-of-fold predictions, by folds like those of the bases. With one it predicts as that one does.
    let metas (metas: (string * ILearner) list) (level: Level) : Stack =
        let above =
            bases metas |> folds level.Plan |> refit |> meta Learners.convexWeights

        meta above level

/// `stack { baseLearner "knn" (knn 5); folds (Folds.usual 5); meta (logistic 1.0) }`: `meta` ends the sentence,
/// and without it the sentence doesn't compile.
type StackBuilder() =
    member _.Yield(()) : Level = Stack.bases []
    member _.Run(stack: Stack) : Stack = stack

    /// With one more base.
    [<CustomOperation "baseLearner">]
    member _.BaseLearner(level: Level, name: string, learner: ILearner) = Stack.add name learner level

    /// The folds all bases share.
    [<CustomOperation "folds">]
    member _.Folds(level: Level, plan: FoldPlan) = Stack.folds plan level

    /// Which models answer for later rows.
    [<CustomOperation "combine">]
    member _.Combine(level: Level, combine: Combine) = Stack.combine combine level

    /// What of the bases' predictions of classes becomes columns.
    [<CustomOperation "stackMethod">]
    member _.StackMethod(level: Level, method: StackMethod) = Stack.stackMethod method level

    /// The first class's column is left out.
    [<CustomOperation "dropFirstClass">]
    member _.DropFirstClass(level: Level) = Stack.dropFirstClass level

    /// The meta-learner sees these original columns as well.
    [<CustomOperation "passthrough">]
    member _.Passthrough(level: Level, columns: string list) = Stack.passthrough columns level

    /// The meta-learner sees all original columns as well.
    [<CustomOperation "passthroughAll">]
    member _.PassthroughAll(level: Level) = Stack.passthroughAll level

    /// A base that cannot be fitted is left out.
    [<CustomOperation "leaveOutFailures">]
    member _.LeaveOutFailures(level: Level) = Stack.leaveOutFailures level

    /// The meta-learner: the end of the sentence.
    [<CustomOperation "meta">]
    member _.Meta(level: Level, learner: ILearner) : Stack = Stack.meta learner level

    /// Several meta-learners, mixed by convex weights: the end of the sentence.
    [<CustomOperation "metas">]
    member _.Metas(level: Level, learners: (string * ILearner) list) : Stack = Stack.metas learners level

[<AutoOpen>]
module StackBuilders =

    let stack = StackBuilder()
