using FunctionalStack.Learners;

namespace FunctionalStack;

/// <summary>
/// A stack in the making: bases, folds, what columns their predictions become, and, last, the meta-learner
/// (<see cref="Meta"/>), which makes it a <see cref="Stack"/>. Immutable: every member returns a new one.
/// </summary>
/// <param name="Bases">The learners of this level, under distinct names.</param>
/// <param name="Plan">The folds all bases share.</param>
/// <param name="Combine">Which models answer for later rows.</param>
/// <param name="StackColumns">What columns the bases' predictions become.</param>
/// <param name="Passthrough">Original columns that the meta-learner sees as well; null for none.</param>
/// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
/// <param name="Prune">Whether the meta-learner leaves out the bases it can do without.</param>
public sealed record Stacking(
    EquatableArray<Base> Bases,
    FoldPlan Plan,
    Combine Combine = Combine.Average,
    StackColumns? StackColumns = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop,
    bool Prune = false)
{
    /// <summary>A level of these bases: the usual 5 folds (<see cref="FoldPlan.Usual"/>), averaging, probabilities as columns, until said otherwise.</summary>
    public static Stacking Of(params (string Name, ILearner Learner)[] bases) =>
        new(EquatableArray.From(bases.Select(b => new Base(b.Name, b.Learner))), new FoldPlan.Usual());

    /// <summary>With one more base.</summary>
    public Stacking And(string name, ILearner learner) => this with { Bases = [.. Bases, new Base(name, learner)] };

    /// <summary>Without the bases of these names: the others learn exactly what they learned before.</summary>
    public Stacking Without(params string[] names) => this with { Bases = EquatableArray.From(Bases.Where(b => !names.Contains(b.Name))) };

    /// <summary>The usual <paramref name="k"/> folds (<see cref="FoldPlan.Usual"/>).</summary>
    public Stacking Folds(int k) => Folds(Plan is FoldPlan.Usual usual ? usual with { K = k } : new FoldPlan.Usual(k));

    /// <summary>The folds of <paramref name="plan"/>, exactly.</summary>
    public Stacking Folds(FoldPlan plan) => this with { Plan = plan };

    /// <summary><paramref name="k"/> folds over rows in order of time: no base is fitted on its future.</summary>
    public Stacking TimeFolds(int k) => Folds(new FoldPlan.TimeOrdered(k));

    /// <summary>The folds that the data names, row by row (<see cref="Roles.Folds"/>).</summary>
    public Stacking GivenFolds() => Folds(new FoldPlan.Given());

    /// <summary>One fold: a share of the rows held out, above 0 and below 1. Known as blending.</summary>
    public Stacking HoldOut(double share) => Folds(new FoldPlan.HoldOut(share));

    /// <summary>The same folds, shuffled by a seed of their own rather than by that of the fit.</summary>
    public Stacking Shuffled(Seed seed) => Folds(Plan.Shuffled(seed));

    /// <summary>The folds <paramref name="times"/> over, shuffled anew each time; out-of-fold predictions are means over the times.</summary>
    public Stacking Repeated(int times) => Folds(new FoldPlan.Repeated(Plan, times, FunctionalStack.Shuffle.ByFit));

    /// <inheritdoc cref="Repeated(int)"/>
    public Stacking Repeated(int times, Seed seed) => Folds(new FoldPlan.Repeated(Plan, times, seed));

    /// <summary>Later rows get the mean of the fold models: K fits a base.</summary>
    public Stacking Average() => this with { Combine = Combine.Average };

    /// <summary>Later rows get one model fitted on all rows: K + 1 fits a base.</summary>
    public Stacking Refit() => this with { Combine = Combine.Refit };

    /// <summary>What of the bases' predictions of classes becomes columns.</summary>
    public Stacking StackMethod(StackMethod method) => this with { StackColumns = (StackColumns ?? new StackColumns()) with { StackMethod = method } };

    /// <summary>How the bases' predictions become columns, in full.</summary>
    public Stacking StackMethod(StackColumns stackColumns) => this with { StackColumns = stackColumns };

    /// <summary>The first class's column is left out: the others determine it.</summary>
    public Stacking DropFirstClass() => this with { StackColumns = (StackColumns ?? new StackColumns()) with { DropFirstClass = true } };

    /// <summary>The meta-learner sees these original columns as well.</summary>
    public Stacking Passthrough(params string[] columns) => Passthrough(SelectColumns.Of(columns));

    /// <summary>The meta-learner sees what <paramref name="transform"/> makes of the original columns as well.</summary>
    public Stacking Passthrough(ITransform transform) => this with { Passthrough = transform };

    /// <summary>The meta-learner sees all original columns as well.</summary>
    public Stacking PassthroughAll() => Passthrough(new Identity());

    /// <summary>A base that cannot be fitted is left out, and a note says so, instead of stopping the stack.</summary>
    public Stacking LeaveOutFailures() => this with { OnFailure = OnFailure.LeaveOut };

    /// <summary>The meta-learner leaves out the bases it can do without (<see cref="Pruned"/>), by folds like those of the bases.</summary>
    public Stacking Prune() => this with { Prune = true };

    /// <summary>The stack under this meta-learner: a learner, which may itself be a base or the meta-learner of another stack.</summary>
    public Stack Meta(ILearner meta) => new(Bases, Prune ? new Pruned(meta, Plan) : meta, Plan, Combine, StackColumns, Passthrough, OnFailure);

    /// <summary>
    /// The stack under several meta-learners: each is fitted on the bases' predictions, and convex weights mix theirs, learned
    /// from their own out-of-fold predictions, by folds like those of the bases. With one it predicts as that one does.
    /// </summary>
    public Stack Metas(params (string Name, ILearner Learner)[] metas) => Meta(Of(metas).Folds(Plan).Refit().Meta(new ConvexWeights()));
}
