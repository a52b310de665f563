namespace FunctionalStack;

/// <summary>A score by name, as reports and files call it.</summary>
/// <param name="Name">Camel case: <c>logLoss</c>.</param>
/// <param name="HigherIsBetter">Whether larger numbers are better.</param>
/// <param name="Score">The score of a prediction of the kind that the target asks for; weights may be null.</param>
public sealed record Metric(string Name, bool HigherIsBetter, Func<Target, Prediction, EquatableArray<double>?, double> Score)
{
    public static Metric Accuracy { get; } = OfClasses("accuracy", true, ClassMetrics.Accuracy);

    public static Metric LogLoss { get; } = OfClasses("logLoss", false, ClassMetrics.LogLoss);

    public static Metric RocAuc { get; } = OfClasses("auc", true, ClassMetrics.RocAuc);

    public static Metric Rmse { get; } = OfValues("rmse", false, ValueMetrics.Rmse);

    public static Metric R2 { get; } = OfValues("r2", true, ValueMetrics.R2);

    /// <summary>What is reported for a target of this kind, the leading ones first.</summary>
    public static EquatableArray<Metric> For(Target target) => target is Target.Classes
        ?
        [
            Accuracy, LogLoss, RocAuc, OfClasses("balancedAccuracy", true, ClassMetrics.BalancedAccuracy),
            OfClasses("brier", false, ClassMetrics.Brier), OfClasses("f1", true, ClassMetrics.F1),
        ]
        : [Rmse, OfValues("mae", false, ValueMetrics.Mae), R2];

    /// <summary>The metric that says which of two predictions of this target is the better: log-loss, or RMSE.</summary>
    public static Metric Leading(Target target) => target is Target.Classes ? LogLoss : Rmse;

    private static Metric OfClasses(string name, bool higherIsBetter, Func<Target.Classes, Prediction.Probabilities, EquatableArray<double>?, double> score) =>
        new(name, higherIsBetter, (target, prediction, weights) => score((Target.Classes)target, (Prediction.Probabilities)prediction, weights));

    private static Metric OfValues(string name, bool higherIsBetter, Func<Target.Numeric, Prediction.Numeric, EquatableArray<double>?, double> score) =>
        new(name, higherIsBetter, (target, prediction, weights) => score((Target.Numeric)target, (Prediction.Numeric)prediction, weights));
}
