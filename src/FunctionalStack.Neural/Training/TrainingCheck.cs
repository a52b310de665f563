namespace FunctionalStack.Neural;

/// <summary>A training whose parts fit one another.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Loss">What it is measured by.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Train">What the steps see.</param>
/// <param name="Validation">What early stopping goes by.</param>
/// <param name="Test">What the history tells besides.</param>
/// <param name="Steps">Steps an epoch.</param>
internal sealed record CheckedTraining(
    NetworkPlan Plan, LossKind Loss, TrainingOptions Options, MeasuredExamples Train, MeasuredExamples? Validation, MeasuredExamples? Test, int Steps)
{
    public Optimizer Optimizer { get; } = Options.Optimizer ?? new Optimizer.Adam();

    public Schedule Schedule { get; } = Options.Schedule ?? new Schedule.Constant();
}

/// <summary>Examples with their targets as the loss reads them.</summary>
/// <param name="Inputs">What the network reads.</param>
/// <param name="Targets">What is to be said.</param>
/// <param name="Weights">Of mean 1; null where all weigh the same.</param>
internal sealed record MeasuredExamples(Examples Inputs, Targets Targets, float[]? Weights = null)
{
    public int Count => Inputs.Count;

    /// <summary>Fails where they don't fit the network or the loss, or hold numbers that are not finite.</summary>
    public static Outcome<MeasuredExamples> Of(NetworkPlan plan, LossKind loss, LabelledExamples examples) =>
        from weighing in Weighing(examples)
        from inputs in TrainingCheck.Fitting(plan, weighing.Inputs)
        from targets in Neural.Targets.Of(weighing.Target, loss, plan.Output)
        select new MeasuredExamples(inputs, targets, Relative(weighing.Roles.Weights));

    // An example of weight 0 is as good as absent: it has no part in a batch's moments either.
    private static Outcome<LabelledExamples> Weighing(LabelledExamples examples) =>
        examples.Roles.Weights is not { } weights ? Outcome.Ok(examples)
        : weights.Any(weight => !(weight >= 0 && double.IsFinite(weight)))
            ? Outcome.Fail<LabelledExamples>("weights", "one is negative or not finite", "Give finite weights of at least 0.")
        : TrainingRows.RowsOfWeight(examples.Roles, "weights").Map(rows => rows.Count < examples.Count ? examples.Take(rows) : examples);

    // Only ratios count, so that no unit of weights is another rate.
    private static float[]? Relative(EquatableArray<double>? weights)
    {
        if (weights is not { Count: > 0 } given || given.All(weight => weight == given[0])) return null;
        var mean = given.Average();
        return [.. given.Select(weight => (float)(weight / mean))];
    }
}

internal static class TrainingCheck
{
    public static Outcome<CheckedTraining> Of(Network network, TrainingData data, TrainingOptions options, Seed seed) =>
        from plan in network.Check()
        from _ in Fault(options, plan) is { } failure ? new Outcome<int>.Fail(failure) : Outcome.Ok(0)
        from split in Split(data, options, seed)
        let loss = options.Loss ?? Head.LossOf(data.Train.Target)
        from train in MeasuredExamples.Of(plan, loss, split.Train).At("training examples")
        from validation in Perhaps(plan, loss, split.Validation, "validation examples")
        from test in Perhaps(plan, loss, split.Test, "test examples")
        from steps in Steps(plan, options, train.Count)
        from room in Room(plan, loss, options, train)
        select new CheckedTraining(plan, loss, options, train, validation, test, steps);

    /// <summary>The examples, if a network can read them.</summary>
    public static Outcome<Examples> Fitting(NetworkPlan plan, Examples examples) =>
        examples.Shape != plan.Network.Input ? Fail<Examples>("", $"they are {examples.Shape}, the network reads {plan.Network.Input}", "Bring examples of the network's input shape, or make the network for these.")
        : examples.Count == 0 ? Fail<Examples>("", "there are none", "Bring at least one.")
        : examples.FirstNotFinite() is { } row ? Fail<Examples>($"row {row}", "it holds NaN or infinity", "Leave the row out, or fill its gaps.")
        : Outcome.Ok(examples);

    /// <summary>Why a training batch of so many examples has no variance, if so: the layer that would need one.</summary>
    public static Node? WithoutVariance(NetworkPlan plan, int rows) =>
        rows > 1 ? null : plan.Nodes.FirstOrDefault(node => node.Layer is Layer.BatchNorm && node.Input.Pixels == 1);

    public static Failure OneNumber(Node node) => new(
        node.Name, "a batch of 1 example has one number a channel here: its variance is 0, and the unbiased one, m/(m-1) times it, divides by 0", "Take batches of at least 2.");

    private static Outcome<MeasuredExamples?> Perhaps(NetworkPlan plan, LossKind loss, LabelledExamples? examples, string where) =>
        examples is null ? Outcome.Ok<MeasuredExamples?>(null) : MeasuredExamples.Of(plan, loss, examples).Map<MeasuredExamples?>(all => all).At(where);

    /// <summary>What is wrong with the options, whatever the examples.</summary>
    public static Failure? Fault(TrainingOptions options, NetworkPlan plan) => options switch
    {
        { Epochs: < 1 } => Refuse($"{options.Epochs} epochs were asked for", "Ask for at least 1."),
        { Batch: < 1 } => Refuse($"batches of {options.Batch} were asked for", "Ask for at least 1 example."),
        { ValidationShare: not (>= 0 and < 1) } => Refuse($"a share of {options.ValidationShare} was to be split off for validation", "Name a share of 0 up to below 1."),
        { EarlyStopping.Patience: < 1 and var patience } => Refuse($"a patience of {patience} epochs", "Give at least 1."),
        { EarlyStopping.LeastGain: not (>= 0 and < double.PositiveInfinity) and var gain } => Refuse($"a least gain of {gain}", "Give a finite number of at least 0."),
        { Optimizer.Flaw: { } flaw } => Refuse($"{flaw}", "Give the optimizer numbers in their ranges."),
        { Schedule.Flaw: { } flaw } => Refuse($"{flaw}", "Give the schedule numbers in their ranges."),
        _ => WithoutVariance(plan, options.Batch) is { } node ? OneNumber(node) : null,
    };

    internal static Outcome<TrainingData> Split(TrainingData data, TrainingOptions options, Seed seed)
    {
        if (options.ValidationShare == 0)
        {
            return options.EarlyStopping is not null && data.Validation is null
                ? Fail<TrainingData>("training options", "early stopping needs validation examples, but there are none", "Give some, or a validation share.")
                : Outcome.Ok(data);
        }

        return data.Validation is not null
            ? Fail<TrainingData>("training options", $"validation examples are given, and a share of {options.ValidationShare} was to be split off besides", "Use one of the two.")
            : new FoldPlan.Validation(options.ValidationShare, seed.Fork("validation")).Split(data.Train.Roles).At("training examples")
                .Map(folds => data with { Train = data.Train.Take(folds[0].Train), Validation = data.Train.Take(folds[0].Holdout) });
    }

    private static Outcome<int> Steps(NetworkPlan plan, TrainingOptions options, int count)
    {
        if (options.Batch > count) return Fail<int>("training options", $"batches of {options.Batch} were asked for, but there are only {count} training examples", $"Ask for at most {count}.");
        var steps = (count - 1) / options.Batch + 1;
        return WithoutVariance(plan, count - (steps - 1) * options.Batch) is { } node
            ? new Outcome<int>.Ok(steps - 1, [new Note(node.Name, "each epoch's last batch would have 1 example, and so no variance here: it is left out")])
            : Outcome.Ok(steps);
    }

    // Laying out takes no memory: a batch that no arena holds is refused before anything is opened, by arithmetic alone.
    private static Outcome<int> Room(NetworkPlan plan, LossKind loss, TrainingOptions options, MeasuredExamples train)
    {
        if (Fits(options.Batch)) return Outcome.Ok(options.Batch);
        var (fits, not) = (0, options.Batch);
        while (not - fits > 1)
        {
            var middle = fits + (not - fits) / 2;
            if (Fits(middle)) fits = middle;
            else not = middle;
        }

        return fits == 0
            ? Fail<int>("training options", "the network needs more than the 2^31 numbers that can be addressed, even for batches of 1",
                "Take smaller examples or a smaller network.")
            : Fail<int>("training options", $"batches of {options.Batch} need more than the 2^31 numbers that can be addressed",
                $"Ask for at most {fits}.");

        bool Fits(int batch)
        {
            try
            {
                Compiler.ForTraining(plan, batch, loss, (options.Optimizer ?? new Optimizer.Adam()).Slots, new TrainingRun().Window,
                    train.Weights is not null);
                return true;
            }
            catch (DeviceException)
            {
                return false;
            }
        }
    }

    private static Failure Refuse(string what, string remedy) => new("training options", what, remedy);

    private static Outcome<T> Fail<T>(string where, string what, string remedy) => Outcome.Fail<T>(where, what, remedy);
}
