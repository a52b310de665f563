namespace FunctionalStack.Neural;

/// <summary>The activation after each hidden layer of a <see cref="Net"/>.</summary>
public enum NetActivation
{
    /// <summary>max(u, 0).</summary>
    Relu,

    /// <summary>u above 0, else 0.01 * u.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + exp(-u)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>The optimizer of a <see cref="Net"/>: the <see cref="Neural.Optimizer"/> of that name with its default
/// hyperparameters.</summary>
public enum NetOptimizer
{
    /// <summary><see cref="Neural.Optimizer.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Neural.Optimizer.AdamW"/>.</summary>
    AdamW,

    /// <summary><see cref="Neural.Optimizer.RmsProp"/>.</summary>
    RmsProp,

    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent with momentum 0.9.</summary>
    Momentum,

    /// <summary>Stochastic gradient descent with Nesterov momentum 0.9.</summary>
    Nesterov,
}

/// <summary>The learning rate schedule of a <see cref="Net"/>.</summary>
public enum NetSchedule
{
    /// <summary>Cosine decay from the rate to 0 over all epochs.</summary>
    Cosine,

    /// <summary>The rate does not change.</summary>
    Constant,
}

/// <summary>
/// A small net for tables or images, with parameters that a spec can name: the network of <see cref="Body"/>, trained by
/// <see cref="NetworkLearner"/>. For any other network use that learner itself.
/// </summary>
/// <remarks>Fails where <see cref="NetworkLearner"/> fails.</remarks>
/// <param name="Hidden">The units of each dense layer, at least 1 each. Null for one layer of 64, empty for none.</param>
/// <param name="Image">Height, width and channels, if the columns are an image's pixels: row by row, channels innermost. Empty for a
/// table.</param>
/// <param name="Filters">The filters of each 3x3 convolution before the dense layers, at least 1 each; a 2x2 max pooling follows the last.
/// Images only.</param>
/// <param name="Activation">The activation after each of these layers.</param>
/// <param name="BatchNorm">Whether each of these layers has batch normalization before its activation, instead of a bias.</param>
/// <param name="Dropout">The dropout rate after each dense layer's activation; at least 0 and below 1.</param>
/// <param name="Epochs">Passes over the training rows; at least 1.</param>
/// <param name="Batch">Maximum number of rows per step; at least 1, with batch normalization at least 2.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Rate">Its learning rate; above 0.</param>
/// <param name="Schedule">The learning rate schedule.</param>
/// <param name="WeightDecay">The weight decay of the optimizer; at least 0.</param>
/// <param name="Patience">Early stopping: training stops after this number of epochs without a lower validation loss, and the net with the
/// lowest loss is kept. 0 to train all epochs.</param>
/// <param name="ValidationShare">The share of rows held out for early stopping; above 0 and below 1. Not used if
/// <paramref name="Patience"/> is 0.</param>
/// <param name="Snapshots">
/// At least 1. Above 1, the model averages this number of nets from one training. Each is taken when the learning rate has
/// fallen to 0 (<see cref="Neural.Snapshots"/>). It must divide the epochs, replaces <paramref name="Schedule"/>, and cannot
/// be combined with <paramref name="Patience"/>.
/// </param>
/// <param name="Shift">Images only: the largest random shift of a training image in pixels (<see cref="Augmentation"/>); at least 0 and
/// below the image's height and width.</param>
/// <param name="Rotation">Images only: the largest random rotation of a training image in degrees; 0 to 180.</param>
/// <param name="Zoom">Images only: the largest random change of a training image's size, as a share; at least 0 and below 1.</param>
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
    int Snapshots = 1,
    double Shift = 0,
    double Rotation = 0,
    double Zoom = 0) : ILeafLearner
{
    private static readonly EquatableArray<int> UsualHidden = [64];

    /// <inheritdoc/>
    public string Name => "net";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    Complexity ILearner.Complexity => Complexity.Network;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate()
    {
        var faults = Ensure.All(
            Name,
            [
                .. Units.Select(units => Ensure.That(units >= 1, "one of hidden", units, "integers of at least 1")),
                Ensure.That(
                    Image.Count is 0 or 3 && Image.All(side => side >= 1), "image", Image, "height, width and channels, such as [8, 8, 1]"),
                .. Filters.Select(filters => Ensure.That(filters >= 1, "one of filters", filters, "integers of at least 1")),
                Filters.Count == 0 || Image.Count > 0
                    ? null
                    : new Failure(
                        "", "filters are given without an image", "Give image as height, width and channels, or leave filters out."),
                Ensure.Defined("activation", Activation),
                Ensure.That(Dropout is >= 0 and < 1, "dropout", Dropout, "a number of at least 0 and below 1"),
                Ensure.AtLeast("epochs", Epochs, 1),
                Ensure.AtLeast("batch", Batch, 1),
                Ensure.Defined("optimizer", Optimizer),
                Ensure.Positive("rate", Rate, suchAs: 0.001),
                Ensure.Defined("schedule", Schedule),
                Ensure.NotNegative("weightDecay", WeightDecay),
                Ensure.AtLeast("patience", Patience, 0),
                Ensure.Between("validationShare", ValidationShare),
                Ensure.Count("snapshots", Snapshots),
                Ensure.NotNegative("shift", Shift),
                Ensure.That(Rotation is >= 0 and <= 180, "rotation", Rotation, "degrees from 0 to 180"),
                Ensure.That(Zoom is >= 0 and < 1, "zoom", Zoom, "a number of at least 0 and below 1"),
                Augmentation is null || Image.Count > 0
                    ? null
                    : new Failure("", "shift, rotation or zoom are given without an image",
                        "Give image as height, width and channels, or leave them out."),
            ]);

        // The layers must also fit each other. For a table this does not depend on the number of columns.
        if (faults.Count > 0) return faults;
        return Learner(Image.Aggregate(1, (sides, side) => sides * side)).Match(learner => learner.Validate(), fault => [fault]);
    }

    // Preprocessing may drop columns, so more may be given than the image has; never fewer.
    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) =>
        Image.Count == 3 && Image.Aggregate(1L, (sides, side) => sides * side) is var needed and < int.MaxValue
        && columns.Columns.Count < needed && Learner((int)needed) is Outcome<NetworkLearner>.Ok { Value: var learner }
        && learner.Fault(columns.Columns.Count) is { } fault
        ? [fault]
        : default;

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        Learner(data.Frame.Columns.Count).Bind(learner => learner.FitLeaf(data, seed));

    /// <summary>
    /// The learner for data with this number of columns. Fails if <see cref="Image"/> is not three integers, and if there are
    /// filters without an image.
    /// </summary>
    public Outcome<NetworkLearner> Learner(int columns) => Body(columns).Map(body => new NetworkLearner(body, Training, Snapshots));

    /// <summary>All layers except the last, which depends on the target: a 3x3 convolution per filter count, then a dense layer per unit
    /// count. Fails as <see cref="Learner"/> does.</summary>
    public Outcome<Network> Body(int columns) => Input(columns).Map(input => new Network(input, EquatableArray.From(
        Filters.SelectMany(filters => Block(new Layer.Conv2D(filters, Bias: !BatchNorm)))
            .Concat(Filters.Count > 0 ? [new Layer.MaxPool2D()] : [])
            .Concat(input.IsVector ? [] : [new Layer.Flatten()])
            .Concat(Units.SelectMany(units =>
                Block(new Layer.Dense(units, Bias: !BatchNorm)).Concat(Dropout == 0 ? [] : [new Layer.Dropout(Dropout)]))))));

    private EquatableArray<int> Units => Hidden ?? UsualHidden;

    private Outcome<Shape> Input(int columns) => Image.Count switch
    {
        0 when Filters.Count > 0 =>
            Outcome.Fail<Shape>(Name, "filters are given without an image",
                "Give image as height, width and channels, or leave filters out."),
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
        EarlyStopping: Patience == 0 ? null : new(Patience),
        Augmentation: Augmentation);

    private Augmentation? Augmentation => Augmentation.Of(Shift, Rotation, Zoom);

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
