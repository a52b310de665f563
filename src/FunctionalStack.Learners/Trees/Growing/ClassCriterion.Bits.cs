namespace FunctionalStack.Learners;

// Nodes stored as bits.
internal sealed partial class ClassCriterion<TRow, TSum, TSums>
{
    public override void TakeBits(int start, int count, bool all)
    {
        if (all) ofAll = new(classes, WholeRows.WordsOf(count));
        var bits = all ? ofAll! : ofFew;
        bits.Clear();
        for (var i = 0; i < count; i++) bits.Add(i, TSums.Class(Rows.Carried[start + i]));
    }

    public override bool Enter(ReadOnlySpan<ulong> node, int count, bool all)
    {
        here = all ? ofAll! : ofFew;
        weight = count;
        Array.Clear(total);
        var present = 0;
        for (var kind = 0; kind < here.Kinds; kind++)
        {
            var mass = here.Counts.Count(node, kind);
            total[here.Classes[kind]] = mass;
            if (mass > 0) present++;
        }

        return present == 1;
    }

    public override double Score(ReadOnlySpan<ulong> left, int count)
    {
        var rows = BitCounts.Count(left);
        if (Math.Min(rows, count - rows) < minSamplesLeaf) return double.NegativeInfinity;
        var (leftSquares, rightSquares) = (0.0, 0.0);
        if (entropy) Array.Clear(this.left);
        for (var kind = 0; kind < here.Kinds; kind++)
        {
            double l = here.Counts.Count(left, kind);
            var r = total[here.Classes[kind]] - l;
            leftSquares += l * l;
            rightSquares += r * r;
            if (entropy) this.left[here.Classes[kind]] = l;
        }

        return entropy ? Entropy(rows) : Gini(leftSquares, rightSquares, rows);
    }
}
