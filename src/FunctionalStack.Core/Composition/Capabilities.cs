namespace FunctionalStack;

/// <summary>Kinds of target.</summary>
[Flags]
public enum TargetKinds
{
    /// <summary>Classes.</summary>
    Classes = 1,

    /// <summary>Numbers.</summary>
    Numeric = 2,

    /// <summary>Either.</summary>
    Any = Classes | Numeric,
}

/// <summary>What a learner can be fitted to.</summary>
/// <param name="Targets">The kinds of target that it predicts.</param>
/// <param name="MissingValues">Whether columns may have missing values.</param>
/// <param name="Categories">Whether columns may hold categories.</param>
/// <param name="Weights">Whether rows may have different weights.</param>
/// <param name="PredictionsOnly">
/// Whether it reads nothing but predictions of bases (<see cref="BaseColumns"/>): then it can only stand directly above them.
/// </param>
public sealed record Capabilities(
    TargetKinds Targets = TargetKinds.Any,
    bool MissingValues = false,
    bool Categories = false,
    bool Weights = true,
    bool PredictionsOnly = false)
{
    /// <summary>What these and all of <paramref name="others"/> can be fitted to.</summary>
    public Capabilities And(IEnumerable<Capabilities> others) => others.Aggregate(this, (one, other) => new(
        one.Targets & other.Targets,
        one.MissingValues && other.MissingValues,
        one.Categories && other.Categories,
        one.Weights && other.Weights,
        one.PredictionsOnly || other.PredictionsOnly));

    internal bool Takes(Target target) => Targets.HasFlag(target is Target.Classes ? TargetKinds.Classes : TargetKinds.Numeric);

    internal Failure Refusal(string learner, Target target) => target is Target.Classes
        ? new(learner, "the target holds classes, but it predicts numbers", "Give a numeric target, or take a learner for classes, such as logistic.")
        : new(learner, "the target holds numbers, but it predicts classes", "Give a target of classes, or take a learner for numbers, such as ridge.");
}
