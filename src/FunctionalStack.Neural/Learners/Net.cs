namespace FunctionalStack.Neural;

/// <summary>What a <see cref="Net"/> puts after each of its layers.</summary>
public enum NetActivation
{
    Relu,
    LeakyRelu,
    Sigmoid,
    Tanh,
}

/// <summary>How a <see cref="Net"/>'s gradients become weights: the <see cref="Neural.Optimizer"/> of that name, its other numbers usual.</summary>
public enum NetOptimizer
{
    Adam,
    AdamW,
    RmsProp,

    /// <summary>Plain gradient descent.</summary>
    Sgd,

    /// <summary>With momentum 0.9.</summary>
    Momentum,

    /// <summary>With Nesterov's momentum 0.9.</summary>
    Nesterov,
}

/// <summary>What becomes of a <see cref="Net"/>'s learning rate.</summary>
public enum NetSchedule
{
    /// <summary>Half a cosine from the rate to 0 over all epochs.</summary>
    Cosine,

    /// <summary>It stays.</summary>
    Constant,
}

/// <summary>
/// A small net for tables or images, as parameters that a spec can name: the network of <see cref="Body"/>, trained as
/// <see cref="NetworkLearner"/> says. For any other network take that learner itself.
/// </summary>
/// <remarks>Fails where <see cref="NetworkLearner"/> does.</remarks>
/// <param name="Hidden">Units of each dense layer; null for one of 64, empty for none.</param>
/// <param name="Image">Height, width and channels, where the columns are an image's pixels, row by row, channels innermost; empty for a table.</param>
/// <param name="Filters">Of each 3x3 convolution before the dense layers; a 2x2 max-pooling follows the last. Images only.</param>
/// <param name="Activation">After each of these layers.</param>
/// <param name="BatchNorm">Whether each of these layers is normalized before its activation, in place of a bias.</param>
/// <param name="Dropout">After each dense layer's activation; 0 to 1, 1 not among them.</param>
/// <param name="Epochs">Passes over the rows; at least 1.</param>
/// <param name="Batch">Rows at most in a step; at least 1, with batch normalization at least 2.</param>
/// <param name="Optimizer">Which optimizer.</param>
/// <param name="Rate">Its learning rate; above 0.</param>
/// <param name="Schedule">What becomes of it.</param>
/// <param name="WeightDecay">As the optimizer has it; at least 0.</param>
/// <param name="Patience">Stops after so many epochs without a lower loss on validation rows, and keeps the net of the lowest; 0 for all epochs.</param>
/// <param name="ValidationShare">The share of rows that stopping goes by, which no step sees; above 0 and below 1. Not used where <paramref name="Patience"/> is 0.</param>
/// <param name="Snapshots">
/// At least 1. Above 1, the mean of so many nets of one training, each taken where the rate has fallen to 0
/// (<see cref="Neural.Snapshots"/>): divides the epochs, takes the place of <paramref name="Schedule"/>, and doesn't go with patience.
/// </param>
public sealed record Net(
    EquatableArray<int>? Hidden = null,
    EquatableArray<int> Image = default,
    EquatableArray<int> Filters = default,
    NetActivation Activation = NetActivation.Relu,
    bool BatchNorm = true,
    double Dropout = 0,
    int Epochs = 30,
    int Batch = 32,
    NetOptimizer Optimizer = NetOptimizer.Adam,
    double Rate = 1e-3,
    NetSchedule Schedule = NetSchedule.Cosine,
    double WeightDecay = 0,
    int Patience = 0,
    double ValidationShare = 0.1,
    int Snapshots = 1) : ILeafLearner
{
    private static readonly EquatableArray<int> UsualHidden = [64];

    public string Name => "net";

    public Capabilities Capabilities => new();

    public EquatableArray<Failure> Validate()
    {
        var faults = Ensure.All(
            Name,
            [
                .. Units.Select(units => Ensure.That(units >= 1, "one of hidden", units, "whole numbers of at least 1")),
                Ensure.That(
                    Image.Count is 0 or 3 && Image.All(side => side >= 1), "image", Image, "height, width and channels, such as [8, 8, 1]"),
                .. Filters.Select(filters => Ensure.That(filters >= 1, "one of filters", filters, "whole numbers of at least 1")),
                Filters.Count == 0 || Image.Count > 0
                    ? null
                    : new Failure(
                        "", "filters are given, but no image for them", "Give image as height, width and channels, or leave filters out."),
                Ensure.Defined("activation", Activation),
                Ensure.That(Dropout is >= 0 and < 1, "dropout", Dropout, "a number of at least 0 and below 1"),
                Ensure.AtLeast("epochs", Epochs, 1),
                Ensure.AtLeast("batch", Batch, 1),
                Ensure.Defined("optimizer", Optimizer),
                Ensure.Positive("rate", Rate, suchAs: 0.001),
                Ensure.Defined("schedule", Schedule),
                Ensure.NotNegative("weightDecay", WeightDecay),
                Ensure.AtLeast("patience", Patience, 0),
                Patience > 0 ? Ensure.Between("validationShare", ValidationShare) : null,
                Ensure.Count("snapshots", Snapshots),
            ]);

        // What is left is how the layers fit one another; of a table, the number of columns decides nothing of that.
        if (faults.Count > 0) return faults;
        return Learner(Image.Aggregate(1, (sides, side) => sides * side)).Match(learner => learner.Validate(), fault => [fault]);
    }

    // More columns may yet be dropped; fewer never do.
    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) => Image.Count == 3 && Image.Aggregate(1L, (sides, side) => sides * side) is var needed and < int.MaxValue
        && columns.Columns.Count < needed && Learner((int)needed) is Outcome<NetworkLearner>.Ok { Value: var learner } && learner.Fault(columns.Columns.Count) is { } fault
        ? [fault]
        : default;

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Learner(data.Frame.Columns.Count).Bind(learner => learner.FitLeaf(data, seed));

    /// <summary>
    /// What is fitted to so many columns. Fails where <see cref="Image"/> is not three numbers, and on filters without one.
    /// </summary>
    public Outcome<NetworkLearner> Learner(int columns) => Body(columns).Map(body => new NetworkLearner(body, Training, Snapshots));

    /// <summary>All layers but the last, which the target decides. A first 3x3 convolution stands for each filter count, a dense layer for each unit count.</summary>
    public Outcome<Network> Body(int columns) => Input(columns).Map(input => new Network(input, EquatableArray.From(
        Filters.SelectMany(filters => Block(new Layer.Conv2D(filters, Bias: !BatchNorm)))
            .Concat(Filters.Count > 0 ? [new Layer.MaxPool2D()] : [])
            .Concat(input.IsVector ? [] : [new Layer.Flatten()])
            .Concat(Units.SelectMany(units =>
                Block(new Layer.Dense(units, Bias: !BatchNorm)).Concat(Dropout == 0 ? [] : [new Layer.Dropout(Dropout)]))))));

    private EquatableArray<int> Units => Hidden ?? UsualHidden;

    private Outcome<Shape> Input(int columns) => Image.Count switch
    {
        0 when Filters.Count > 0 => Outcome.Fail<Shape>(Name, "filters are given, but no image for them", "Give image as height, width and channels, or leave filters out."),
        0 => Outcome.Ok(Shape.Vector(columns)),
        3 => Outcome.Ok(new Shape(Image[0], Image[1], Image[2])),
        _ => Outcome.Fail<Shape>(Name, $"image is {Image}", "Give height, width and channels, such as [8, 8, 1]."),
    };

    private IEnumerable<Layer> Block(Layer layer) =>
    [
        layer,
        .. BatchNorm ? (Layer[])[new Layer.BatchNorm()] : [],
        Activation switch
        {
            NetActivation.Relu => new Layer.ReLU(),
            NetActivation.LeakyRelu => new Layer.LeakyReLU(),
            NetActivation.Sigmoid => new Layer.Sigmoid(),
            NetActivation.Tanh => new Layer.Tanh(),
            _ => throw new InvalidOperationException(),
        },
    ];

    private TrainingOptions Training => new(
        Epochs,
        Batch,
        Rule,
        Schedule == NetSchedule.Cosine ? new Neural.Schedule.Cosine(Epochs) : new Neural.Schedule.Constant(),
        ValidationShare: Patience == 0 ? 0 : ValidationShare,
        EarlyStopping: Patience == 0 ? null : new(Patience));

    private Neural.Optimizer Rule => Optimizer switch
    {
        NetOptimizer.Adam => new Neural.Optimizer.Adam(Rate, WeightDecay: WeightDecay),
        NetOptimizer.AdamW => new Neural.Optimizer.AdamW(Rate, WeightDecay: WeightDecay),
        NetOptimizer.RmsProp => new Neural.Optimizer.RmsProp(Rate, WeightDecay: WeightDecay),
        NetOptimizer.Sgd => new Neural.Optimizer.Sgd(Rate, WeightDecay: WeightDecay),
        NetOptimizer.Momentum => new Neural.Optimizer.Sgd(Rate, 0.9, WeightDecay: WeightDecay),
        NetOptimizer.Nesterov => new Neural.Optimizer.Sgd(Rate, 0.9, Nesterov: true, WeightDecay),
        _ => throw new InvalidOperationException(),
    };
}
