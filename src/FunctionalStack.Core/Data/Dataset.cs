namespace FunctionalStack;

/// <summary>
/// The columns that are not features: the target and, if given, row weights, groups, fold numbers and times. Splitting
/// rows into folds needs only these.
/// </summary>
/// <param name="Target">The target.</param>
/// <param name="Weights">
/// Frequency weights: one finite number of at least 0 per row; null for 1 everywhere. <see cref="RowWeights.Frequencies"/>
/// converts other weights to this unit.
/// </param>
/// <param name="Groups">One group number per row (any integers). The rows of a group are never on both sides of a fold.</param>
/// <param name="Folds">One fold number per row (any integers), for <see cref="FoldPlan.Given"/>.</param>
/// <param name="Time">One finite time per row, in any unit, for <see cref="FoldPlan.TimeOrdered"/>; null if rows are in time order or have
/// no times.</param>
/// <param name="WeightKind">
/// What minimum numbers of rows count, such as the <c>minSamplesLeaf</c> of trees: the weights (<see cref="WeightKind.Frequency"/>), or
/// the rows, as in scikit-learn (<see cref="WeightKind.Importance"/>).
/// </param>
public sealed record Roles(Target Target, EquatableArray<double>? Weights = null, EquatableArray<int>? Groups = null,
    EquatableArray<int>? Folds = null, EquatableArray<double>? Time = null, WeightKind WeightKind = WeightKind.Importance)
{
    /// <summary>
    /// The gap before held-out rows, in the unit of <see cref="Time"/>; finite and at least 0. In folds that respect time, a training row
    /// is more than the gap earlier than the first held-out row. Rows within the gap are left out. Without times it has no effect.
    /// </summary>
    public double Gap { get; init; }

    /// <summary>The name of the target, for model files. It has no effect on a fit.</summary>
    public string TargetName { get; init; } = "target";

    /// <summary>The name of the column of row ids, for model files; null if there is none. It has no effect on a fit.</summary>
    public string? IdName { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Target.Count;

    /// <summary>The roles of the rows at <paramref name="rows"/>, in that order.</summary>
    public Roles Take(EquatableArray<int> rows) => this with
    {
        Target = Target.Take(rows),
        Weights = Weights?.At(rows),
        Groups = Groups?.At(rows),
        Folds = Folds?.At(rows),
        Time = Time?.At(rows),
    };
}

/// <summary>Features with their <see cref="FunctionalStack.Roles"/>: the training data of a learner.</summary>
public sealed record Dataset
{
    /// <summary>A dataset of features and roles.</summary>
    /// <exception cref="ArgumentException">Row counts differ, a weight or the gap is negative or not finite, or a time is not
    /// finite.</exception>
    public Dataset(Frame frame, Roles roles)
    {
        Check(roles.Target.Count, "the target");
        Check(roles.Weights?.Count ?? frame.RowCount, "the weights");
        Check(roles.Groups?.Count ?? frame.RowCount, "the groups");
        Check(roles.Folds?.Count ?? frame.RowCount, "the folds");
        Check(roles.Time?.Count ?? frame.RowCount, "the time");
        foreach (var weight in (roles.Weights ?? default).AsSpan())
        {
            if (!(weight >= 0) || double.IsInfinity(weight))
                throw new ArgumentException($"weight {weight} is not a finite number of at least 0", nameof(roles));
        }

        foreach (var time in (roles.Time ?? default).AsSpan())
        {
            if (!double.IsFinite(time)) throw new ArgumentException($"time {time} is not a finite number", nameof(roles));
        }

        if (!(roles.Gap >= 0) || double.IsInfinity(roles.Gap))
            throw new ArgumentException($"the gap {roles.Gap} is not a finite number of at least 0", nameof(roles));
        (Frame, Roles) = (frame, roles);

        void Check(int count, string what)
        {
            if (count != frame.RowCount) throw new ArgumentException($"{what} has {count} rows, the frame {frame.RowCount}", nameof(roles));
        }
    }

    /// <summary>A dataset of features and a target, with equal weights.</summary>
    public Dataset(Frame frame, Target target) : this(frame, new Roles(target))
    {
    }

    /// <summary>The features.</summary>
    public Frame Frame { get; }

    /// <summary>The target, weights, groups, folds and times.</summary>
    public Roles Roles { get; }

    /// <summary>The target.</summary>
    public Target Target => Roles.Target;

    /// <summary>The frequency weights, one per row; null for 1 everywhere.</summary>
    public EquatableArray<double>? Weights => Roles.Weights;

    /// <summary>The number of rows.</summary>
    public int RowCount => Frame.RowCount;

    /// <summary>The rows at <paramref name="rows"/>, in that order.</summary>
    public Dataset Take(EquatableArray<int> rows) => new(Frame.Take(rows), Roles.Take(rows));

    /// <summary>The same roles with other features.</summary>
    public Dataset WithFrame(Frame frame) => new(frame, Roles);

    /// <summary>The same rows with another target.</summary>
    public Dataset WithTarget(Target target) => new(Frame, Roles with { Target = target });

    /// <summary>The same rows with another name of the target, for model files.</summary>
    public Dataset WithTargetName(string name) => new(Frame, Roles with { TargetName = name });

    /// <summary>The same rows with the classes of the target in this order, from low to high: see <see cref="Target.Classes.InOrder"/>.
    /// Fails also if the target is numeric.</summary>
    public Outcome<Dataset> WithOrder(EquatableArray<string> levels) => Roles.Target is Target.Classes classes
        ? classes.InOrder(levels).Map(WithTarget)
        : Outcome.Fail<Dataset>("", "the target is numeric, so there are no classes to order", "Give a target of classes.");

    /// <summary>
    /// The same rows with weights; null for none. By default only ratios of weights matter, see <paramref name="kind"/>.
    /// </summary>
    public Dataset WithWeights(EquatableArray<double>? weights, WeightKind kind = WeightKind.Importance) =>
        new(Frame, weights is { } given
            ? Roles with { Weights = RowWeights.Frequencies(given, kind), WeightKind = kind }
            : Roles with { Weights = null, WeightKind = WeightKind.Importance });

    /// <summary>The same rows with frequency weights: a weight of 2 is the row twice. Null for 1 everywhere.</summary>
    public Dataset WithFrequencies(EquatableArray<double>? weights) => WithWeights(weights, WeightKind.Frequency);

    /// <summary>The same rows with groups; null for none.</summary>
    public Dataset WithGroups(EquatableArray<int>? groups) => new(Frame, Roles with { Groups = groups });

    /// <summary>The same rows with fold numbers; null for none.</summary>
    public Dataset WithFolds(EquatableArray<int>? folds) => new(Frame, Roles with { Folds = folds });

    /// <summary>The same rows with times; null for none.</summary>
    public Dataset WithTime(EquatableArray<double>? time) => new(Frame, Roles with { Time = time });

    /// <summary>The same rows with a gap before held-out rows, in the unit of the times (<see cref="Roles.Gap"/>). 0 for none.</summary>
    /// <exception cref="ArgumentException">The gap is negative or not finite.</exception>
    public Dataset WithGap(double gap) => new(Frame, Roles with { Gap = gap });
}
