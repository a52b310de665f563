using FunctionalStack.Learners;

namespace FunctionalStack;

/// <summary>
/// A stack in the making, said as the sentence it means: bases, folds, what they hand up, and, last,
/// <see cref="Under"/> which learner. Immutable: every member returns a new sentence.
/// </summary>
/// <param name="Bases">The learners of this level, under distinct names.</param>
/// <param name="Plan">The folds all bases share; null for the <paramref name="K"/> folds usual for the rows (<see cref="FoldPlan.For"/>).</param>
/// <param name="K">How many folds, where they are the usual ones.</param>
/// <param name="Shuffle">What the plan shuffles by; null leaves it as it is.</param>
/// <param name="Repeat">How many times over, and by which seed; null for once.</param>
/// <param name="Combine">Which models answer for later rows.</param>
/// <param name="StackOn">What the bases hand upward.</param>
/// <param name="Passthrough">Original columns that the learner above sees as well; null for none.</param>
/// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
/// <param name="Prune">Whether the learner above leaves out the bases it can do without.</param>
public sealed record Stacking(
    Values<Base> Bases,
    FoldPlan? Plan = null,
    int K = 5,
    Seed? Shuffle = null,
    (int Times, Seed Seed)? Repeat = null,
    Combine Combine = Combine.Average,
    StackOn? StackOn = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop,
    bool Prune = false)
{
    /// <summary>A level of these bases: the usual 5 folds in row order, averaging, handing up probabilities, until said otherwise.</summary>
    public static Stacking Of(params (string Name, ILearner Learner)[] bases) =>
        new(Values.From(bases.Select(b => new Base(b.Name, b.Learner))));

    /// <summary>With one more base.</summary>
    public Stacking And(string name, ILearner learner) => this with { Bases = [.. Bases, new Base(name, learner)] };

    /// <summary>Without the bases of these names: the others learn exactly what they learned before.</summary>
    public Stacking Without(params string[] names) => this with { Bases = Values.From(Bases.Where(b => !names.Contains(b.Name))) };

    /// <summary>
    /// The usual <paramref name="k"/> folds: stratified where the target holds classes, plain where it holds
    /// values, groups kept whole where the data has groups.
    /// </summary>
    public Stacking Folds(int k) => this with { Plan = null, K = k };

    /// <summary>The folds of <paramref name="plan"/>, exactly.</summary>
    public Stacking Folds(FoldPlan plan) => this with { Plan = plan };

    /// <summary><paramref name="k"/> folds over rows in order of time: no base is fitted on its future.</summary>
    public Stacking TimeFolds(int k) => Folds(new FoldPlan.TimeOrdered(k));

    /// <summary>The folds that the data names, row by row (<see cref="Roles.Folds"/>).</summary>
    public Stacking GivenFolds() => Folds(new FoldPlan.Given());

    /// <summary>One fold: a share of the rows held out, above 0 and below 1. Known as blending.</summary>
    public Stacking HoldingOut(double share) => Folds(new FoldPlan.HoldOut(share));

    /// <summary>Folds of shuffled rows, where the plan shuffles.</summary>
    public Stacking Shuffled(Seed seed) => this with { Shuffle = seed };

    /// <summary>The folds <paramref name="times"/> over, shuffled anew each time; out-of-fold predictions are means over the times.</summary>
    public Stacking Repeated(int times, Seed seed) => this with { Repeat = (times, seed) };

    /// <summary>Later rows get the mean of the fold models: K fits a base.</summary>
    public Stacking Averaging() => this with { Combine = Combine.Average };

    /// <summary>Later rows get one model fitted on all rows: K + 1 fits a base.</summary>
    public Stacking Refitting() => this with { Combine = Combine.Refit };

    /// <summary>What the bases hand upward for classes.</summary>
    public Stacking HandingUp(Upward upward) => this with { StackOn = (StackOn ?? new StackOn()) with { Upward = upward } };

    /// <summary>How the bases' predictions become columns, in full.</summary>
    public Stacking HandingUp(StackOn stackOn) => this with { StackOn = stackOn };

    /// <summary>The first class's column is not handed up: the others determine it.</summary>
    public Stacking DroppingFirstClass() => this with { StackOn = (StackOn ?? new StackOn()) with { DropFirstClass = true } };

    /// <summary>The learner above sees these original columns as well.</summary>
    public Stacking PassingThrough(params string[] columns) => PassingThrough(SelectColumns.Of(columns));

    /// <summary>The learner above sees what <paramref name="transform"/> makes of the original columns as well.</summary>
    public Stacking PassingThrough(ITransform transform) => this with { Passthrough = transform };

    /// <summary>The learner above sees all original columns as well.</summary>
    public Stacking PassingAllThrough() => PassingThrough(new Identity());

    /// <summary>A base that cannot be fitted is left out, and a note says so, instead of stopping the stack.</summary>
    public Stacking LeavingOutFailures() => this with { OnFailure = OnFailure.LeaveOut };

    /// <summary>The learner above leaves out the bases it can do without (<see cref="Pruned"/>), by the folds of the bases.</summary>
    public Stacking Pruning() => this with { Prune = true };

    /// <summary>The end of the sentence: a learner. It may itself be a base or the top of another stack.</summary>
    public Stacked Under(ILearner meta) => new(this, meta);

    /// <summary>
    /// The end of the sentence with several learners above: each is fitted on what the bases hand up, and convex weights
    /// mix what they say, learned from what they say out of fold, by folds like those of the bases. With one it predicts as that one does.
    /// </summary>
    public Stacked UnderSeveral(params (string Name, ILearner Learner)[] metas) =>
        Under((Of(metas) with { Plan = Plan, K = K, Shuffle = Shuffle, Repeat = Repeat }).Refitting().Under(new ConvexWeights()));

    internal FoldPlan PlanFor(Roles roles)
    {
        var plan = Plan ?? FoldPlan.For(roles, K, null);
        if (Shuffle is { } seed) plan = plan.Shuffled(seed);
        return Repeat is { } repeat ? new FoldPlan.Repeated(plan, repeat.Times, repeat.Seed) : plan;
    }
}
