using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

// Times the reference net in libtorch for peers/net.py: one JSON line per line on standard input.
//   torch THREADS BATCH STEPS
//   torch mnist FOLDER SEED EPOCHS THREADS
if (args[0] == "mnist")
{
    Mnist.Run(args[1..]);
    return;
}

var (threads, batch, steps) = (int.Parse(args[0]), int.Parse(args[1]), int.Parse(args[2]));
set_num_threads(threads);
random.manual_seed(1);
var model = ReferenceNet.Model();
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
