using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

// Splits of a node, and the partition of its rows.
internal abstract partial class TreeGrower<TRow>
{
    /// <summary>A split of the node by a column. For a random split also the threshold.</summary>
    private (Split Split, double At) Try(int column, int start, int count)
    {
        ranked = false;
        var values = data.Columns[column];
        var here = rows.AsSpan(start, count);
        switch (rare?.Ask(column, here) ?? Rare.Unknown)
        {
            case Rare.None:
                return (Split.Constant, 0);

            // The weight of the other rows is a difference, which is exact for integers.
            case Rare.Some when data.Weights is null && (rules.RandomSplits || SumsRare(values, count)):
                var found = rare!.List(column, here);
                return rules.RandomSplits
                    ? DrawRare(values, start, count, found) : (BestOfRare(values, start, rare.Places.AsSpan(0, found), rare.Rows), 0);

            default:
                return rules.RandomSplits ? Draw(values, start, count) : (Best(values, start, count), 0);
        }
    }

    /// <summary>
    /// A split of the node at a threshold drawn uniformly between the minimum and the maximum (Geurts, Ernst &amp;
    /// Wehenkel 2006, table 1), and that threshold.
    /// </summary>
    private (Split Split, double At) Draw(RankedColumn column, int start, int count)
    {
        var (low, high) = column.Gather(rows.AsSpan(start, count), Codes);
        if (low == high) return (Split.Constant, 0);
        ranked = true;
        var at = Between(column.Distinct[low], column.Distinct[high]);
        var last = column.LastAtMost(at, low, high);
        return (new(Score(start, count, last), last, last + 1), at);
    }

    private (Split Split, double At) DrawRare(RankedColumn column, int start, int count, int found)
    {
        var (low, high) = column.Gather(rare!.Rows.AsSpan(0, found), Codes);
        (low, high) = (Math.Min(low, column.Common), Math.Max(high, column.Common));
        var at = Between(column.Distinct[low], column.Distinct[high]);
        var last = column.LastAtMost(at, low, high);
        return (new(ScoreOfRare(start, count, rare.Places.AsSpan(0, found), last, column.Common <= last), last, last + 1), at);
    }

    /// <summary>Like <see cref="Draw"/>, for a node stored as bits.</summary>
    private (Split Split, double At) TryBits(int column, int count)
    {
        ranked = false;
        var (low, high) = bits!.Range(column);
        if (low == high) return (Split.Constant, 0);
        var values = data.Columns[column];
        var at = Between(values.Distinct[low], values.Distinct[high]);
        var last = values.LastAtMost(at, low, high);
        return (new(Score(bits.AtMost(column, last), count), last, last + 1), at);
    }

    /// <summary>All rows as bits, unless the tree is better grown from a list of rows.</summary>
    private NodeBits Whole()
    {
        if (bits is null || !bits.AreMany(rows.Length)) return default;
        Carried.AsSpan(0, rows.Length).CopyTo(carriedByAll);
        TakeBits(0, rows.Length, true);
        return bits.All(rows.Length);
    }

    /// <summary>The best storage of the node: a list once a pass over all rows is too expensive, and bits again if the node is
    /// small.</summary>
    private NodeBits BitsOf(in NodeRange node)
    {
        var count = node.End - node.Start;
        if (node.Bits.Few != 0 || (node.Bits.All is not null && bits!.AreMany(count))) return node.Bits;
        var here = rows.AsSpan(node.Start, count);
        if (node.Bits.All is not null)
        {
            bits!.List(node.Bits, here);
            for (var i = node.Start; i < node.End; i++) Carried[i] = carriedByAll[rows[i]];
        }

        if (!BitNodes.AreFew(count)) return default;
        TakeBits(node.Start, count, false);
        return bits!.Few(here);
    }

    /// <summary>Uniform in [low, high).</summary>
    private double Between(double low, double high)
    {
        var share = random.NextDouble();
        var at = low * (1 - share) + high * share;
        return at >= low && at < high ? at : low;
    }

    /// <summary>Moves the rows up to rank <paramref name="low"/> to the front and returns their number. Both parts keep their order.
    /// Branch-free, since the branches would be unpredictable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Divide(int column, int low, int start, int end)
    {
        var (left, over, count) = (0, 0, end - start);
        if (chosen != column) Rank(column, start, count);
        fixed (int* here = &rows[start], ranks = chosen == column ? chosenCodes : Codes, otherRows = spareRows)
        fixed (TRow* carried = &Carried[start], others = spare)
        {
            for (var i = 0; i < count; i++)
            {
                var (row, carry) = (here[i], carried[i]);
                here[left] = row;
                carried[left] = carry;
                otherRows[over] = row;
                others[over] = carry;
                var goesLeft = (ranks[i] - low - 1) >>> 31;
                left += goesLeft;
                over += 1 - goesLeft;
            }
        }

        spareRows.AsSpan(0, over).CopyTo(rows.AsSpan(start + left));
        spare.AsSpan(0, over).CopyTo(Carried.AsSpan(start + left));
        return left;
    }

    /// <summary>Writes the ranks of the node's rows to <see cref="Codes"/>. Rows known to have the most frequent rank are not
    /// loaded.</summary>
    private void Rank(int column, int start, int count)
    {
        var ranked = data.Columns[column];
        var here = rows.AsSpan(start, count);
        if ((rare?.Ask(column, here) ?? Rare.Unknown) != Rare.Some)
        {
            ranked.Gather(here, Codes);
            return;
        }

        var found = rare!.List(column, here);
        ranked.Gather(rare.Rows.AsSpan(0, found), rare.Rows);
        Codes.AsSpan(0, count).Fill(ranked.Common);
        for (var i = 0; i < found; i++) Codes[rare.Places[i]] = rare.Rows[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int DivideOutOfBag(int column, int low, int start, int end)
    {
        if (start == end) return start;
        var (left, over, count) = (0, 0, end - start);
        data.Columns[column].Gather(outOfBag.AsSpan(start, count), Codes);
        fixed (int* here = &outOfBag[start], ranks = Codes, others = spareRows)
        {
            for (var i = 0; i < count; i++)
            {
                var row = here[i];
                here[left] = row;
                others[over] = row;
                var goesLeft = (ranks[i] - low - 1) >>> 31;
                left += goesLeft;
                over += 1 - goesLeft;
            }
        }

        spareRows.AsSpan(0, over).CopyTo(outOfBag.AsSpan(start + left));
        return start + left;
    }

    /// <summary>
    /// A node that is not grown yet: its rows, its out-of-bag rows, its parent if it is a right child (-1 for a left child, which follows
    /// its
    /// parent), and the number of leading columns known to be constant in it. Its rows are also stored as bits, unless they are a list.
    /// </summary>
    private readonly record struct NodeRange(int Start, int End, int OutOfBagStart, int OutOfBagEnd, int Depth, int Parent, int Constants,
        NodeBits Bits);
}
