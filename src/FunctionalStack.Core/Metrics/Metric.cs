namespace FunctionalStack;

/// <summary>A named metric.</summary>
/// <param name="Name">The name in reports and files, in camel case: <c>logLoss</c>.</param>
/// <param name="HigherIsBetter">Whether higher is better.</param>
/// <param name="Score">Scores a prediction that matches the kind of target. Weights may be null.</param>
public sealed record Metric(string Name, bool HigherIsBetter, Func<Target, Prediction, EquatableArray<double>?, double> Score)
{
    /// <summary><see cref="ClassMetrics.Accuracy"/>.</summary>
    public static Metric Accuracy { get; } = OfClasses("accuracy", true, ClassMetrics.Accuracy);

    /// <summary><see cref="ClassMetrics.LogLoss"/>.</summary>
    public static Metric LogLoss { get; } = OfClasses("logLoss", false, ClassMetrics.LogLoss);

    /// <summary>The area under the ROC curve, see <see cref="ClassMetrics"/>.</summary>
    public static Metric RocAuc { get; } = OfClasses("auc", true, ClassMetrics.RocAuc);

    /// <summary><see cref="ClassMetrics.BalancedAccuracy"/>.</summary>
    public static Metric BalancedAccuracy { get; } = OfClasses("balancedAccuracy", true, ClassMetrics.BalancedAccuracy);

    /// <summary>The Brier score, see <see cref="ClassMetrics.Brier"/>.</summary>
    public static Metric Brier { get; } = OfClasses("brier", false, ClassMetrics.Brier);

    /// <summary><see cref="ClassMetrics.F1"/>.</summary>
    public static Metric F1 { get; } = OfClasses("f1", true, ClassMetrics.F1);

    /// <summary><see cref="ValueMetrics.Rmse"/>.</summary>
    public static Metric Rmse { get; } = OfValues("rmse", false, ValueMetrics.Rmse);

    /// <summary><see cref="ValueMetrics.Mae"/>.</summary>
    public static Metric Mae { get; } = OfValues("mae", false, ValueMetrics.Mae);

    /// <summary><see cref="ValueMetrics.R2"/>.</summary>
    public static Metric R2 { get; } = OfValues("r2", true, ValueMetrics.R2);

    /// <summary><see cref="OrderMetrics.QuadraticKappa"/>.</summary>
    public static Metric QuadraticKappa { get; } = OfClasses("quadraticKappa", true, OrderMetrics.QuadraticKappa);

    /// <summary><see cref="OrderMetrics.RankMae"/>.</summary>
    public static Metric RankMae { get; } = OfClasses("rankMae", false, OrderMetrics.RankMae);

    /// <summary>The metrics reported for a target of this kind, the main one first. Ordered classes have those of order too.</summary>
    public static EquatableArray<Metric> For(Target target) => target is Target.Classes classes
        ?
        [
            Accuracy, LogLoss, .. classes.IsOrdered ? [QuadraticKappa, RankMae] : Array.Empty<Metric>(),
            RocAuc, BalancedAccuracy, Brier, F1,
        ]
        : [Rmse, Mae, R2];

    /// <summary>The main metric for a target of this kind: log-loss for classification, RMSE for regression.</summary>
    public static Metric Leading(Target target) => target is Target.Classes ? LogLoss : Rmse;

    /// <summary>The usual name of a metric.</summary>
    internal static string TitleOf(string metric) => metric switch
    {
        "logLoss" => "log-loss",
        "auc" => "ROC AUC",
        "balancedAccuracy" => "balanced accuracy",
        "brier" => "Brier score",
        "f1" => "macro F1",
        "quadraticKappa" => "quadratic kappa",
        "rankMae" => "MAE of ranks",
        "rmse" => "RMSE",
        "mae" => "MAE",
        "r2" => "R2",
        _ => metric,
    };

    private static Metric OfClasses(string name, bool higherIsBetter,
        Func<Target.Classes, Prediction.Probabilities, EquatableArray<double>?, double> score) =>
        new(name, higherIsBetter,
            (target, prediction, weights) => score((Target.Classes)target, (Prediction.Probabilities)prediction, weights));

    private static Metric OfValues(string name, bool higherIsBetter, Func<Target.Numeric, Prediction.Numeric, EquatableArray<double>?,
        double> score) =>
        new(name, higherIsBetter, (target, prediction, weights) => score((Target.Numeric)target, (Prediction.Numeric)prediction, weights));
}
