namespace FunctionalStack.Fuzz.Tests;

/// <summary>A parser under test.</summary>
/// <param name="Name">Its name, and that of the folder of inputs that were found to break it.</param>
/// <param name="Corpus">Good inputs.</param>
/// <param name="Words">Words of the format.</param>
/// <param name="Read">Reads an input. Returns what is wrong with the answer; null if the input is refused or read as it should be.</param>
internal sealed record Parser(string Name, byte[][] Corpus, string[] Words, Func<byte[], string?> Read)
{
    /// <summary>The most inputs that are read.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Changes an input before it is read, such as by a new checksum.</summary>
    public Func<byte[], int, byte[]> Finish { get; init; } = (bytes, _) => bytes;

    /// <summary>The input of a seed.</summary>
    public byte[] Input(int seed) => Finish(Mutation.Of(Corpus, Words, seed), seed);
}
