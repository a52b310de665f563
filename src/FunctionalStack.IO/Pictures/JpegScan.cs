using System.Numerics;

namespace FunctionalStack.IO;

/// <summary>
/// Parses the codes of one scan of a JPEG file to check that all of its blocks are present (ITU-T T.81, annexes F and G). The
/// decoder fills missing blocks with grey without an error.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="at">The position of the first code.</param>
/// <param name="frame">The header of the file. Scanned components are marked in it.</param>
/// <param name="tables">The code tables.</param>
internal sealed class JpegScan(byte[] file, int at, JpegFrame frame, JpegTables tables)
{
    private const int Coefficients = 64;
    private const int MostBits = 16;

    private ulong bits;
    private int held;
    private bool ended;
    private string? fault;

    // State of progressive scans.
    private int first;
    private int last = Coefficients - 1;
    private bool refines;
    private int emptyBlocks;

    /// <summary>The position of the next marker, after <see cref="Fault"/>.</summary>
    public int End { get; private set; } = at;

    /// <summary>The number of bytes between the last block and the next marker.</summary>
    public int Surplus { get; private set; }

    /// <summary>The fault of the scan; null if there is none, or if only the decoder supports its coding.</summary>
    /// <param name="header">The header of the scan.</param>
    public string? Fault(ReadOnlySpan<byte> header)
    {
        if (header.Length < 1 || header[0] is 0 or > 4 || header.Length != 4 + 2 * header[0])
            return "the length of a scan header does not match its number of components";
        var parts = new Part[header[0]];
        for (var i = 0; i < parts.Length; i++)
        {
            var (id, number) = (header[1 + 2 * i], header[2 + 2 * i]);
            if (frame.Components.FirstOrDefault(component => component.Id == id) is not { } component)
                return $"it has image data of component {id}, which its header does not declare";
            parts[i] = new(component, tables.First(number >> 4), tables.Others(number & 15));
        }

        var (from, to, approximation) = (header[^3], header[^2], header[^1]);
        if (frame.IsProgressive)
        {
            (first, last, refines) = (from, to, approximation >> 4 != 0);
            if (first > last || last >= Coefficients || (first == 0 && last > 0) || (first > 0 && parts.Length > 1)) return
                $"it has a scan of the coefficients {first} to {last}, which progressive files do not allow";
        }

        foreach (var part in parts) part.Component.Scan(first, last, frame.IsProgressive ? approximation & 15 : 0);
        if (!frame.IsHuffman || parts.Any(part => !IsDefined(part)))
        {
            SkipToMarker();
            while (End + 1 < file.Length && file[End + 1] is >= 0xD0 and <= 0xD7)
            {
                End += 2;
                SkipToMarker();
            }

            return null;
        }

        Blocks(parts);
        if (fault is null) Surplus = SkipToMarker();
        return fault;
    }

    // The refinement of first coefficients is bits without a code.
    private bool IsDefined(Part part) => frame.IsProgressive
        ? (first > 0 ? part.Others is not null : refines || part.First is not null)
        : part.First is not null && part.Others is not null;

    // A scan of one component has only its own blocks. A scan of several components has units, padded at the right and at the bottom.
    private void Blocks(Part[] parts)
    {
        var alone = parts.Length == 1;
        var (wide, high) = alone ? (parts[0].Component.BlocksWide, parts[0].Component.BlocksHigh) : (frame.UnitsWide, frame.UnitsHigh);
        var units = (long)wide * high;
        for (var unit = 0L; unit < units; unit++)
        {
            if (tables.RestartInterval > 0 && unit > 0 && unit % tables.RestartInterval == 0)
                Restart((int)(unit / tables.RestartInterval - 1) & 7);
            foreach (var part in parts)
            {
                for (var i = alone ? 1 : part.Component.Across * part.Component.Down; i > 0; i--) Block(part, unit);
            }

            if (fault is null && ended) fault = "its image data ends early";
            if (fault is null) continue;
            fault = $"{fault}, in MCU {unit + 1} of {units}";
            return;
        }
    }

    private void Block(Part part, long unit)
    {
        if (!frame.IsProgressive) Sequential(part);
        else if (first == 0 && refines) Skip(1);
        else if (first == 0) First(part);
        else if (refines) Refine(part.Others!, ref part.Component.NonZero[unit]);
        else Others(part.Others!, ref part.Component.NonZero[unit]);
    }

    private void First(Part part) => Skip(Symbol(part.First!));

    private void Sequential(Part part)
    {
        First(part);
        for (var k = 1; k < Coefficients && !Failed; k++)
        {
            var symbol = Symbol(part.Others!);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15) return;
            k += run;
            Skip(size);
            if (size > 0 && k >= Coefficients) Bad();
        }
    }

    private void Others(HuffmanTable table, ref ulong nonZero)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }

        for (var k = first; k <= last && !Failed; k++)
        {
            var symbol = Symbol(table);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                emptyBlocks = (1 << run) + Read(run) - 1;
                return;
            }

            k += run;
            Skip(size);
            if (size > 0 && k > last) Bad();
            else if (size > 0) nonZero |= 1UL << k;
        }
    }

    // Each non-zero coefficient gets one more bit, with new coefficients in between (T.81, G.1.2.3).
    private void Refine(HuffmanTable table, ref ulong nonZero)
    {
        var k = first;
        for (; emptyBlocks == 0 && k <= last && !Failed; k++)
        {
            var symbol = Symbol(table);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                emptyBlocks = (1 << run) + Read(run);
                break;
            }

            Skip(size);
            for (; k <= last; k++)
            {
                if ((nonZero >> k & 1) != 0) Skip(1);
                else if (--run < 0) break;
            }

            if (size == 0) continue;
            if (k > last) Bad();
            else nonZero |= 1UL << k;
        }

        if (emptyBlocks == 0) return;
        emptyBlocks--;
        if (k <= last) SkipMany(BitOperations.PopCount(nonZero >> k & (ulong.MaxValue >> (Coefficients - 1 - last + k))));
    }

    private bool Failed => ended || fault is not null;

    private void Bad() => fault ??= "its image data has an invalid code";

    private int Symbol(HuffmanTable table)
    {
        Fill();
        var (length, symbol) = table.Find((uint)(bits >> (64 - MostBits)));
        if (length == 0)
        {
            // With fewer bits left than a code can have, the data ended; the padding is not an invalid code.
            if (held < MostBits) ended = true;
            else Bad();
            return 0;
        }

        Take(length);
        return symbol;
    }

    private int Read(int count)
    {
        if (count == 0) return 0;
        Fill();
        var read = (int)(bits >> (64 - count));
        Take(count);
        return read;
    }

    private void Skip(int count)
    {
        if (count > MostBits) Bad();
        else if (count > 0) Read(count);
    }

    private void SkipMany(int count)
    {
        for (; count > MostBits; count -= MostBits) Skip(MostBits);
        Skip(count);
    }

    private void Take(int count)
    {
        if (count > held)
        {
            ended = true;
            return;
        }

        bits <<= count;
        held -= count;
    }

    // Fills the register with at least 16 bits, or with all bits before the next marker. The rest of the register is 0.
    private void Fill()
    {
        while (held <= 56 && End < file.Length)
        {
            if (file[End] == 0xFF && (End + 1 >= file.Length || file[End + 1] != 0)) return;
            bits |= (ulong)file[End] << (56 - held);
            held += 8;
            End += file[End] == 0xFF ? 2 : 1;
        }
    }

    private void Restart(int number)
    {
        SkipToMarker();
        if (End + 1 < file.Length && file[End + 1] == 0xD0 + number) End += 2;
        else fault ??= $"its restart marker {number} is missing";
        (bits, held, emptyBlocks) = (0, 0, 0);
    }

    // Returns the number of unused bytes: whole bytes in the register and the bytes up to the marker.
    private int SkipToMarker()
    {
        var passed = held / 8;
        for (; End < file.Length; End++)
        {
            // A marker may be preceded by any number of 0xFF bytes.
            var (isFF, next) = (file[End] == 0xFF, End + 1 < file.Length ? file[End + 1] : (byte)0);
            if (isFF && next is not (0 or 0xFF)) return passed;
            if (!isFF || next == 0) passed++;
        }

        return passed;
    }

    private sealed record Part(JpegComponent Component, HuffmanTable? First, HuffmanTable? Others);
}
