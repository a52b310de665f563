namespace FunctionalStack.Learners;

/// <summary>Bins the columns of a fit and encodes every row. Done once and shared by all trees.</summary>
internal static class Binning
{
    public static (BoostedColumn Column, byte[] Codes) Of(NamedColumn named, double[]? weights, int bins)
    {
        var codes = RoomFor(named.Column.Count);
        var column = named.Column is Column.Numeric numeric
            ? new BoostedColumn(named.Name, EquatableArray.Own(CodeNumbers(numeric.ToArray(), weights, bins, codes)), default, false)
            : OfCategories(named.Name, (Column.Categorical)named.Column, weights, bins, codes);
        return (column, codes);
    }

    /// <summary>Pinned memory for the codes of whole blocks of rows.</summary>
    public static byte[] RoomFor(int rows) =>
        GC.AllocateArray<byte>((rows + TreeBlocks.Rows - 1) / TreeBlocks.Rows * TreeBlocks.Rows, pinned: true);

    /// <summary>Thresholds at the midpoints of distinct values if there are few, otherwise at quantiles of the weight.</summary>
    private static double[] CodeNumbers(double[] numbers, double[]? weights, int bins, byte[] codes)
    {
        var present = numbers.Length;
        foreach (var number in numbers) present -= double.IsNaN(number) ? 1 : 0;
        var rows = new int[present];
        var values = present == numbers.Length ? numbers : new double[present];
        for (int row = 0, at = 0; row < numbers.Length; row++)
        {
            if (double.IsNaN(numbers[row])) continue;
            (rows[at], values[at]) = (row, numbers[row]);
            at++;
        }

        var ranked = RankedColumn.Of(values);
        var distinct = ranked.Distinct.Length;
        var ranks = new int[present];
        ranked.Gather(Enumerable.Range(0, present).ToArray(), ranks);
        var last = LastOfBins(distinct, distinct <= bins ? null : Mass(ranks, rows, weights, distinct), bins);

        var codeOf = new byte[distinct];
        var thresholds = new double[Math.Max(last.Count - 1, 0)];
        for (int bin = 0, rank = 0; bin < last.Count; bin++)
        {
            for (; rank <= last[bin]; rank++) codeOf[rank] = (byte)(bin + 1);
            if (bin < thresholds.Length) thresholds[bin] = ranked.Threshold(last[bin], last[bin] + 1);
        }

        for (var i = 0; i < present; i++) codes[rows[i]] = codeOf[ranks[i]];
        return thresholds;
    }

    private static double[] Mass(int[] ranks, int[] rows, double[]? weights, int distinct)
    {
        var mass = new double[distinct];
        for (var i = 0; i < ranks.Length; i++) mass[ranks[i]] += weights?[rows[i]] ?? 1;
        return mass;
    }

    /// <summary>
    /// The last rank of each bin, as in LightGBM: a value with more weight than an equal share gets a separate bin, and the
    /// others share the remaining bins equally.
    /// </summary>
    private static List<int> LastOfBins(int distinct, double[]? mass, int bins)
    {
        var last = new List<int>();
        if (mass is null)
        {
            for (var rank = 0; rank < distinct; rank++) last.Add(rank);
            return last;
        }

        var rest = mass.Sum();
        var (even, binsLeft) = (rest / bins, bins);
        foreach (var weight in mass)
        {
            if (weight < even) continue;
            rest -= weight;
            binsLeft--;
        }

        var share = rest / Math.Max(binsLeft, 1);
        var inBin = 0.0;
        for (var rank = 0; rank < distinct - 1; rank++)
        {
            var heavy = mass[rank] >= even;
            inBin += mass[rank];
            if (!heavy) rest -= mass[rank];
            var nextHeavy = mass[rank + 1] >= even;
            if (!heavy && inBin < share && !(nextHeavy && inBin >= share / 2)) continue;
            last.Add(rank);
            if (last.Count >= bins - 1) break;
            inBin = 0;
            if (heavy) continue;
            binsLeft--;
            share = rest / Math.Max(binsLeft, 1);
        }

        last.Add(distinct - 1);
        return last;
    }

    /// <summary>Codes in the order of the levels. If there are more levels than bins, the lightest are treated as missing.</summary>
    private static BoostedColumn OfCategories(string name, Column.Categorical column, double[]? weights, int bins, byte[] codes)
    {
        var levels = column.ToArray();
        var mass = new double[column.Levels.Count];
        for (var row = 0; row < levels.Length; row++)
        {
            if (levels[row] >= 0) mass[levels[row]] += weights?[row] ?? 1;
        }

        var kept = Enumerable.Range(0, mass.Length).Where(level => mass[level] > 0).OrderByDescending(level => mass[level]).Take(bins)
            .Order().ToArray();
        var codeOf = new byte[mass.Length];
        for (var place = 0; place < kept.Length; place++) codeOf[kept[place]] = (byte)(place + 1);
        for (var row = 0; row < levels.Length; row++) codes[row] = levels[row] < 0 ? (byte)0 : codeOf[levels[row]];
        return new(name, default, column.Levels.At(EquatableArray.Own(kept)), true);
    }
}
