using System.Buffers.Binary;
using System.Text;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>Inputs made from good ones by a seed: the same seed gives the same bytes.</summary>
internal static class Mutation
{
    private static readonly byte[] Bytes = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'{', (byte)'[', (byte)'-'];

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 16, 255, 256, 65_535, 65_536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue,
            BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(double.PositiveInfinity),
            BitConverter.DoubleToInt64Bits(double.MaxValue), BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(double.Epsilon)];

    /// <summary>One of the inputs, changed in one to eight places.</summary>
    /// <param name="corpus">Good inputs.</param>
    /// <param name="words">Words of the format that are inserted and overwritten.</param>
    /// <param name="seed">The number of the input.</param>
    public static byte[] Of(byte[][] corpus, string[] words, int seed)
    {
        var stream = Seed.Of(seed).Fork("mutation").Stream();
        var bytes = corpus[stream.Next(corpus.Length)].ToList();
        for (var changes = 1 << stream.Next(4); changes > 0; changes--) Change(bytes, corpus, words, ref stream);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[][] corpus, string[] words, ref RandomStream stream)
    {
        var at = stream.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + stream.Next(1 << stream.Next(8)));
        switch (stream.Next(11))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << stream.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = Bytes[stream.Next(Bytes.Length)]; break;
            case 2: bytes.Insert(at, Bytes[stream.Next(Bytes.Length)]); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: Overwrite(bytes, at, Number(ref stream)); break;
            case 7: bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[stream.Next(words.Length)])); break;
            case 8: Overwrite(bytes, at, Encoding.UTF8.GetBytes(words[stream.Next(words.Length)])); break;
            case 9:
                var other = corpus[stream.Next(corpus.Length)];
                var from = stream.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
            default:
                // The end of the largest inputs stays within what a parser reads in a few milliseconds.
                if (bytes.Count < 100_000)
                    for (var times = stream.Next(64); times > 0; times--) bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, 64)));
                break;
        }
    }

    private static byte[] Number(ref RandomStream stream)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Numbers[stream.Next(Numbers.Length)]);
        if (stream.Next(4) == 0) Array.Reverse(bytes);
        return bytes[..(1 << stream.Next(4))];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length && at + i < bytes.Count; i++) bytes[at + i] = with[i];
    }
}
