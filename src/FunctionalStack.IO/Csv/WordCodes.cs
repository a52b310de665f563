using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FunctionalStack.IO;

/// <summary>Gives each distinct word a code, looking words up by their UTF-8 so that only a new word allocates. Mutable; for use inside one function.</summary>
internal sealed class WordCodes(int rowCount)
{
    private readonly List<string> words = [];
    private readonly Dictionary<byte[], int> codeOf = new(new Utf8Comparer());
    private readonly int[] codes = new int[rowCount];

    public void Add(int row, ReadOnlySpan<byte> text)
    {
        if (Cell.IsMissing(text))
        {
            codes[row] = -1;
            return;
        }

        var known = codeOf.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!known.TryGetValue(text, out var code))
        {
            code = words.Count;
            known[text] = code;
            words.Add(Encoding.UTF8.GetString(text));
        }

        codes[row] = code;
    }

    /// <summary>A word per row, null where it is missing.</summary>
    public Values<string?> Words() => Values.From(codes.Select(code => code < 0 ? null : words[code]));

    /// <summary>The levels in ordinal order: the order of rows leaves no trace.</summary>
    public Column.Categorical Column()
    {
        var levels = words.Order(StringComparer.Ordinal).ToArray();
        var place = new Dictionary<string, int>(levels.Length, StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++) place[levels[i]] = i;
        var moved = words.Select(word => place[word]).ToArray();
        for (var i = 0; i < codes.Length; i++) codes[i] = codes[i] < 0 ? -1 : moved[codes[i]];
        return new(Values.Own(levels), Values.Own(codes));
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] word) => GetHashCode(word.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = 2166136261u;
            foreach (var octet in alternate) hash = (hash ^ octet) * 16777619u;
            return (int)hash;
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
