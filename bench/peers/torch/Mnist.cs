using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>
/// The reference experiment in libtorch with the defaults of Keras: glorot-uniform kernels, momentum 0.99, epsilon 1e-3 (moving
/// averages of the unbiased variance, as here), Adam with learning rate 1e-3 and epsilon 1e-7, batch size 32.
///   torch mnist FOLDER SEED EPOCHS THREADS
/// </summary>
internal static class Mnist
{
    private const int Batch = 32;

    public static void Run(string[] args)
    {
        var (folder, seed, epochs) = (args[0], long.Parse(args[1]), int.Parse(args[2]));
        set_num_threads(int.Parse(args[3]));
        random.manual_seed(seed);
        var (images, labels) = Read(folder, "train");
        var (testImages, testLabels) = Read(folder, "t10k");
        var model = ReferenceNet.Model(momentum: 0.01, epsilon: 1e-3);
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.dim() > 1) nn.init.xavier_uniform_(parameter);
            else if (name.StartsWith("dense2")) nn.init.zeros_(parameter);
        }

        var optimizer = optim.Adam(model.parameters(), 1e-3, eps: 1e-7);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            model.train();
            using var order = randperm(images.shape[0]);
            for (var at = 0L; at < images.shape[0]; at += Batch)
            {
                using var scope = NewDisposeScope();
                var rows = order.slice(0, at, Math.Min(at + Batch, images.shape[0]), 1);
                optimizer.zero_grad();
                nn.functional.cross_entropy(model.call(images.index_select(0, rows)), labels.index_select(0, rows)).backward();
                optimizer.step();
            }

            model.eval();
            using var none = no_grad();
            var (loss, right) = (0.0, 0L);
            for (var at = 0L; at < testImages.shape[0]; at += 1000)
            {
                using var scope = NewDisposeScope();
                var (x, y) = (testImages.slice(0, at, at + 1000, 1), testLabels.slice(0, at, at + 1000, 1));
                var scores = model.call(x);
                loss += nn.functional.cross_entropy(scores, y, reduction: nn.Reduction.Sum).item<float>();
                right += scores.argmax(1).eq(y).sum().item<long>();
            }

            Console.WriteLine(
                $"libtorch, seed {seed}, epoch {epoch}: test loss {loss / testImages.shape[0]:F4}, accuracy "
                    + $"{100.0 * right / testImages.shape[0]:F2}%");
        }
    }

    private static (Tensor Images, Tensor Labels) Read(string folder, string part)
    {
        var pixels = Bytes(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"))[16..];
        var codes = Bytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"))[8..];
        return (tensor(Array.ConvertAll(pixels, pixel => pixel / 255f), [codes.Length, 1, 28, 28]),
            tensor(Array.ConvertAll(codes, code => (long)code)));
    }

    private static byte[] Bytes(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
