namespace FunctionalStack;

/// <summary>Kinds of target.</summary>
[Flags]
public enum TargetKinds
{
    /// <summary>Classes: classification.</summary>
    Classes = 1,

    /// <summary>Numbers: regression.</summary>
    Numeric = 2,

    /// <summary>Both classification and regression.</summary>
    Any = Classes | Numeric,
}

/// <summary>What data a learner can be fitted to.</summary>
/// <param name="Targets">The kinds of target that it predicts.</param>
/// <param name="MissingValues">Whether columns may have missing values.</param>
/// <param name="Categories">Whether columns may be categorical.</param>
/// <param name="Weights">Whether rows may have different weights.</param>
/// <param name="PredictionsOnly">
/// Whether it reads only predictions of bases (<see cref="BaseColumns"/>). If true, it can only be the meta-learner of a stack.
/// </param>
/// <param name="MaxBases">The largest number of bases that it can combine, at least 1; null for no limit.</param>
public sealed record Capabilities(
    TargetKinds Targets = TargetKinds.Any,
    bool MissingValues = false,
    bool Categories = false,
    bool Weights = true,
    bool PredictionsOnly = false,
    int? MaxBases = null)
{
    /// <summary>The capabilities shared by this and all of <paramref name="others"/>.</summary>
    public Capabilities And(IEnumerable<Capabilities> others) => others.Aggregate(this, (one, other) => new(
        one.Targets & other.Targets,
        one.MissingValues && other.MissingValues,
        one.Categories && other.Categories,
        one.Weights && other.Weights,
        one.PredictionsOnly || other.PredictionsOnly,
        one.MaxBases is { } most ? Math.Min(most, other.MaxBases ?? most) : other.MaxBases));

    /// <summary>The failure if a meta-learner with these capabilities cannot combine this number of <paramref name="bases"/>; null if it
    /// can.</summary>
    public Failure? Above(string learner, int bases) => MaxBases is { } most && bases > most
        ? new(learner, $"can combine at most {most} {(most == 1 ? "base" : "bases")}, but there are {bases}",
            "Apply it to each base alone, or combine the bases into one, such as a stack.")
        : null;

    /// <summary>The failures of fitting a learner with these capabilities to rows with these roles, and with these columns if they are
    /// known.</summary>
    internal EquatableArray<Failure> Refusals(string learner, Roles roles, KnownColumns? columns) =>
    [
        .. Takes(roles.Target) ? [] : new[] { Refusal(learner, roles.Target) },
        .. Weights || Different(roles.Weights) is not { } weights
        ? [] : new[] { new Failure(learner, $"row weights range from {weights.Least} to {weights.Most}, but it does not support weights",
            "Leave the weights out, or use a learner that supports them, such as logistic or randomForest.") },
        .. columns is { AreAll: true } ? OfColumns(columns).OfType<Failure>().Select(fault => fault.At(learner)) : [],
    ];

    private IEnumerable<Failure?> OfColumns(KnownColumns columns) =>
    [
        PredictionsOnly && columns.Frame.Columns.FirstOrDefault(column => column.Origin is null) is { } other
            ? BaseColumns.NoPrediction(other.Name) : null,
        Categories ? null : columns.Category,
        MissingValues ? null : columns.MissingValue,
    ];

    private bool Takes(Target target) => Targets.HasFlag(target is Target.Classes ? TargetKinds.Classes : TargetKinds.Numeric);

    // Rows of weight 0 are ignored, as if absent.
    private static (double Least, double Most)? Different(EquatableArray<double>? given)
    {
        var weights = (given ?? default).Where(weight => weight > 0).ToArray();
        return weights.Length > 0 && weights.Min() is var least && weights.Max() is var most && least < most ? (least, most) : null;
    }

    private static Failure Refusal(string learner, Target target) => target is Target.Classes
        ? new(learner, "the target holds classes, but this is a regressor", "Give a numeric target, or use a classifier, such as logistic.")
        : new(learner, "the target is numeric, but this is a classifier", "Give a target of classes, or use a regressor, such as ridge.");
}
