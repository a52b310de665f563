namespace FunctionalStack;

/// <summary>The cross-fit of a whole learner. Wrappers of one learner with the same plan and seed share its fits.</summary>
/// <param name="CrossFit">The fold models and their predictions of the held-out rows.</param>
/// <param name="Plan">The plan with its seed.</param>
/// <param name="Folds">The folds.</param>
internal sealed record HeldOut(FittedTransform CrossFit, FoldPlan Plan, Outcome<EquatableArray<Fold>> Folds)
{
    private const string Name = "cross-fit";

    /// <summary>Cross-fits the learner inside all wrappers.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="learner">The learner, or a wrapper of it.</param>
    /// <param name="plan">The folds; null for 5 of the default plan.</param>
    /// <param name="seed">The seed of the wrapper.</param>
    public static HeldOut Of(FitRows rows, ILearner learner, FoldPlan? plan, Seed seed)
    {
        while (learner is IWrapper wrapper) learner = wrapper.Learner;
        var own = seed.Fork(Name);
        var folds = (plan ?? new FoldPlan.Usual()).Seeded(FoldPlan.SeedOf(own));
        var fitted = rows.Unscored.Fit(learner.CrossFit(Name, folds), own);
        // The notes of the plan come with the cross-fit.
        return new(fitted, folds, rows.Split(folds).WithoutNotes());
    }

    /// <summary>The fold models, in the order of the folds.</summary>
    public static EquatableArray<IModel> Models(Fitted fitted) => ((CrossFitMap)fitted.Map).Models;
}
