using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

// The reference net in libtorch, timed for peers/net.py: one JSON line a measurement asked for on standard input.
//   torch THREADS BATCH STEPS
var (threads, batch, steps) = (int.Parse(args[0]), int.Parse(args[1]), int.Parse(args[2]));
set_num_threads(threads);
random.manual_seed(1);
var model = Sequential(
    ("conv1", Conv2d(1, 32, 3, bias: false)), ("norm1", BatchNorm2d(32)), ("relu1", ReLU()),
    ("conv2", Conv2d(32, 32, 3, bias: false)), ("norm2", BatchNorm2d(32)), ("relu2", ReLU()), ("pool", MaxPool2d(2)),
    ("flatten", Flatten()),
    ("dense1", Linear(4608, 128, hasBias: false)), ("norm3", BatchNorm1d(128)), ("relu3", ReLU()),
    ("dense2", Linear(128, 10)));
var optimizer = optim.Adam(model.parameters(), 1e-3);
var (x, y) = (rand(batch, 1, 28, 28), randint(10, batch));
for (var warm = 0; warm < 10; warm++) Train();
while (Console.ReadLine() is not null)
{
    model.train();
    var train = Time(Train);
    model.eval();
    using var none = no_grad();
    for (var warm = 0; warm < 3; warm++) Infer();
    Console.WriteLine(JsonSerializer.Serialize(new { train = batch / train, infer = batch / Time(Infer) }));
}

double Time(Action step)
{
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < steps; i++) step();
    return clock.Elapsed.TotalSeconds / steps;
}

void Train()
{
    using var scope = NewDisposeScope();
    optimizer.zero_grad();
    functional.cross_entropy(model.call(x), y).backward();
    optimizer.step();
}

void Infer()
{
    using var scope = NewDisposeScope();
    model.call(x);
}
