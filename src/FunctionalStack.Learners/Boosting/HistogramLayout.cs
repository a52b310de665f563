using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The codes of all rows, arranged for summing gradients by code. First come the histogram indices of sparse columns, row by row,
/// without each column's most frequent code (which is computed from the node's total). Then come the other columns, packed into 64-bit
/// words.
/// Histograms hold 64-bit integers, so sums are exact and do not depend on their order: see <see cref="PackedGradients"/>.
/// </summary>
internal sealed class HistogramLayout
{
    /// <summary>A column is sparse if its most frequent code has at least this fraction of the rows.</summary>
    private const double Sparse = 0.6;

    /// <summary>The cells per row that sparse columns must save to be worthwhile, since the end of a row's entries is an unpredictable
    /// branch.</summary>
    private const double WorthIt = 16;

    /// <summary>The maximum number of histogram indices of sparse columns, which are stored as 16 bits.</summary>
    private const int MostPlaces = 1 << 16;

    private const int Wide = 8;

    /// <summary>The minimum number of columns per 64-bit word. Missing columns are padded.</summary>
    private const int Least = 4;

    private readonly int[]? starts;
    private readonly ushort[]? entries;
    private readonly ulong[][] words;
    private readonly int[][] offsetsOfWords;

    private HistogramLayout(int[] offsets, int[] counts, int[] usual, int size, int[]? starts, ushort[]? entries, ulong[][] words,
        int[][] offsetsOfWords)
    {
        (Offsets, Counts, Usual, Size, this.starts, this.entries, this.words, this.offsetsOfWords) =
            (offsets, counts, usual, size, starts, entries, words, offsetsOfWords);
    }

    /// <summary>The index of each column's first code in a histogram.</summary>
    public int[] Offsets { get; }

    /// <summary>The number of codes of each column.</summary>
    public int[] Counts { get; }

    /// <summary>A sparse column's most frequent code; -1 for the others.</summary>
    public int[] Usual { get; }

    /// <summary>The size of a histogram.</summary>
    public int Size { get; }

    /// <summary>The approximate number of cells added per row: the cost of a node's row.</summary>
    public int CellsARow => (entries is null ? 0 : entries.Length / Math.Max(starts!.Length - 1, 1)) + offsetsOfWords.Sum(at => at.Length);

    public static HistogramLayout Of(byte[][] codes, int[] counts, int rows, WorkSharing work)
    {
        var columns = codes.Length;
        var (usual, saved) = (new int[columns], new double[columns]);
        work.Run(columns, c => (usual[c], saved[c]) = MostFrequent(codes[c], rows));
        if (saved.Sum() < WorthIt) Array.Fill(usual, -1);

        // Sparse columns come first, so that their indices fit.
        var (offsets, size) = (new int[columns], 0);
        for (var c = 0; c < columns; c++)
        {
            if (usual[c] < 0) continue;
            if (size + counts[c] >= MostPlaces)
            {
                usual[c] = -1;
                continue;
            }

            offsets[c] = size;
            size += counts[c];
        }

        // Padding has separate indices, since adding to a cell that was just written waits for that write.
        var spare = size;
        size += Least;
        for (var c = 0; c < columns; c++)
        {
            if (usual[c] >= 0) continue;
            offsets[c] = size;
            size += counts[c];
        }

        var sparse = Enumerable.Range(0, columns).Where(c => usual[c] >= 0).ToArray();
        var dense = Enumerable.Range(0, columns).Where(c => usual[c] < 0).Chunk(Wide).ToArray();
        var (starts, entries) = sparse.Length == 0 ? (null, null) : Entries(codes, sparse, offsets, usual, rows, spare);
        var words = new ulong[dense.Length][];
        work.Run(dense.Length, w => words[w] = Words(codes, dense[w], rows));
        // A multiple of any vector width.
        size = (size + 7) / 8 * 8;
        return new(offsets, counts, usual, size, starts, entries, words,
            [.. dense.Select(chunk =>
                Enumerable.Range(0, Math.Max(chunk.Length, Least)).Select(i => i < chunk.Length ? offsets[chunk[i]] : spare + i)
                    .ToArray())]);
    }

    /// <summary>Adds the gradients of some rows to a histogram, without the most frequent codes of sparse columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Add(int[] rows, int start, int count, long[] packed, long[] histogram)
    {
        if (count == 0) return;
        fixed (int* row = &rows[start])
        fixed (long* gradients = packed)
        fixed (long* sums = histogram)
        {
            if (entries is not null)
            {
                fixed (int* first = starts)
                fixed (ushort* places = entries) AddEntries(places, first, row, gradients, count, sums);
            }

            for (var w = 0; w < words.Length; w++)
            {
                var at = offsetsOfWords[w];
                fixed (ulong* word = words[w])
                {
                    switch (at.Length)
                    {
                        case Least: AddWords<Four>(word, row, gradients, count, sums, at); break;
                        case 5: AddWords<Five>(word, row, gradients, count, sums, at); break;
                        case 6: AddWords<Six>(word, row, gradients, count, sums, at); break;
                        case 7: AddWords<Seven>(word, row, gradients, count, sums, at); break;
                        default: AddWords<Eight>(word, row, gradients, count, sums, at); break;
                    }
                }
            }
        }
    }

    /// <summary>Computes the cells of the most frequent codes from the node's total.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete(long[] histogram, long total)
    {
        for (var c = 0; c < Usual.Length; c++)
        {
            if (Usual[c] < 0) continue;
            var ofColumn = histogram.AsSpan(Offsets[c], Counts[c]);
            ofColumn[Usual[c]] += total - Sum(ofColumn);
        }
    }

    private static long Sum(ReadOnlySpan<long> numbers)
    {
        var sums = Vector<long>.Zero;
        var sum = 0L;
        for (; numbers.Length >= Vector<long>.Count; numbers = numbers[Vector<long>.Count..]) sums += new Vector<long>(numbers);
        foreach (var number in numbers) sum += number;
        return sum + Vector.Sum(sums);
    }

    // Four entries at a time. The last ones of a row are padded with an index of no column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddEntries(ushort* places, int* first, int* row, long* gradients, int count, long* sums)
    {
        for (var i = 0; i < count; i++)
        {
            var gradient = gradients[row[i]];
            var place = places + first[row[i]];
            var end = places + first[row[i] + 1];
            for (; place < end; place += 4)
            {
                sums[place[0]] += gradient;
                sums[place[1]] += gradient;
                sums[place[2]] += gradient;
                sums[place[3]] += gradient;
            }
        }
    }

    // Compiled for each width, which removes the comparisons.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddWords<TWidth>(ulong* words, int* row, long* gradients, int count, long* sums, int[] at)
        where TWidth : struct, IWidth
    {
        long* a = sums + at[0], b = sums + at[1], c = sums + at[2], d = sums + at[3];
        var e = sums + (TWidth.Columns > 4 ? at[4] : 0);
        var f = sums + (TWidth.Columns > 5 ? at[5] : 0);
        var g = sums + (TWidth.Columns > 6 ? at[6] : 0);
        var h = sums + (TWidth.Columns > 7 ? at[7] : 0);
        for (var i = 0; i < count; i++)
        {
            var word = words[row[i]];
            var gradient = gradients[row[i]];
            a[(byte)word] += gradient;
            b[(byte)(word >> 8)] += gradient;
            c[(byte)(word >> 16)] += gradient;
            d[(byte)(word >> 24)] += gradient;
            if (TWidth.Columns > 4) e[(byte)(word >> 32)] += gradient;
            if (TWidth.Columns > 5) f[(byte)(word >> 40)] += gradient;
            if (TWidth.Columns > 6) g[(byte)(word >> 48)] += gradient;
            if (TWidth.Columns > 7) h[word >> 56] += gradient;
        }
    }

    private static (int Code, double Saved) MostFrequent(byte[] codes, int rows)
    {
        Span<int> times = stackalloc int[256];
        times.Clear();
        foreach (var code in codes.AsSpan(0, rows)) times[code]++;
        var most = 0;
        for (var code = 1; code < 256; code++) most = times[code] > times[most] ? code : most;
        return times[most] >= Sparse * rows ? (most, times[most] / (double)rows) : (-1, 0);
    }

    private static (int[] Starts, ushort[] Entries) Entries(byte[][] codes, int[] sparse, int[] offsets, int[] usual, int rows, int spare)
    {
        var starts = new int[rows + 1];
        foreach (var c in sparse)
        {
            var column = codes[c];
            for (var row = 0; row < rows; row++) starts[row + 1] += column[row] != usual[c] ? 1 : 0;
        }

        for (var row = 0; row < rows; row++) starts[row + 1] = checked(starts[row] + (starts[row + 1] + 3) / 4 * 4);
        var entries = new ushort[starts[rows]];
        Array.Fill(entries, (ushort)spare);
        var next = starts.AsSpan(0, rows).ToArray();
        foreach (var c in sparse)
        {
            var column = codes[c];
            for (var row = 0; row < rows; row++)
            {
                if (column[row] != usual[c]) entries[next[row]++] = (ushort)(offsets[c] + column[row]);
            }
        }

        return (starts, entries);
    }

    private static ulong[] Words(byte[][] codes, int[] chunk, int rows)
    {
        var words = new ulong[rows];
        for (var i = 0; i < chunk.Length; i++)
        {
            var column = codes[chunk[i]];
            for (var row = 0; row < rows; row++) words[row] |= (ulong)column[row] << (8 * i);
        }

        return words;
    }

    /// <summary>The number of columns in a 64-bit word.</summary>
    private interface IWidth
    {
        static abstract int Columns { get; }
    }

    private readonly struct Four : IWidth
    {
        public static int Columns => 4;
    }

    private readonly struct Five : IWidth
    {
        public static int Columns => 5;
    }

    private readonly struct Six : IWidth
    {
        public static int Columns => 6;
    }

    private readonly struct Seven : IWidth
    {
        public static int Columns => 7;
    }

    private readonly struct Eight : IWidth
    {
        public static int Columns => 8;
    }
}
