// A folder of pictures: train a convolutional net with batch normalization, save it, load it, and ask it about a new picture.
//   dotnet run docs/samples/pictures.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using static FunctionalStack.Neural.Layer;

// One subfolder for each class, with PNG, JPEG or BMP files in it. This sample draws its own pictures: stripes in three directions.
var folder = Directory.CreateTempSubdirectory("pictures-");
var random = new Random(1);
foreach (var direction in (string[])["across", "down", "diagonal"])
    for (var i = 0; i < 40; i++)
        Draw(Path.Combine(folder.CreateSubdirectory($"labelled/{direction}").FullName, $"{i}.bmp"), direction);
Draw(Path.Combine(folder.CreateSubdirectory("new").FullName, "1.bmp"), "diagonal");

// All pictures are read in one size. Give Images.Read a size to have them resized: new(32, 32).
var images = Images.Read(Path.Combine(folder.FullName, "labelled")).OrThrow();
Console.WriteLine($"{images.Train.Count} pictures of {string.Join(", ", images.Levels)}, each {images.Shape}");

// The net: layers as data. Batch normalization adds its own offset, so the convolution needs no bias.
var net = Network.Of(images.Shape,
[
    new Conv2D(8, Bias: false), new BatchNorm(), new ReLU(), new MaxPool2D(),
    new Conv2D(16, Bias: false), new BatchNorm(), new ReLU(), new GlobalAveragePool(),
    new Dense(images.Levels.Count), new Softmax(),
]);

// A fifth of the pictures is held out to validate. The same seed gives the same net, with any number of threads.
using var backend = new HostBackend(threads: 2);
var options = new TrainingOptions(Epochs: 20, Batch: 16, Optimizer: new Optimizer.Adam(Rate: 1e-2), ValidationShare: 0.2);
var trained = Training.Fit(backend, net, images.Data, options, Seed.Of(42)).OrThrow();
Console.WriteLine($"accuracy on the held-out pictures: {trained.History[^1].Validation?.Accuracy:P0}");

// The file is the one that 'fstack train' writes, so 'fstack predict --images' reads it, too.
var path = Path.Combine(folder.FullName, "stripes.fstack");
NetworkFile.Save(path, trained, images.Levels, options, Seed.Of(42)).OrThrow();
var (model, _) = NetworkFile.Load(path).OrThrow();
var asked = Images.ToPredict(Path.Combine(folder.FullName, "new"), model.Network.Input).OrThrow();
var answer = Inference.Predict(backend, model.Network, model.Variables, asked.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow()
    .Probabilities(model.Levels);
Console.WriteLine($"{asked.Names[0]}: {answer.Labels[0]}, probability {answer.Row(0)[answer.Codes()[0]]:P0}");
folder.Delete(recursive: true);

// A picture of 12 x 12 pixels with stripes at a random place, and noise, as an uncompressed BMP file.
void Draw(string file, string direction)
{
    const int Size = 12;
    using var writer = new BinaryWriter(File.Create(file));
    writer.Write("BM"u8);
    foreach (var number in (int[])[54 + 3 * Size * Size, 0, 54, 40, Size, Size, 1 | (24 << 16), 0, 0, 0, 0, 0, 0]) writer.Write(number);
    var start = random.Next(4);
    for (var (y, x) = (0, 0); y < Size; (y, x) = x == Size - 1 ? (y + 1, 0) : (y, x + 1))
    {
        var place = direction switch { "across" => y, "down" => x, _ => x + y };
        var light = (byte)(((place + start) / 2 % 2 * 180) + random.Next(70));
        writer.Write([light, light, light]);
    }
}
