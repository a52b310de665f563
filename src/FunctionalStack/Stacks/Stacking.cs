using FunctionalStack.Learners;

namespace FunctionalStack;

/// <summary>
/// Builds a <see cref="Stack"/>: bases, folds, the columns made of their out-of-fold predictions, and finally the meta-learner
/// (<see cref="Meta"/>). The builder is immutable; every member returns a new one.
/// </summary>
public sealed record Stacking
{
    // The stack so far. Its meta-learner is a placeholder until Meta is called.
    private readonly Stack draft;
    private readonly bool prune;

    private Stacking(Stack draft, bool prune) => (this.draft, this.prune) = (draft, prune);

    /// <summary>Starts a stack of these bases. By default it has 5 folds (<see cref="FoldPlan.Usual"/>), predicts with the mean of the fold
    /// models, and passes probabilities to the meta-learner.</summary>
    public static Stacking Of(params (string Name, ILearner Learner)[] bases) =>
        new(new Stack(EquatableArray.From(bases.Select(b => new Base(b.Name, b.Learner))), new Majority(), new FoldPlan.Usual()),
            prune: false);

    /// <summary>Adds a base.</summary>
    public Stacking And(string name, ILearner learner) => With(draft with { Bases = [.. draft.Bases, new Base(name, learner)] });

    /// <summary>Removes the bases with these names. The fits of the other bases do not change.</summary>
    public Stacking Without(params string[] names) =>
        With(draft with { Bases = EquatableArray.From(draft.Bases.Where(b => !names.Contains(b.Name))) });

    /// <summary>Sets the number of folds of the default plan (<see cref="FoldPlan.Usual"/>); at least 2.</summary>
    public Stacking Folds(int k) => Folds(draft.Plan is FoldPlan.Usual usual ? usual with { K = k } : new FoldPlan.Usual(k));

    /// <summary>Sets the fold plan.</summary>
    public Stacking Folds(FoldPlan plan) => With(draft with { Plan = plan });

    /// <summary>Sets <paramref name="k"/> time-ordered folds: no base is fitted on rows later than those it predicts.</summary>
    public Stacking TimeFolds(int k) => Folds(new FoldPlan.TimeOrdered(k));

    /// <summary>Uses the fold of each row given in the data (<see cref="Roles.Folds"/>).</summary>
    public Stacking GivenFolds() => Folds(new FoldPlan.Given());

    /// <summary>Uses a single split with this share of held-out rows, above 0 and below 1. This is known as blending.</summary>
    public Stacking HoldOut(double share) => Folds(new FoldPlan.HoldOut(share));

    /// <summary>Shuffles the folds by <paramref name="seed"/> instead of the seed of the fit.</summary>
    public Stacking Shuffled(Seed seed) => Folds(draft.Plan.Shuffled(seed));

    /// <summary>Repeats the folds with reshuffled rows. The out-of-fold prediction of a row is the mean over the repeats.</summary>
    public Stacking Repeated(int times) => Folds(new FoldPlan.Repeated(draft.Plan, times, FunctionalStack.Shuffle.ByFit));

    /// <inheritdoc cref="Repeated(int)"/>
    public Stacking Repeated(int times, Seed seed) => Folds(new FoldPlan.Repeated(draft.Plan, times, seed));

    /// <summary>New rows are predicted by the mean of the K fold models: K fits per base.</summary>
    public Stacking Average() => With(draft with { Combine = Combine.Average });

    /// <summary>New rows are predicted by one model fitted on all rows: K + 1 fits per base.</summary>
    public Stacking Refit() => With(draft with { Combine = Combine.Refit });

    /// <summary>Sets which class predictions of the bases the meta-learner gets: probabilities, log-probabilities or labels.</summary>
    public Stacking StackMethod(StackMethod method) => StackColumns((draft.StackColumns ?? new()) with { StackMethod = method });

    /// <summary>Sets all options of the columns that the meta-learner is fitted on.</summary>
    public Stacking StackColumns(StackColumns columns) => With(draft with { StackColumns = columns });

    /// <summary>Leaves out the column of the first class, which the other columns determine.</summary>
    public Stacking DropFirstClass() => StackColumns((draft.StackColumns ?? new()) with { DropFirstClass = true });

    /// <summary>The meta-learner also gets these original columns.</summary>
    public Stacking Passthrough(params string[] columns) => Passthrough(SelectColumns.Of(columns));

    /// <summary>The meta-learner also gets the original columns, transformed by <paramref name="transform"/>.</summary>
    public Stacking Passthrough(ITransform transform) => With(draft with { Passthrough = transform });

    /// <summary>The meta-learner also gets all original columns.</summary>
    public Stacking PassthroughAll() => Passthrough(new Identity());

    /// <summary>A base that cannot be fitted is left out, with a note, instead of failing the stack.</summary>
    public Stacking LeaveOutFailures() => With(draft with { OnFailure = OnFailure.LeaveOut });

    /// <summary>Removes the bases that do not improve the meta-learner (<see cref="Pruned"/>), by cross-validation with the folds of the
    /// stack.</summary>
    public Stacking Prune() => new(draft, prune: true);

    /// <summary>Returns the stack with this meta-learner. A stack is a learner, so it can be a base or the meta-learner of another
    /// stack.</summary>
    public Stack Meta(ILearner meta) => draft with { Meta = prune ? new Pruned(meta, draft.Plan) : meta };

    /// <summary>
    /// Returns the stack with several meta-learners. Each is fitted on the out-of-fold predictions of the bases. Their predictions
    /// are averaged with convex weights, which are fitted on the out-of-fold predictions of the meta-learners. The folds are those
    /// of the bases. A single meta-learner gets weight 1.
    /// </summary>
    public Stack Metas(params (string Name, ILearner Learner)[] metas) =>
        Meta(Of(metas).Folds(draft.Plan).Refit().Meta(new ConvexWeights()));

    private Stacking With(Stack next) => new(next, prune);
}
