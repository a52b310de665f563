namespace FunctionalStack;

/// <summary>
/// A stack in the making, said as the sentence it means: bases, folds, what they hand up, and, last,
/// <see cref="Under"/> which learner. Immutable: every member returns a new sentence.
/// </summary>
/// <param name="Bases">The learners of this level, under distinct names.</param>
/// <param name="Plan">The folds all bases share. Where the target holds values, stratified plans become plain ones.</param>
/// <param name="Combine">Which models answer for later rows.</param>
/// <param name="StackOn">What the bases hand upward.</param>
/// <param name="Passthrough">Original columns that the learner above sees as well; null for none.</param>
/// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
public sealed record Stacking(
    Values<Base> Bases,
    FoldPlan Plan,
    Combine Combine = Combine.Average,
    StackOn? StackOn = null,
    ITransform? Passthrough = null,
    OnFailure OnFailure = OnFailure.Stop)
{
    /// <summary>A level of these bases: 5 folds in row order, averaging, handing up probabilities, until said otherwise.</summary>
    public static Stacking Of(params (string Name, ILearner Learner)[] bases) =>
        new(Values.From(bases.Select(b => new Base(b.Name, b.Learner))), new FoldPlan.Stratified(5));

    /// <summary>With one more base.</summary>
    public Stacking And(string name, ILearner learner) => this with { Bases = [.. Bases, new Base(name, learner)] };

    /// <summary>Without the bases of these names: the others learn exactly what they learned before.</summary>
    public Stacking Without(params string[] names) => this with { Bases = Values.From(Bases.Where(b => !names.Contains(b.Name))) };

    /// <summary><paramref name="k"/> folds in row order: stratified where the target holds classes, plain where it holds values.</summary>
    public Stacking Folds(int k) => Folds(new FoldPlan.Stratified(k));

    /// <summary>The folds of <paramref name="plan"/>.</summary>
    public Stacking Folds(FoldPlan plan) => this with { Plan = plan };

    /// <summary><paramref name="k"/> folds that keep every group of rows whole, stratified where the target holds classes.</summary>
    public Stacking GroupFolds(int k) => Folds(new FoldPlan.StratifiedGroup(k));

    /// <summary><paramref name="k"/> folds over rows in order of time: no base is fitted on its future.</summary>
    public Stacking TimeFolds(int k) => Folds(new FoldPlan.TimeOrdered(k));

    /// <summary>The folds that the data names, row by row (<see cref="Roles.Folds"/>).</summary>
    public Stacking GivenFolds() => Folds(new FoldPlan.Given());

    /// <summary>One fold: a share of the rows held out, above 0 and below 1. Known as blending.</summary>
    public Stacking HoldingOut(double share) => Folds(new FoldPlan.HoldOut(share));

    /// <summary>Folds of shuffled rows, where the plan shuffles.</summary>
    public Stacking Shuffled(Seed seed) => Folds(Plan.Shuffled(seed));

    /// <summary>The folds <paramref name="times"/> over, shuffled anew each time; out-of-fold predictions are means over the times.</summary>
    public Stacking Repeated(int times, Seed seed) => Folds(new FoldPlan.Repeated(Plan, times, seed));

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

    /// <summary>The end of the sentence: a learner. It may itself be a base or the top of another stack.</summary>
    public Stacked Under(ILearner meta) => new(this, meta);
}
