using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

public class NetTests
{
    [Fact]
    public void By_default_it_is_one_normalized_layer_of_64() =>
        Assert.Equal("5 - Dense(64, no bias) - BatchNorm - ReLU", new Net().Body(5).OrThrow().ToString());

    [Fact]
    public void Its_parameters_are_its_layers() => Assert.Equal(
        "5 - Dense(7) - LeakyReLU(0.01) - Dropout(0.25) - Dense(3) - LeakyReLU(0.01) - Dropout(0.25)",
        new Net([7, 3], Activation: NetActivation.LeakyRelu, BatchNorm: false, Dropout: 0.25).Body(5).OrThrow().ToString());

    [Fact]
    public void No_hidden_layer_is_the_linear_model() =>
        Assert.Equal(Network.Of(Shape.Vector(5)), new Net(Hidden: new EquatableArray<int>()).Body(5).OrThrow());

    [Fact]
    public void Of_images_it_is_the_reference_net_in_small() => Assert.Equal(
        "28x28x1 - Conv2D(32, 3x3, no bias) - BatchNorm - ReLU - Conv2D(32, 3x3, no bias) - BatchNorm - ReLU - MaxPool2D(2) - Flatten - "
            + "Dense(128, no bias) - BatchNorm - ReLU",
        new Net([128], [28, 28, 1], [32, 32]).Body(784).OrThrow().ToString());

    [Fact]
    public void Its_training_is_its_parameters() => Assert.Equal(
        new TrainingOptions(9, 16, new Optimizer.Sgd(0.1, 0.9, Nesterov: true, WeightDecay: 1e-4), new Schedule.Constant(),
            ValidationShare: 0.2, EarlyStopping: new(3), Augmentation: new(0.5, Zoom: 0.1)),
        new Net(Epochs: 9, Batch: 16, Optimizer: NetOptimizer.Nesterov, Rate: 0.1, Schedule: NetSchedule.Constant, WeightDecay: 1e-4,
            Patience: 3, ValidationShare: 0.2, Shift: 0.5, Zoom: 0.1).Learner(2).OrThrow().Training);

    [Theory]
    [InlineData(new[] { 8, 8 }, new[] { 4 }, "net: image is [8, 8]. Give height, width and channels, such as [8, 8, 1].")]
    [InlineData(new int[0], new[] { 4 },
        "net: filters are given without an image. Give image as height, width and channels, or leave filters out.")]
    [InlineData(new[] { 8, 8, 1 }, new[] { 4 },
        "net: the network's input is 8x8x1, 64 columns, but the data has 2 columns. Give one column per input, in order, and use no "
            + "preprocessing that drops columns.")]
    [InlineData(new[] { 1, 2, 1 }, new[] { 4 },
        "net: layer 1, Conv2D(4, 3x3, no bias): windows of 3x3 don't fit into 1x2x1. Use a smaller kernel, same padding, or less pooling "
            + "before it.")]
    public void What_does_not_fit_is_refused(int[] image, int[] filters, string message)
    {
        var data =
            new Dataset(Frame.Of(("a", Column.Numeric.Of(1, 2, 3)), ("b", Column.Numeric.Of(3, 1, 2))), new Target.Numeric([1, 2, 3]));
        Assert.Equal(message,
            new Net(null, EquatableArray.Of(image), EquatableArray.Of(filters)).Fit(data, Seed.Of(1))
            .Match(_ => "fitted", failure => failure.ToString()));
    }
}
