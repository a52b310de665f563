using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Cli.Tests.Images;

/// <summary>Small images of three classes that a net learns quickly: horizontal stripes, vertical stripes and a blot, with noise.</summary>
internal static class Stripes
{
    public const int Classes = 3;

    /// <summary>The four IDX files in the tool's folder <paramref name="name"/>.</summary>
    public static void Idx(Fstack tool, string name, int train = 60, int test = 30, int side = 8, int testSide = 0, int labels = Classes)
    {
        Directory.CreateDirectory(tool.At(name));
        Write("train", train, side, Seed.Of(1), labels);
        if (test > 0) Write("t10k", test, testSide == 0 ? side : testSide, Seed.Of(2), Classes);

        void Write(string part, int count, int size, Seed seed, int classes)
        {
            var codes = EquatableArray.From(Enumerable.Range(0, count).Select(i => i % classes));
            IdxFile.WriteImages(tool.At($"{name}/{part}-images-idx3-ubyte"), new(count, size, size, Pixels(codes, size, seed))).OrThrow();
            IdxFile.WriteLabels(tool.At($"{name}/{part}-labels-idx1-ubyte.gz"), codes).OrThrow();
        }
    }

    /// <summary>One folder of PNG files per class: grey, or with equal red, green and blue.</summary>
    public static void Folders(Fstack tool, string name, int each = 10, int side = 8, int channels = 1)
    {
        foreach (var (code, level) in new[] { "across", "down", "blot" }.Index())
        {
            Directory.CreateDirectory(tool.At($"{name}/{level}"));
            for (var i = 0; i < each; i++)
            {
                var pixels = Pixels(EquatableArray.Of(code), side, Seed.Of(i).Fork(level));
                File.WriteAllBytes(tool.At($"{name}/{level}/{i:00}.png"),
                    Png.Of(side, side, channels, [.. pixels.SelectMany(pixel => Enumerable.Repeat(pixel, channels))]));
            }
        }
    }

    private static EquatableArray<byte> Pixels(EquatableArray<int> codes, int side, Seed seed)
    {
        var (random, pixels) = (seed.Stream(), new byte[codes.Count * side * side]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = (i / side % side, i % side);
            var ink = codes[i / (side * side)] switch
            {
                0 => y % 4 < 2,
                1 => x % 4 < 2,
                _ => Math.Abs(2 * y - side) < side / 2 && Math.Abs(2 * x - side) < side / 2,
            };
            pixels[i] = (byte)((ink ? 180 : 20) + random.Next(50));
        }

        return EquatableArray.Own(pixels);
    }
}
