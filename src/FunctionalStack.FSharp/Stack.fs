namespace FunctionalStack.FSharp

open FunctionalStack

/// A stack without its meta-learner: the bases and how they are cross-fitted.
type Level = {
    /// The named bases.
    Bases: (string * ILearner) list
    /// The folds.
    Plan: FoldPlan
    /// Which models predict new rows.
    Combine: Combine
    /// The columns made of the predictions.
    StackColumns: StackColumns
    /// The transform of the original columns that the meta-learner also gets.
    Passthrough: ITransform option
    /// What happens if a base cannot be fitted.
    OnFailure: OnFailure
    /// Whether bases that do not improve the meta-learner are removed.
    Prune: bool
}

/// Stacked generalization: `Stack.bases [ ... ] |> Stack.folds (Folds.usual 10) |> Stack.meta (logistic 1.0)`.
[<RequireQualifiedAccess>]
module Stack =

    /// Starts a stack of these bases. By default it has 5 folds, predicts with the mean of the fold models, and passes probabilities to the meta-learner.
    let bases (bases: (string * ILearner) list) : Level = {
        Bases = bases
        Plan = Folds.usual 5
        Combine = Combine.Average
        StackColumns = StackColumns()
        Passthrough = None
        OnFailure = OnFailure.Stop
        Prune = false
    }

    /// Adds a base.
    let add (name: string) (learner: ILearner) (level: Level) = {
        level with
            Bases = level.Bases @ [ name, learner ]
    }

    /// Removes the bases with these names. The fits of the other bases do not change.
    let without (names: string seq) (level: Level) = {
        level with
            Bases = level.Bases |> List.filter (fun (name, _) -> not (Seq.contains name names))
    }

    /// Sets the fold plan of all bases.
    let folds (plan: FoldPlan) (level: Level) = { level with Plan = plan }

    /// Sets which models predict new rows.
    let combine (combine: Combine) (level: Level) = { level with Combine = combine }

    /// New rows are predicted by the mean of the K fold models: K fits per base.
    let average (level: Level) = combine Combine.Average level

    /// New rows are predicted by one model fitted on all rows: K + 1 fits per base.
    let refit (level: Level) = combine Combine.Refit level

    /// Sets all options of the columns that the meta-learner is fitted on.
    let stackColumns (columns: StackColumns) (level: Level) = { level with StackColumns = columns }

    /// Sets which class predictions of the bases the meta-learner gets: probabilities, log-probabilities or labels.
    let stackMethod (method: StackMethod) (level: Level) =
        let columns = level.StackColumns
        stackColumns (StackColumns(method, columns.DropFirstClass, columns.Floor)) level

    /// Leaves out the column of the first class, which the other columns determine.
    let dropFirstClass (level: Level) =
        let columns = level.StackColumns
        stackColumns (StackColumns(columns.StackMethod, true, columns.Floor)) level

    /// The meta-learner also gets the original columns, transformed by the transform.
    let passthroughBy (transform: ITransform) (level: Level) = {
        level with
            Passthrough = Some transform
    }

    /// The meta-learner also gets these original columns.
    let passthrough (columns: string seq) (level: Level) =
        passthroughBy (Transform.columns columns) level

    /// The meta-learner also gets all original columns.
    let passthroughAll (level: Level) = passthroughBy Transform.identity level

    /// A base that cannot be fitted is left out, with a note, instead of failing the stack.
    let leaveOutFailures (level: Level) = {
        level with
            OnFailure = OnFailure.LeaveOut
    }

    /// Removes the bases that do not improve the meta-learner, by cross-validation with the folds of the stack.
    let prune (level: Level) = { level with Prune = true }

    /// The stack with this meta-learner. A stack is a learner, so it can be a base or the meta-learner of another stack.
    let meta (meta: ILearner) (level: Level) : Stack =
        let passthrough =
            level.Passthrough |> Option.defaultValue Unchecked.defaultof<ITransform>

        Stack(
            EquatableArray.From(level.Bases |> Seq.map Base),
            (if level.Prune then
                 Pruned(meta, level.Plan) :> ILearner
             else
                 meta),
            level.Plan,
            level.Combine,
            level.StackColumns,
            passthrough,
            level.OnFailure
        )

    /// The stack with several meta-learners. Each is fitted on the out-of-fold predictions of the bases. Their predictions are
    /// averaged with convex weights, which are fitted on the out-of-fold predictions of the meta-learners. The folds are those of
    /// the bases. A single meta-learner gets weight 1.
    let metas (metas: (string * ILearner) list) (level: Level) : Stack =
        let mixed = bases metas |> folds level.Plan |> refit |> meta Learners.convexWeights
        meta mixed level

/// The builder of `stack { baseLearner "knn" (knn 5); folds (Folds.usual 5); meta (logistic 1.0) }`. `meta` comes last; an
/// expression without it does not compile.
type StackBuilder() =
    /// An empty stack.
    member _.Yield(()) : Level = Stack.bases []
    /// The stack.
    member _.Run(stack: Stack) : Stack = stack

    /// Adds a base.
    [<CustomOperation "baseLearner">]
    member _.BaseLearner(level: Level, name: string, learner: ILearner) = Stack.add name learner level

    /// Sets the fold plan of all bases.
    [<CustomOperation "folds">]
    member _.Folds(level: Level, plan: FoldPlan) = Stack.folds plan level

    /// Sets which models predict new rows.
    [<CustomOperation "combine">]
    member _.Combine(level: Level, combine: Combine) = Stack.combine combine level

    /// Sets which class predictions of the bases the meta-learner gets: probabilities, log-probabilities or labels.
    [<CustomOperation "stackMethod">]
    member _.StackMethod(level: Level, method: StackMethod) = Stack.stackMethod method level

    /// Leaves out the column of the first class.
    [<CustomOperation "dropFirstClass">]
    member _.DropFirstClass(level: Level) = Stack.dropFirstClass level

    /// The meta-learner also gets these original columns.
    [<CustomOperation "passthrough">]
    member _.Passthrough(level: Level, columns: string list) = Stack.passthrough columns level

    /// The meta-learner also gets all original columns.
    [<CustomOperation "passthroughAll">]
    member _.PassthroughAll(level: Level) = Stack.passthroughAll level

    /// A base that cannot be fitted is left out.
    [<CustomOperation "leaveOutFailures">]
    member _.LeaveOutFailures(level: Level) = Stack.leaveOutFailures level

    /// Removes the bases that do not improve the meta-learner.
    [<CustomOperation "prune">]
    member _.Prune(level: Level) = Stack.prune level

    /// Sets the meta-learner. It comes last.
    [<CustomOperation "meta">]
    member _.Meta(level: Level, learner: ILearner) : Stack = Stack.meta learner level

    /// Sets several meta-learners, averaged with convex weights. It comes last.
    [<CustomOperation "metas">]
    member _.Metas(level: Level, learners: (string * ILearner) list) : Stack = Stack.metas learners level

[<AutoOpen>]
module StackBuilders =

    /// Builds a stack: `stack { baseLearner ...; meta ... }`.
    let stack = StackBuilder()
