namespace FunctionalStack;

/// <summary>What a threshold is chosen for.</summary>
public enum ThresholdGoal
{
    /// <summary>The highest F1 of the positive class: 2 TP / (2 TP + FP + FN), and 0 without true positives.</summary>
    F1,

    /// <summary>The highest balanced accuracy: the mean recall of the two classes.</summary>
    Balanced,

    /// <summary>The lowest mean cost of the errors.</summary>
    Cost,
}

/// <summary>How the threshold on the probability of the second class, the positive one, is chosen: see <see cref="Thresholded"/>.</summary>
/// <param name="Goal">What is optimized.</param>
/// <param name="FalseNegative">For <see cref="ThresholdGoal.Cost"/>: the cost of a positive row predicted as negative; finite, at least
/// 0.</param>
/// <param name="FalsePositive">For <see cref="ThresholdGoal.Cost"/>: the cost of a negative row predicted as positive; finite, at least 0.
/// Only the ratio of the two costs matters for the threshold.</param>
public sealed record Threshold(ThresholdGoal Goal, double FalseNegative = 1, double FalsePositive = 1)
{
    /// <summary>The highest F1 of the positive class.</summary>
    public static Threshold F1 => new(ThresholdGoal.F1);

    /// <summary>The highest balanced accuracy.</summary>
    public static Threshold Balanced => new(ThresholdGoal.Balanced);

    /// <summary>The lowest mean cost, with these costs of a false negative and a false positive: finite, at least 0, not both 0.</summary>
    public static Threshold Cost(double falseNegative, double falsePositive) => new(ThresholdGoal.Cost, falseNegative, falsePositive);

    /// <summary>Whether lower scores are better.</summary>
    public bool LowerIsBetter => Goal == ThresholdGoal.Cost;

    /// <summary>As the option of the command line: <c>f1</c>, <c>balanced</c> or <c>cost:5,1</c>.</summary>
    public override string ToString() => Goal switch
    {
        ThresholdGoal.F1 => "f1",
        ThresholdGoal.Balanced => "balanced",
        _ => $"cost:{Word.Of(FalseNegative)},{Word.Of(FalsePositive)}",
    };

    /// <summary>The rule that <see cref="ToString"/> writes. Fails for other text.</summary>
    public static Outcome<Threshold> Parse(string text) => text.Split(':') switch
    {
        ["f1"] => Outcome.Ok(F1),
        ["balanced"] => Outcome.Ok(Balanced),
        ["cost", var costs] when costs.Split(',') is [var negative, var positive]
            && Word.Number(negative) is { } missed && Word.Number(positive) is { } alarm
            && Cost(missed, alarm) is var rule && !rule.Faults.Any() => Outcome.Ok(rule),
        ["cost", ..] => Outcome.Fail<Threshold>("threshold", $"'{text}' has no two costs",
            "Give the costs of a false negative and a false positive, such as cost:5,1: numbers of at least 0, not both 0."),
        _ => Outcome.Fail<Threshold>("threshold", $"'{text}' is not a rule", "Give f1, balanced or cost:FN,FP."),
    };

    /// <summary>The faults of the parameters.</summary>
    internal IEnumerable<Failure> Faults => new[]
    {
        Ensure.Defined("goal", Goal),
        Ensure.NotNegative("falseNegative", FalseNegative),
        Ensure.NotNegative("falsePositive", FalsePositive),
        Ensure.That(FalseNegative != 0 || FalsePositive != 0, "the cost of every error", 0, "at least one of them a number above 0"),
    }.OfType<Failure>();

    /// <summary>The score of decisions.</summary>
    /// <param name="truePositive">The weight of the positive rows predicted as positive.</param>
    /// <param name="falsePositive">The weight of the negative rows predicted as positive.</param>
    /// <param name="positive">The weight of all positive rows.</param>
    /// <param name="negative">The weight of all negative rows.</param>
    internal double Score(double truePositive, double falsePositive, double positive, double negative) => Goal switch
    {
        ThresholdGoal.F1 => truePositive == 0 ? 0 : 2 * truePositive / (truePositive + falsePositive + positive),
        ThresholdGoal.Balanced => (Share(truePositive, positive) + Share(negative - falsePositive, negative)) / 2,
        // Rows without weight cost nothing.
        _ when positive + negative == 0 => 0,
        _ => (FalseNegative * (positive - truePositive) + FalsePositive * falsePositive) / (positive + negative),
    };

    // The recall of a class without rows is 0, whatever the threshold.
    private static double Share(double part, double all) => all == 0 ? 0 : part / all;
}
