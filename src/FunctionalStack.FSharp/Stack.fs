namespace FunctionalStack.FSharp

open FunctionalStack

/// The bases of a stack and how they are cross-fitted, without a meta-learner yet.
type Level = {
    Bases: (string * ILearner) list
    Plan: FoldPlan
    Combine: Combine
    StackColumns: StackColumns
    Passthrough: ITransform option
    OnFailure: OnFailure
    Prune: bool
}

/// Stacked generalization: `Stack.bases [ ... ] |> Stack.folds (Folds.usual 10) |> Stack.meta (logistic 1.0)`.
[<RequireQualifiedAccess>]
module Stack =

    /// These bases, by default with the usual 5 folds, the mean of the fold models, and probabilities as columns.
    let bases (bases: (string * ILearner) list) : Level = {
        Bases = bases
        Plan = Folds.usual 5
        Combine = Combine.Average
        StackColumns = StackColumns()
        Passthrough = None
        OnFailure = OnFailure.Stop
        Prune = false
    }

    /// With one more base.
    let add (name: string) (learner: ILearner) (level: Level) = {
        level with
            Bases = level.Bases @ [ name, learner ]
    }

    /// Without the bases of these names. The others are fitted exactly as before.
    let without (names: string seq) (level: Level) = {
        level with
            Bases = level.Bases |> List.filter (fun (name, _) -> not (Seq.contains name names))
    }

    /// The folds that all bases share.
    let folds (plan: FoldPlan) (level: Level) = { level with Plan = plan }

    /// Which models predict new rows.
    let combine (combine: Combine) (level: Level) = { level with Combine = combine }

    /// New rows are predicted by the mean of the fold models: K fits a base.
    let average (level: Level) = combine Combine.Average level

    /// New rows are predicted by one model fitted on all rows: K + 1 fits a base.
    let refit (level: Level) = combine Combine.Refit level

    /// How the bases' predictions become columns, in full.
    let stackColumns (columns: StackColumns) (level: Level) = { level with StackColumns = columns }

    /// Which columns the bases' class predictions become.
    let stackMethod (method: StackMethod) (level: Level) =
        let columns = level.StackColumns
        stackColumns (StackColumns(method, columns.DropFirstClass, columns.Floor)) level

    /// The first class's column is left out: the others determine it.
    let dropFirstClass (level: Level) =
        let columns = level.StackColumns
        stackColumns (StackColumns(columns.StackMethod, true, columns.Floor)) level

    /// The meta-learner also sees the original columns as the transform makes them.
    let passthroughBy (transform: ITransform) (level: Level) = {
        level with
            Passthrough = Some transform
    }

    /// The meta-learner also sees these original columns.
    let passthrough (columns: string seq) (level: Level) =
        passthroughBy (Transform.columns columns) level

    /// The meta-learner also sees all original columns.
    let passthroughAll (level: Level) = passthroughBy Transform.identity level

    /// A base that cannot be fitted is left out, with a note, instead of failing the stack.
    let leaveOutFailures (level: Level) = {
        level with
            OnFailure = OnFailure.LeaveOut
    }

    /// The meta-learner leaves out the bases that do not help, by folds like those of the bases.
    let prune (level: Level) = { level with Prune = true }

    /// The stack with this meta-learner. A stack is a learner: it may be a base, or the meta-learner of another.
    let meta (meta: ILearner) (level: Level) : Stack =
        let passthrough =
            level.Passthrough |> Option.defaultValue Unchecked.defaultof<ITransform>

        Stack(
            EquatableArray.From(level.Bases |> Seq.map Base),
            (if level.Prune then Pruned(meta, level.Plan) :> ILearner else meta),
            level.Plan,
            level.Combine,
            level.StackColumns,
            passthrough,
            level.OnFailure
        )

    /// The stack with several meta-learners: each is fitted on the bases' predictions, and convex weights mix theirs, learned
    /// from their own out-of-fold predictions, by folds like those of the bases. With one it predicts as that one does.
    let metas (metas: (string * ILearner) list) (level: Level) : Stack =
        let mixed = bases metas |> folds level.Plan |> refit |> meta Learners.convexWeights
        meta mixed level

/// `stack { baseLearner "knn" (knn 5); folds (Folds.usual 5); meta (logistic 1.0) }`: `meta` comes last, and without it
/// the expression does not compile.
type StackBuilder() =
    member _.Yield(()) : Level = Stack.bases []
    member _.Run(stack: Stack) : Stack = stack

    /// With one more base.
    [<CustomOperation "baseLearner">]
    member _.BaseLearner(level: Level, name: string, learner: ILearner) = Stack.add name learner level

    /// The folds that all bases share.
    [<CustomOperation "folds">]
    member _.Folds(level: Level, plan: FoldPlan) = Stack.folds plan level

    /// Which models predict new rows.
    [<CustomOperation "combine">]
    member _.Combine(level: Level, combine: Combine) = Stack.combine combine level

    /// Which columns the bases' class predictions become.
    [<CustomOperation "stackMethod">]
    member _.StackMethod(level: Level, method: StackMethod) = Stack.stackMethod method level

    /// The first class's column is left out.
    [<CustomOperation "dropFirstClass">]
    member _.DropFirstClass(level: Level) = Stack.dropFirstClass level

    /// The meta-learner also sees these original columns.
    [<CustomOperation "passthrough">]
    member _.Passthrough(level: Level, columns: string list) = Stack.passthrough columns level

    /// The meta-learner also sees all original columns.
    [<CustomOperation "passthroughAll">]
    member _.PassthroughAll(level: Level) = Stack.passthroughAll level

    /// A base that cannot be fitted is left out.
    [<CustomOperation "leaveOutFailures">]
    member _.LeaveOutFailures(level: Level) = Stack.leaveOutFailures level

    /// The meta-learner leaves out the bases that do not help.
    [<CustomOperation "prune">]
    member _.Prune(level: Level) = Stack.prune level

    /// The meta-learner; comes last.
    [<CustomOperation "meta">]
    member _.Meta(level: Level, learner: ILearner) : Stack = Stack.meta learner level

    /// Several meta-learners, mixed by convex weights; comes last.
    [<CustomOperation "metas">]
    member _.Metas(level: Level, learners: (string * ILearner) list) : Stack = Stack.metas learners level

[<AutoOpen>]
module StackBuilders =

    let stack = StackBuilder()
