using FunctionalStack.Learners;

namespace FunctionalStack;

/// <summary>
/// Builds a <see cref="Stack"/>: bases, folds, how their predictions become columns, and, last, the meta-learner
/// (<see cref="Meta"/>). Immutable: every member returns a new builder.
/// </summary>
public sealed record Stacking
{
    // The stack so far; its meta-learner is set last.
    private readonly Stack draft;
    private readonly bool prune;

    private Stacking(Stack draft, bool prune) => (this.draft, this.prune) = (draft, prune);

    /// <summary>A stack of these bases, by default with the usual 5 folds (<see cref="FoldPlan.Usual"/>), the mean of the fold models, and probabilities as columns.</summary>
    public static Stacking Of(params (string Name, ILearner Learner)[] bases) =>
        new(new Stack(EquatableArray.From(bases.Select(b => new Base(b.Name, b.Learner))), new Majority(), new FoldPlan.Usual()), prune: false);

    /// <summary>With one more base.</summary>
    public Stacking And(string name, ILearner learner) => With(draft with { Bases = [.. draft.Bases, new Base(name, learner)] });

    /// <summary>Without the bases of these names. The others are fitted exactly as before.</summary>
    public Stacking Without(params string[] names) => With(draft with { Bases = EquatableArray.From(draft.Bases.Where(b => !names.Contains(b.Name))) });

    /// <summary>The usual <paramref name="k"/> folds (<see cref="FoldPlan.Usual"/>).</summary>
    public Stacking Folds(int k) => Folds(draft.Plan is FoldPlan.Usual usual ? usual with { K = k } : new FoldPlan.Usual(k));

    /// <summary>The folds of <paramref name="plan"/>, exactly.</summary>
    public Stacking Folds(FoldPlan plan) => With(draft with { Plan = plan });

    /// <summary><paramref name="k"/> folds in order of time: no base is fitted on rows later than those it predicts.</summary>
    public Stacking TimeFolds(int k) => Folds(new FoldPlan.TimeOrdered(k));

    /// <summary>The folds that the data names, row by row (<see cref="Roles.Folds"/>).</summary>
    public Stacking GivenFolds() => Folds(new FoldPlan.Given());

    /// <summary>One fold: a share of the rows held out, above 0 and below 1. Known as blending.</summary>
    public Stacking HoldOut(double share) => Folds(new FoldPlan.HoldOut(share));

    /// <summary>The same folds, shuffled by a seed of their own rather than by that of the fit.</summary>
    public Stacking Shuffled(Seed seed) => Folds(draft.Plan.Shuffled(seed));

    /// <summary>The folds repeated <paramref name="times"/> times, shuffled anew each time. A row's out-of-fold prediction is the mean over the repeats.</summary>
    public Stacking Repeated(int times) => Folds(new FoldPlan.Repeated(draft.Plan, times, FunctionalStack.Shuffle.ByFit));

    /// <inheritdoc cref="Repeated(int)"/>
    public Stacking Repeated(int times, Seed seed) => Folds(new FoldPlan.Repeated(draft.Plan, times, seed));

    /// <summary>New rows are predicted by the mean of the fold models: K fits a base.</summary>
    public Stacking Average() => With(draft with { Combine = Combine.Average });

    /// <summary>New rows are predicted by one model fitted on all rows: K + 1 fits a base.</summary>
    public Stacking Refit() => With(draft with { Combine = Combine.Refit });

    /// <summary>Which columns the bases' class predictions become.</summary>
    public Stacking StackMethod(StackMethod method) => StackColumns((draft.StackColumns ?? new()) with { StackMethod = method });

    /// <summary>How the bases' predictions become columns, in full.</summary>
    public Stacking StackColumns(StackColumns columns) => With(draft with { StackColumns = columns });

    /// <summary>The first class's column is left out: the others determine it.</summary>
    public Stacking DropFirstClass() => StackColumns((draft.StackColumns ?? new()) with { DropFirstClass = true });

    /// <summary>The meta-learner also sees these original columns.</summary>
    public Stacking Passthrough(params string[] columns) => Passthrough(SelectColumns.Of(columns));

    /// <summary>The meta-learner also sees the original columns as <paramref name="transform"/> makes them.</summary>
    public Stacking Passthrough(ITransform transform) => With(draft with { Passthrough = transform });

    /// <summary>The meta-learner also sees all original columns.</summary>
    public Stacking PassthroughAll() => Passthrough(new Identity());

    /// <summary>A base that cannot be fitted is left out, with a note, instead of failing the stack.</summary>
    public Stacking LeaveOutFailures() => With(draft with { OnFailure = OnFailure.LeaveOut });

    /// <summary>The meta-learner leaves out the bases that do not help (<see cref="Pruned"/>), by folds like those of the bases.</summary>
    public Stacking Prune() => new(draft, prune: true);

    /// <summary>The stack with this meta-learner. A stack is a learner: it may be a base or the meta-learner of another stack.</summary>
    public Stack Meta(ILearner meta) => draft with { Meta = prune ? new Pruned(meta, draft.Plan) : meta };

    /// <summary>
    /// The stack with several meta-learners: each is fitted on the bases' predictions, and convex weights mix theirs, learned
    /// from their own out-of-fold predictions, by folds like those of the bases. With one it predicts as that one does.
    /// </summary>
    public Stack Metas(params (string Name, ILearner Learner)[] metas) => Meta(Of(metas).Folds(draft.Plan).Refit().Meta(new ConvexWeights()));

    private Stacking With(Stack next) => new(next, prune);
}
