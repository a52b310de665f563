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
/// <param name="MaxBases">The most bases that it can stand above, at least 1; null for any number.</param>
public sealed record Capabilities(
    TargetKinds Targets = TargetKinds.Any,
    bool MissingValues = false,
    bool Categories = false,
    bool Weights = true,
    bool PredictionsOnly = false,
    int? MaxBases = null)
{
    /// <summary>What these and all of <paramref name="others"/> can be fitted to.</summary>
    public Capabilities And(IEnumerable<Capabilities> others) => others.Aggregate(this, (one, other) => new(
        one.Targets & other.Targets,
        one.MissingValues && other.MissingValues,
        one.Categories && other.Categories,
        one.Weights && other.Weights,
        one.PredictionsOnly || other.PredictionsOnly,
        one.MaxBases is { } most ? Math.Min(most, other.MaxBases ?? most) : other.MaxBases));

    /// <summary>Why a learner of these capabilities cannot stand above so many <paramref name="bases"/>; null where it can.</summary>
    public Failure? Above(string learner, int bases) => MaxBases is { } most && bases > most
        ? new(learner, $"can stand above at most {most} {(most == 1 ? "base" : "bases")}, but there are {bases}", "Put one above each base by itself, or make one base of them, such as a stack.")
        : null;

    /// <summary>What of rows with these roles, and these columns where they are known, a learner of these capabilities cannot be fitted to.</summary>
    internal EquatableArray<Failure> Refusals(string learner, Roles roles, KnownColumns? columns) =>
    [
        .. Takes(roles.Target) ? [] : new[] { Refusal(learner, roles.Target) },
        .. Weights || Different(roles.Weights) is not { } weights ? [] : new[] { new Failure(learner, $"rows weigh {weights.Least} to {weights.Most}, but it can't use weights", "Leave the weights out, or take a learner that uses them, such as logistic or randomForest.") },
        .. columns is { AreAll: true } ? OfColumns(columns).OfType<Failure>().Select(fault => fault.At(learner)) : [],
    ];

    private IEnumerable<Failure?> OfColumns(KnownColumns columns) =>
    [
        PredictionsOnly && columns.Frame.Columns.FirstOrDefault(column => column.Origin is null) is { } other ? BaseColumns.NoPrediction(other.Name) : null,
        Categories ? null : columns.Category,
        MissingValues ? null : columns.MissingValue,
    ];

    private bool Takes(Target target) => Targets.HasFlag(target is Target.Classes ? TargetKinds.Classes : TargetKinds.Numeric);

    // Rows of weight 0 are as good as absent.
    private static (double Least, double Most)? Different(EquatableArray<double>? given)
    {
        var weights = (given ?? default).Where(weight => weight > 0).ToArray();
        return weights.Length > 0 && weights.Min() is var least && weights.Max() is var most && least < most ? (least, most) : null;
    }

    private static Failure Refusal(string learner, Target target) => target is Target.Classes
        ? new(learner, "the target holds classes, but it predicts numbers", "Give a numeric target, or take a learner for classes, such as logistic.")
        : new(learner, "the target holds numbers, but it predicts classes", "Give a target of classes, or take a learner for numbers, such as ridge.");
}
