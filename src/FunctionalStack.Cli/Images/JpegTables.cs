namespace FunctionalStack.Cli.Images;

/// <summary>What a JPEG file's scans are decoded by, as defined so far.</summary>
internal sealed class JpegTables
{
    private readonly HuffmanTable?[] tables = new HuffmanTable?[8];

    /// <summary>Units between two restart markers; 0 for none.</summary>
    public int RestartInterval { get; set; }

    /// <summary>The table of first coefficients by that number; null where none is defined.</summary>
    public HuffmanTable? First(int number) => tables[number & 3];

    /// <summary>Likewise of the others.</summary>
    public HuffmanTable? Others(int number) => tables[4 + (number & 3)];

    /// <summary>Reads a segment of tables; what is wrong with it, or null.</summary>
    public string? Define(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var total = 0;
            for (var i = 1; i <= HuffmanTable.Longest && i < body.Length; i++) total += body[i];
            if (body.Length < 1 + HuffmanTable.Longest + total) return "a table of its codes ends early";
            if (body[0] >> 4 > 1 || (body[0] & 15) > 3) return $"it has a table of codes numbered 0x{body[0]:X2}, which JPEG does not have";
            if (HuffmanTable.Of(body.Slice(1, HuffmanTable.Longest), body.Slice(1 + HuffmanTable.Longest, total)) is not { } table) return
                "a table of its codes has more codes than their lengths allow";
            tables[4 * (body[0] >> 4) + (body[0] & 15)] = table;
            body = body[(1 + HuffmanTable.Longest + total)..];
        }

        return null;
    }
}

/// <summary>Canonical prefix codes of at most 16 bits.</summary>
internal sealed class HuffmanTable
{
    public const int Longest = 16;

    private const int Short = 8;

    // By the next 8 bits: length and symbol of a code of at most 8; length 0 where it is longer.
    private readonly (byte Length, byte Symbol)[] shorts = new (byte, byte)[1 << Short];
    private readonly int[] end = new int[Longest + 1];
    private readonly int[] offset = new int[Longest + 1];
    private readonly byte[] symbols;

    private HuffmanTable(byte[] symbols) => this.symbols = symbols;

    /// <summary>Null where there are more codes of a length than it allows.</summary>
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

    /// <summary>Length and symbol of the code at the beginning of 16 bits; length 0 where there is none.</summary>
    public (int Length, int Symbol) Find(uint bits)
    {
        var (length, symbol) = shorts[bits >> (Longest - Short)];
        if (length > 0) return (length, symbol);
        for (var longer = Short + 1; longer <= Longest; longer++)
        {
            var code = (int)(bits >> (Longest - longer));
            if (code < end[longer]) return code + offset[longer] >= 0 && code + offset[longer] < symbols.Length ? (longer, symbols[code + offset[longer]]) : (0, 0);
        }

        return (0, 0);
    }
}
