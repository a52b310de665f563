using FunctionalStack.Neural.Host;

namespace FunctionalStack.Neural;

/// <summary>
/// A network as a learner. After <see cref="Body"/> it adds the layer that the target needs: softmax over the classes
/// present, trained with cross-entropy, or one output, trained with squared error on the standardized target. Vectors are
/// standardized per column, images by one mean and standard deviation of all pixels. After training, batch normalization's
/// moments are those of the training rows (<see cref="PopulationMoments"/>): with few rows there are too few steps for moving averages.
/// </summary>
/// <remarks>
/// It computes on the calling thread alone, so that the nets of a stack can run in parallel. Classes absent from the training
/// rows get probability 0; if only one class is present, it gets probability 1. Weights multiply the losses of the rows, in
/// training and in validation; only their ratios matter. The validation rows of early stopping are those of
/// <see cref="FoldPlan.Validation"/>, which respects groups and time. Fitting fails if the number of columns is not the
/// network's input size, if training diverges, and if a column is not numeric and finite.
/// </remarks>
/// <param name="Body">All layers except the last; its input is the columns in their order.</param>
/// <param name="Training">How it is trained. If there are fewer rows than <see cref="TrainingOptions.Batch"/>, each step uses all
/// rows.</param>
/// <param name="Snapshots">
/// Above 1, the model is an <see cref="AveragedModel"/> of this number of <see cref="Neural.Snapshots"/>. Their cycles share the
/// epochs and replace the schedule.
/// </param>
public sealed record NetworkLearner(Network Body, TrainingOptions Training, int Snapshots = 1) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "net";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    Complexity ILearner.Complexity => Complexity.Network;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Body.Check().Match(
        plan => Ensure.All(
            Name,
            TrainingCheck.Fault(Training, plan),
            Training.EarlyStopping is not null && Training.ValidationShare == 0
                ? new Failure(
                    "training options", "early stopping needs validation examples, but there are none", "Give a validation share.")
                : null,
            Snapshots == 1 ? null : Neural.Snapshots.Fault(Training, Snapshots)),
        fault => [fault.At(Name)]);

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, Name)
        from rows in TrainingRows.Of(kept, Name)
        from _ in Takes(rows)
        from body in Body.Check().At(Name)
        let roles = kept.Roles with { Folds = null, Weights = Differ(kept.Weights) ? kept.Weights : null }
        from inputs in Body.Input.IsVector ? StandardInputs.OfColumns(rows.Features, roles.Weights)
            : StandardInputs.OfPixels(rows.Features, roles.Weights)
        from model in roles.Target switch
        {
            Target.Classes classes => Classifier(rows, roles, classes, body, inputs, seed),
            Target.Numeric values => Estimator(rows, roles, values, body, inputs, seed),
            _ => throw new InvalidOperationException(),
        }
        select model;

    private static bool Differ(EquatableArray<double>? weights) => weights is { } given && given.Any(weight => weight != given[0]);

    private Outcome<IModel> Classifier(TrainingRows rows, Roles roles, Target.Classes target, NetworkPlan body, StandardInputs inputs,
        Seed seed)
    {
        var levels = target.Levels.At(target.Present());
        var place = target.Levels.Select(level => Array.IndexOf(levels.ToArray(), level)).ToArray();
        var present = new Target.Classes(levels, EquatableArray.From(target.Codes.Select(code => place[code])));
        var network = Over(body, new Layer.Dense(levels.Count), new Layer.Softmax());

        // The softmax of one output is always 1: there is nothing to train.
        var variables = levels.Count == 1
            ? network.Check().Map(plan => EquatableArray.Of(Variables.Initial(plan, seed)))
            : TrainedNetwork(network, rows, inputs, roles with { Target = present }, seed);
        return variables.Map(taken => Mean(taken, learned => new NetClassifierModel(inputs, target.Levels, new(network, learned, levels))));
    }

    private Outcome<IModel> Estimator(TrainingRows rows, Roles roles, Target.Numeric target, NetworkPlan body, StandardInputs inputs,
        Seed seed) =>
        from moments in StandardInputs.Of("target", target.Values.ToArray(), roles.Weights?.ToArray())
        let standard =
            new Target.Numeric(EquatableArray.From(target.Values.Select(y =>
                moments.Deviation == 0 ? 0 : (y - moments.Mean) / moments.Deviation)))
        let network = Over(body, new Layer.Dense(1))
        from variables in TrainedNetwork(network, rows, inputs, roles with { Target = standard }, seed)
        select Mean(variables, learned => new NetEstimatorModel(inputs, moments.Mean, moments.Deviation, new(network, learned, default)));

    private static IModel Mean(EquatableArray<Variables> taken, Func<Variables, IModel> model) =>
        taken.Count == 1 ? model(taken[0]) : new AveragedModel(EquatableArray.From(taken.Select(model)));

    private Outcome<EquatableArray<Variables>> TrainedNetwork(Network network, TrainingRows rows, StandardInputs inputs, Roles roles,
        Seed seed)
    {
        using var backend = new HostBackend(1);
        var examples = new Examples.Floats(network.Input, EquatableArray.Own(inputs.Read(rows.Features)));
        var learned =
            from data in TrainingCheck.Split(new LabelledExamples(examples, roles), Training, seed)
            let batch = Math.Min(Training.Batch, data.Train.Count)
            let options = Training with { Batch = batch, ValidationShare = 0, Moments = MomentsKind.Population }
            from taken in Snapshots == 1
                ? Neural.Training.Fit(backend, network, data, options, seed).Map(trained => EquatableArray.Of(trained.Variables))
                : Neural.Snapshots.Fit(backend, network, data, options, Snapshots, seed)
            select taken;
        return learned.At(Name);
    }

    private static Network Over(NetworkPlan body, params Layer[] head) =>
        body.Network with { Layers = [.. body.Network.Layers, .. body.Output.IsVector ? (Layer[])[] : [new Layer.Flatten()], .. head] };

    private Outcome<TrainingRows> Takes(TrainingRows rows) =>
        Fault(rows.Features.ColumnCount) is { } fault ? new Outcome<TrainingRows>.Fail(fault) : Outcome.Ok(rows);

    /// <summary>Why it cannot be fitted to data with this number of columns; null if it can.</summary>
    internal Failure? Fault(int columns) =>
        columns == 0 ? new(Name, "there are no columns", "Give at least one.")
        : columns != Body.Input.Size
            ? new(Name, $"the network's input is {Body.Input}, {Body.Input.Size} columns, but the data has {columns} columns",
                "Give one column per input, in order, and use no preprocessing that drops columns.")
            : null;
}
