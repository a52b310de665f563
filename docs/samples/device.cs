// The compute backend is chosen at run time: the same net, trained on each device of this machine by the same call.
//   dotnet run docs/samples/device.cs [auto|host|cuda|cuda:1|opencl|ilgpu-cpu]
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:project ../../gpu-kernels/FunctionalStack.Gpu/FunctionalStack.Gpu.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.Gpu;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using static FunctionalStack.Neural.Layer;

// 'host' is managed SIMD code and always there. 'ilgpu-cpu' runs the GPU's kernels on the CPU: slow, for tests. A GPU needs
// its driver and nothing else.
foreach (var found in Device.List())
    Console.WriteLine($"{found.Id,-10} {(found.Available ? found.Name : $"not available: {found.Reason}")}");

// Handwritten digits of 8 x 8 pixels, which come with the library: 300 of them, as images and as classes.
var digits = EmbeddedData.Digits.ToDataset("digit").OrThrow();
var pixels = EquatableArray.From(FeatureMatrix.Of(digits.Frame).OrThrow().Cells.Select(pixel => (float)pixel / 16));
var all = new LabelledExamples(new Examples.Floats(new Shape(8, 8, 1), pixels), digits.Target);
var some = all.Take(EquatableArray.From(Enumerable.Range(0, 300)));

var net = Network.Of(new Shape(8, 8, 1),
[
    new Conv2D(8, Bias: false), new BatchNorm(), new ReLU(), new MaxPool2D(),
    new Flatten(), new Dense(10), new Softmax(),
]);

// 'auto' is a GPU if there is one, and the host otherwise. A name that does not open is a failure with the reason.
string[] names = args is [] ? ["host", "ilgpu-cpu", "auto"] : args;
foreach (var name in names)
{
    using var device = Device.Open(name, threads: 2).OrThrow();
    var trained = Training.Fit(device, net, some, new TrainingOptions(Epochs: 3), Seed.Of(42)).OrThrow();

    // What was learned is data, and belongs to no device: this net predicts on any other, with equal results up to rounding.
    using var host = Device.Open("host", threads: 2).OrThrow();
    var score = Inference.Score(host, net, trained.Variables, some).OrThrow();
    Console.WriteLine($"{name} is {device.Id} ({device.Name}): loss {trained.History[^1].Training.Loss:F4}, accuracy {score.Accuracy:P1}");
}
