namespace FunctionalStack.Laws;

/// <summary>A leaf learner takes what it declares, and nothing else.</summary>
internal static class CapabilityLaw
{
    private const int Rows = 24;
    private const int Seeds = 12;

    public static Finding Check(ILearner learner, LawOptions options, Seed seed)
    {
        if (learner is not ILeafLearner) return Finding.Nil("the capabilities of a composition are those of its parts");
        foreach (var kind in Kinds)
        {
            var data = Data(learner, kind, seed, options);
            var declared = learner.Capabilities.Targets.HasFlag(kind);
            if (Fault(declared, learner, data, "", seed) is { } fault) return Finding.Against(fault);
            if (!declared)
            {
                if (learner.Check(data.Target).Count == 0) return Finding.Against($"it is not checked for a target of {kind}");
                continue;
            }

            if (learner.Check(data.Target) is [var refused, ..]) return Finding.Against($"it declares {kind}, but: {refused}");
            foreach (var (can, rows, what) in Demands(learner, kind, data, seed, options))
            {
                if (Fault(can, learner, rows, what, seed) is { } other) return Finding.Against(other);
            }
        }

        return Finding.Held;
    }

    /// <summary>Weights that are supported change the model, for each kind of target, with at least one of several seeds.</summary>
    public static Finding WeightsUsed(ILearner learner, LawOptions options)
    {
        if (learner is not ILeafLearner) return Finding.Nil("the capabilities of a composition are those of its parts");
        if (!learner.Capabilities.Weights) return Finding.Nil("it does not support weights");
        var ignored = Kinds.Where(kind => learner.Capabilities.Targets.HasFlag(kind)).Where(kind =>
            !Enumerable.Range(0, Seeds).Select(number => options.Seed.Fork("weights").Fork(number)).Any(seed =>
                Data(learner, kind, seed, options) is var data
                    && (IsConstant(data.Target)
                        || !learner.FitModel(data, seed).Equals(learner.FitModel(Differing(data), seed))))).ToArray();
        return Finding.Unless(ignored.Length == 0, $"weights change nothing for a target of {string.Join(" or ", ignored)}");
    }

    private static bool IsConstant(Target target) => target switch
    {
        Target.Classes classes => classes.Codes.Distinct().Count() < 2,
        Target.Numeric numeric => numeric.Values.Distinct().Count() < 2,
        _ => throw new InvalidOperationException(),
    };

    private static TargetKinds[] Kinds => [TargetKinds.Classes, TargetKinds.Numeric];

    private static IEnumerable<(bool Can, Dataset Rows, string What)> Demands(ILearner learner, TargetKinds kind, Dataset data, Seed seed,
        LawOptions options)
    {
        var can = learner.Capabilities;
        if (WithMissing(data.Frame) is { } missing) yield return (can.MissingValues, data.WithFrame(missing), " with a missing value");
        yield return (true, data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(2.0, data.RowCount))), " of weight 2");
        yield return (can.Weights, Differing(data), " of differing weights");
        yield return (can.Weights, Differing(data).WithWeights(Differing(data).Weights), " of differing importance");
        if (!can.PredictionsOnly)
        {
            var categories = Column.Categorical.Of([.. Enumerable.Range(0, data.RowCount).Select(row => row % 3 == 0 ? "p" : "q")]);
            yield return (can.Categories, data.WithFrame(data.Frame.With("of categories", categories)), " with categories");
            yield break;
        }

        yield return (false, Table(kind, seed), " that no base predicted");
        if (kind == TargetKinds.Classes)
            yield return (can.Categories, Bases.Over(Truth(kind, Codes(), seed), StackMethod.Labels, seed, options.Bases), " of labels");
    }

    private static string? Fault(bool declared, ILearner learner, Dataset data, string what, Seed seed)
    {
        var kind = data.Target is Target.Classes ? "classes" : "numbers";
        var made = from model in learner.FitModel(data, seed)
                   from prediction in model.Predict(data.Frame)
                   select prediction.Count;
        return made.Match(
            _ => declared ? null : $"it takes a target of {kind} and rows{what}, which it does not declare",
            failure => declared ? $"it declares a target of {kind} and rows{what}, but: {failure}" : null);
    }

    private static Dataset Differing(Dataset data) =>
        data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, data.RowCount).Select(row => row % 4 == 0 ? 7.0 : 1.0)));

    // Given tables may have columns that the learner reads by name; only a target of the other kind is replaced.
    private static Dataset Data(ILearner learner, TargetKinds kind, Seed seed, LawOptions options) =>
        options.Data?.Invoke(seed).WithFrequencies(null) is { } given
            ? given.Target is Target.Classes == (kind == TargetKinds.Classes) ? given
                : given.WithTarget(Truth(kind, Codes(given.RowCount), seed))
            : learner.Capabilities.PredictionsOnly
                ? Bases.Over(Truth(kind, Codes(), seed), StackMethod.Probabilities, seed, options.Bases) : Table(kind, seed);

    /// <summary>Two columns of counts, which any learner of numbers takes.</summary>
    private static Dataset Table(TargetKinds kind, Seed seed)
    {
        var stream = seed.Fork("table").Stream();
        var codes = Codes();
        var columns = Enumerable.Range(0, 2).Select(c =>
            ($"x{c}", (Column)Column.Numeric.Of([.. codes.Select(code => code * (c + 1) + 5 * stream.NextDouble())])));
        return new(Frame.Of([.. columns]), Truth(kind, codes, seed));
    }

    private static int[] Codes(int rows = Rows) => [.. Enumerable.Range(0, rows).Select(row => row % 3)];

    private static Target Truth(TargetKinds kind, int[] codes, Seed seed)
    {
        var stream = seed.Fork("target").Stream();
        return kind == TargetKinds.Classes
            ? Target.Classes.Of([.. codes.Select(code => $"c{(stream.Next(5) == 0 ? stream.Next(3) : code)}")])
            : new Target.Numeric(EquatableArray.From(codes.Select(code => 1 + code + stream.NextDouble())));
    }

    /// <summary>The same columns, except for one number of the first of numbers; null without one.</summary>
    private static Frame? WithMissing(Frame frame)
    {
        if (frame.Columns.FirstOrDefault(column => column.Column is Column.Numeric) is not { Column: Column.Numeric first } changed)
            return null;
        var numbers = first.ToArray();
        numbers[Math.Min(3, numbers.Length - 1)] = double.NaN;
        return new(frame.RowCount, EquatableArray.From(frame.Columns.Select(column => column != changed ? column
            : column with { Column = new Column.Numeric(EquatableArray.Own(numbers)) })));
    }
}
