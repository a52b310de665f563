namespace FunctionalStack;

/// <summary>
/// Fits a classifier with its classes weighted evenly: the weight of a row is multiplied by the total weight, divided by the number of
/// classes present and by the weight of its class (scikit-learn's <c>class_weight="balanced"</c>). The total weight does not change. Only
/// the fit is weighted; scores are not. The probabilities are those of a population in which the classes are equally frequent.
/// </summary>
/// <param name="Learner">The classifier: any learner, pipeline or stack that takes weights.</param>
public sealed record Balanced(ILearner? Learner = null) : ICompositeLearner
{
    private const string Own = "balanced";

    /// <summary>The name of the learner.</summary>
    public string Name => Learner?.Name ?? Own;

    Complexity ILearner.Complexity => Learner?.Complexity ?? Complexity.Nonlinear;

    /// <inheritdoc/>
    public Capabilities Capabilities =>
        Learner is null ? new(TargetKinds.Classes)
        : Learner.Capabilities with { Targets = Learner.Capabilities.Targets & TargetKinds.Classes };

    IEnumerable<Component> ISpec.Components => Learner is null ? [] : [new("", Learner)];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => (Learner as ICompositeLearner)?.OutOfFoldNames ?? [];

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Learner switch
    {
        null => [new Failure(Own, "there is no learner to balance", "Give a classifier.")],
        { Capabilities.Weights: false } => [new Failure(Own, $"{Learner.Name} does not take weights", "Give another learner.")],
        _ => default,
    };

    // A part that may fail has not been validated before. The learner alone may take numeric targets, so that its own check finds nothing.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed) =>
        Validate() is [var fault, ..] ? rows.Failed<Trained>(fault)
        : rows.Roles.Target is Target.Classes ? rows.Weighted(WeightsOf(rows.Roles)).Fit(Learner!, seed).Trained
        : rows.Failed<Trained>(new(Own, "the target is numeric, so there are no classes to balance",
            "Give a target of classes, or leave the balance out."));

    IEnumerable<FittedBase> ICompositeLearner.Bases(FitRows rows, Seed seed) =>
        Learner is ICompositeLearner composite && rows.Roles.Target is Target.Classes
            ? composite.Bases(rows.Weighted(WeightsOf(rows.Roles)), seed) : [];

    /// <summary>The balanced weights of these rows: for each row its own, times what makes all classes weigh the same.</summary>
    /// <exception cref="ArgumentException">The target is numeric.</exception>
    public static EquatableArray<double> WeightsOf(Roles roles)
    {
        if (roles.Target is not Target.Classes classes) throw new ArgumentException("the target is numeric", nameof(roles));
        var mass = classes.Mass(roles.Weights);
        var even = mass.Sum() / mass.Count(weight => weight > 0);
        return EquatableArray.From(Enumerable.Range(0, classes.Count).Select(row =>
            mass[classes.Codes[row]] is var own and > 0 ? (roles.Weights?[row] ?? 1) * (even / own) : 0));
    }
}
