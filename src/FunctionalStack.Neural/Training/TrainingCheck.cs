namespace FunctionalStack.Neural;

/// <summary>A checked training: all parts fit together.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Options">The options.</param>
/// <param name="Train">The training examples.</param>
/// <param name="Validation">The validation examples, for early stopping.</param>
/// <param name="Test">The test examples, for the history.</param>
/// <param name="Steps">Steps per epoch.</param>
internal sealed record CheckedTraining(
    NetworkPlan Plan, LossKind Loss, TrainingOptions Options, MeasuredExamples Train, MeasuredExamples? Validation, MeasuredExamples? Test,
        int Steps)
{
    public Optimizer Optimizer { get; } = Options.OptimizerOrAdam;

    public Schedule Schedule { get; } = Options.Schedule ?? new Schedule.Constant();
}

/// <summary>Examples with their targets in the form that the loss reads.</summary>
/// <param name="Inputs">The network's inputs.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Weights">Weights of mean 1; null if all are equal.</param>
internal sealed record MeasuredExamples(Examples Inputs, Targets Targets, float[]? Weights = null)
{
    public int Count => Inputs.Count;

    /// <summary>Fails if they do not fit the network or the loss, or hold values that are not finite.</summary>
    public static Outcome<MeasuredExamples> Of(NetworkPlan plan, LossKind loss, LabelledExamples examples) =>
        from weighing in Weighing(examples)
        from inputs in TrainingCheck.Fitting(plan, weighing.Inputs)
        from targets in Neural.Targets.Of(weighing.Target, loss, plan.Output)
        select new MeasuredExamples(inputs, targets, Relative(weighing.Roles.Weights));

    // Examples of weight 0 are dropped, so that they do not contribute to a batch's moments either.
    private static Outcome<LabelledExamples> Weighing(LabelledExamples examples) =>
        examples.Roles.Weights is not { } weights ? Outcome.Ok(examples)
        : weights.Any(weight => !(weight >= 0 && double.IsFinite(weight)))
            ? Outcome.Fail<LabelledExamples>("weights", "one is negative or not finite", "Give finite weights of at least 0.")
        : TrainingRows.RowsOfWeight(examples.Roles, "weights").Map(rows => rows.Count < examples.Count ? examples.Take(rows) : examples);

    // Only ratios matter, so that the scale of the weights does not change the learning rate.
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

    /// <summary>The examples, if the network can read them.</summary>
    public static Outcome<Examples> Fitting(NetworkPlan plan, Examples examples) =>
        examples.Shape != plan.Network.Input
            ? Fail<Examples>("", $"their shape is {examples.Shape}, but the network's input is {plan.Network.Input}",
                "Give examples of the network's input shape, or build the network for this shape.")
        : examples.Count == 0 ? Fail<Examples>("", "there are none", "Give at least one.")
        : examples.FirstNotFinite() is { } row
        ? Fail<Examples>($"row {row}", "it holds NaN or infinity", "Remove the row, or impute its missing values.")
        : Outcome.Ok(examples);

    /// <summary>The layer that needs a variance which a training batch of <paramref name="rows"/> examples does not have; null if
    /// none.</summary>
    public static Node? WithoutVariance(NetworkPlan plan, int rows) =>
        rows > 1 ? null : plan.Nodes.FirstOrDefault(node => node.Layer is Layer.BatchNorm && node.Input.Pixels == 1);

    public static Failure OneNumber(Node node) => new(
        node.Name,
            "a batch of 1 example has one value per channel here: its variance is 0, and the unbiased variance, m/(m-1) times it, "
                + "divides by 0", "Use batches of at least 2.");

    private static Outcome<MeasuredExamples?> Perhaps(NetworkPlan plan, LossKind loss, LabelledExamples? examples, string where) =>
        examples is null
            ? Outcome.Ok<MeasuredExamples?>(null) : MeasuredExamples.Of(plan, loss, examples).Map<MeasuredExamples?>(all => all).At(where);

    /// <summary>What is wrong with the options, independent of the examples.</summary>
    public static Failure? Fault(TrainingOptions options, NetworkPlan plan) => options switch
    {
        { Epochs: < 1 } => Refuse($"epochs is {options.Epochs}", "Give at least 1."),
        { Batch: < 1 } => Refuse($"the batch is {options.Batch}", "Give at least 1 example."),
        { ValidationShare: not (>= 0 and < 1) } =>
            Refuse($"the validation share is {options.ValidationShare}", "Give at least 0 and below 1."),
        { EarlyStopping.Patience: < 1 and var patience } => Refuse($"the patience is {patience} epochs", "Give at least 1."),
        { EarlyStopping.LeastGain: not (>= 0 and < double.PositiveInfinity) and var gain } =>
            Refuse($"the least gain is {gain}", "Give a finite number of at least 0."),
        { Optimizer.Flaw: { } flaw } => Refuse($"{flaw}", "Give the optimizer hyperparameters in their ranges."),
        { Schedule.Flaw: { } flaw } => Refuse($"{flaw}", "Give the schedule parameters in their ranges."),
        { Augmentation: { } augmentation } when augmentation.Fault(plan.Network.Input) is { } fault => fault,
        _ => WithoutVariance(plan, options.Batch) is { } node ? OneNumber(node) : null,
    };

    internal static Outcome<TrainingData> Split(TrainingData data, TrainingOptions options, Seed seed)
    {
        if (options.ValidationShare == 0)
        {
            return options.EarlyStopping is not null && data.Validation is null
                ? Fail<TrainingData>("training options", "early stopping needs validation examples, but there are none",
                    "Give some, or a validation share.")
                : Outcome.Ok(data);
        }

        return data.Validation is not null
            ? Fail<TrainingData>("training options",
                $"validation examples are given, and the validation share is {options.ValidationShare} too", "Use one of the two.")
            : new FoldPlan.Validation(options.ValidationShare, seed.Fork("validation")).Split(data.Train.Roles).At("training examples")
                .Map(folds => data with { Train = data.Train.Take(folds[0].Train), Validation = data.Train.Take(folds[0].Holdout) });
    }

    private static Outcome<int> Steps(NetworkPlan plan, TrainingOptions options, int count)
    {
        if (options.Batch > count)
            return Fail<int>("training options", $"the batch is {options.Batch}, but there are only {count} training examples",
                $"Give at most {count}.");
        var steps = (count - 1) / options.Batch + 1;
        return WithoutVariance(plan, count - (steps - 1) * options.Batch) is { } node
            ? new Outcome<int>.Ok(steps - 1,
                [new Note(node.Name, "the last batch of each epoch would have 1 example, and therefore no variance here: it is left out")])
            : Outcome.Ok(steps);
    }

    // Compiling takes no memory: a batch that no arena can hold is refused before anything is opened, by arithmetic alone.
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
            ? Fail<int>("training options", "the network needs more than the 2^31 elements that can be addressed, even for batches of 1",
                "Use smaller examples or a smaller network.")
            : Fail<int>("training options", $"batches of {options.Batch} need more than the 2^31 elements that can be addressed",
                $"Give at most {fits}.");

        bool Fits(int batch)
        {
            try
            {
                Compiler.ForTraining(plan, batch, loss, options.OptimizerOrAdam.Slots, new TrainingRun().Window,
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
