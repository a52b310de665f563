using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

/// <summary>The reference net of the experiments, without the softmax.</summary>
internal static class ReferenceNet
{
    public static Sequential Model(double momentum = 0.1, double epsilon = 1e-5) => Sequential(
        ("conv1", Conv2d(1, 32, 3, bias: false)), ("norm1", BatchNorm2d(32, epsilon, momentum)), ("relu1", ReLU()),
        ("conv2", Conv2d(32, 32, 3, bias: false)), ("norm2", BatchNorm2d(32, epsilon, momentum)), ("relu2", ReLU()), ("pool", MaxPool2d(2)),
        ("flatten", Flatten()),
        ("dense1", Linear(4608, 128, hasBias: false)), ("norm3", BatchNorm1d(128, epsilon, momentum)), ("relu3", ReLU()),
        ("dense2", Linear(128, 10)));
}
