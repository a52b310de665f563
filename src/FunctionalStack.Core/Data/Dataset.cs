namespace FunctionalStack;

/// <summary>
/// The columns whose role is not that of a feature: what is predicted and, where given, how much each row counts, which
/// rows belong together and which fold each row was put into. Splitting needs only these.
/// </summary>
/// <param name="Target">What is to be predicted.</param>
/// <param name="Weights">
/// How often each row counts: a finite number of at least 0; null means 1 everywhere. Weights of another unit are brought to
/// this by <see cref="RowWeights.Frequencies"/>.
/// </param>
/// <param name="Groups">A group number a row (any integers); rows of one group never lie on both sides of a fold.</param>
/// <param name="Folds">A fold number a row (any integers), for <see cref="FoldPlan.Given"/>.</param>
/// <param name="Time">When each row was, a finite number in any unit, for <see cref="FoldPlan.TimeOrdered"/>; null where rows are in order of time, or have none.</param>
public sealed record Roles(Target Target, EquatableArray<double>? Weights = null, EquatableArray<int>? Groups = null, EquatableArray<int>? Folds = null, EquatableArray<double>? Time = null)
{
    public int Count => Target.Count;

    public Roles Take(EquatableArray<int> rows) => new(Target.Take(rows), Weights?.At(rows), Groups?.At(rows), Folds?.At(rows), Time?.At(rows));
}

/// <summary>Features with their <see cref="FunctionalStack.Roles"/>: what a learner is fitted to.</summary>
public sealed record Dataset
{
    /// <exception cref="ArgumentException">Row counts differ, or a weight is negative or not finite, or a time is not finite.</exception>
    public Dataset(Frame frame, Roles roles)
    {
        Check(roles.Target.Count, "the target");
        Check(roles.Weights?.Count ?? frame.RowCount, "the weights");
        Check(roles.Groups?.Count ?? frame.RowCount, "the groups");
        Check(roles.Folds?.Count ?? frame.RowCount, "the folds");
        Check(roles.Time?.Count ?? frame.RowCount, "the time");
        foreach (var weight in (roles.Weights ?? default).AsSpan())
        {
            if (!(weight >= 0) || double.IsInfinity(weight)) throw new ArgumentException($"weight {weight} is not a finite number of at least 0", nameof(roles));
        }

        foreach (var time in (roles.Time ?? default).AsSpan())
        {
            if (!double.IsFinite(time)) throw new ArgumentException($"time {time} is not a finite number", nameof(roles));
        }

        (Frame, Roles) = (frame, roles);

        void Check(int count, string what)
        {
            if (count != frame.RowCount) throw new ArgumentException($"{what} has {count} rows, the frame {frame.RowCount}", nameof(roles));
        }
    }

    public Dataset(Frame frame, Target target) : this(frame, new Roles(target))
    {
    }

    public Frame Frame { get; }

    public Roles Roles { get; }

    public Target Target => Roles.Target;

    public EquatableArray<double>? Weights => Roles.Weights;

    public int RowCount => Frame.RowCount;

    public Dataset Take(EquatableArray<int> rows) => new(Frame.Take(rows), Roles.Take(rows));

    public Dataset WithFrame(Frame frame) => new(frame, Roles);

    public Dataset WithTarget(Target target) => new(Frame, Roles with { Target = target });

    /// <summary>The same rows with weights, of which only ratios count unless <paramref name="kind"/> says otherwise; null for none.</summary>
    public Dataset WithWeights(EquatableArray<double>? weights, WeightKind kind = WeightKind.Importance) =>
        WithFrequencies(weights is { } given ? RowWeights.Frequencies(given, kind) : null);

    /// <summary>The same rows, each as often as said; null for once each.</summary>
    public Dataset WithFrequencies(EquatableArray<double>? weights) => new(Frame, Roles with { Weights = weights });

    public Dataset WithGroups(EquatableArray<int>? groups) => new(Frame, Roles with { Groups = groups });

    public Dataset WithFolds(EquatableArray<int>? folds) => new(Frame, Roles with { Folds = folds });

    public Dataset WithTime(EquatableArray<double>? time) => new(Frame, Roles with { Time = time });
}
