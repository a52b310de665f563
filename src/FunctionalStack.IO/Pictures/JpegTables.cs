namespace FunctionalStack.IO;

/// <summary>The Huffman tables and the restart interval of a JPEG file, as defined so far.</summary>
internal sealed class JpegTables
{
    private readonly HuffmanTable?[] tables = new HuffmanTable?[8];

    /// <summary>The number of units between two restart markers; 0 for none.</summary>
    public int RestartInterval { get; set; }

    /// <summary>The table of first (DC) coefficients with this number; null if it is not defined.</summary>
    public HuffmanTable? First(int number) => tables[number & 3];

    /// <summary>The table of the other (AC) coefficients with this number; null if it is not defined.</summary>
    public HuffmanTable? Others(int number) => tables[4 + (number & 3)];

    /// <summary>Reads a segment of tables. Returns its fault, or null.</summary>
    public string? Define(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var total = 0;
            for (var i = 1; i <= HuffmanTable.Longest && i < body.Length; i++) total += body[i];
            if (body.Length < 1 + HuffmanTable.Longest + total) return "a Huffman table ends early";
            if (body[0] >> 4 > 1 || (body[0] & 15) > 3)
                return $"it has a Huffman table numbered 0x{body[0]:X2}, which JPEG does not define";
            if (HuffmanTable.Of(body.Slice(1, HuffmanTable.Longest), body.Slice(1 + HuffmanTable.Longest, total)) is not { } table) return
                "a Huffman table has more codes than their lengths allow";
            tables[4 * (body[0] >> 4) + (body[0] & 15)] = table;
            body = body[(1 + HuffmanTable.Longest + total)..];
        }

        return null;
    }
}

/// <summary>A table of canonical prefix codes of at most 16 bits.</summary>
internal sealed class HuffmanTable
{
    public const int Longest = 16;

    private const int Short = 8;

    // Indexed by the next 8 bits: length and symbol of a code of at most 8 bits; length 0 if the code is longer.
    private readonly (byte Length, byte Symbol)[] shorts = new (byte, byte)[1 << Short];
    private readonly int[] end = new int[Longest + 1];
    private readonly int[] offset = new int[Longest + 1];
    private readonly byte[] symbols;

    private HuffmanTable(byte[] symbols) => this.symbols = symbols;

    /// <summary>Builds a table; null if there are too many codes of a length.</summary>
    public static HuffmanTable? Of(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols.ToArray());
        for (var (length, code, at) = (1, 0, 0); length <= Longest; length++, code <<= 1)
        {
            table.offset[length] = at - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, at++)
            {
                if (code >= 1 << length) return null;
                if (length <= Short) table.shorts.AsSpan(code << (Short - length), 1 << (Short - length)).Fill(((byte)length, symbols[at]));
            }

            table.end[length] = code;
        }

        return table;
    }

    /// <summary>The length and the symbol of the code at the start of 16 bits; length 0 if there is none.</summary>
    public (int Length, int Symbol) Find(uint bits)
    {
        var (length, symbol) = shorts[bits >> (Longest - Short)];
        if (length > 0) return (length, symbol);
        for (var longer = Short + 1; longer <= Longest; longer++)
        {
            var code = (int)(bits >> (Longest - longer));
            if (code < end[longer])
                return code + offset[longer] >= 0 && code + offset[longer] < symbols.Length
                    ? (longer, symbols[code + offset[longer]]) : (0, 0);
        }

        return (0, 0);
    }
}
