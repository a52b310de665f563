namespace FunctionalStack.Demos;

/// <summary>
/// Generates products with the properties that make the real ones hard to classify: nine classes of 3 to 26 per cent, 93
/// counts with four in five equal to 0, long tails, several kinds of product per class, and kinds that nearly coincide in
/// neighbouring classes.
/// </summary>
public static class OttoLookalike
{
    /// <summary>The number of features.</summary>
    public const int Columns = 93;

    private const int Kinds = 5, Traits = 9;

    // Class shares in per cent, rounded from the competition's data.
    private static readonly int[] Shares = [3, 26, 13, 4, 5, 23, 5, 13, 8];

    // Each class shares slightly changed kinds with the class of this index. Classes 2, 3 and 4 are the hardest to separate.
    private static readonly int[] Related = [8, 2, 1, 1, 7, 6, 5, 4, 0];

    /// <summary>Generates <paramref name="rows"/> products from <paramref name="seed"/>.</summary>
    public static Dataset Of(int rows, Seed seed)
    {
        var rates = Rates(seed.Fork("kinds"));
        var stream = seed.Fork("rows").Stream();
        var (cells, codes) = (new double[Columns][], new int[rows]);
        for (var c = 0; c < Columns; c++) cells[c] = new double[rows];
        var bag = Shares.SelectMany((share, code) => Enumerable.Repeat(code, share)).ToArray();
        for (var row = 0; row < rows; row++)
        {
            codes[row] = row < Shares.Length ? row : bag[stream.Next(bag.Length)];
            var rate = rates[codes[row]][stream.Next(Kinds)];
            // A random size per product and exponentially mixed rates give overdispersed (negative binomial) counts.
            var size = Math.Exp(0.5 * stream.NextNormal());
            for (var c = 0; c < Columns; c++) cells[c][row] = Poisson(rate[c] * size * -Math.Log(1 - stream.NextDouble()), ref stream);
        }

        var names = Enumerable.Range(1, Shares.Length).Select(number => $"Class_{number}");
        return new(
            new Frame(rows,
                EquatableArray.From(cells.Select((column, c) =>
                new NamedColumn($"feat_{c + 1}", new Column.Numeric(EquatableArray.Own(column)))))),
            new Target.Classes(EquatableArray.From(names), EquatableArray.Own(codes)));
    }

    // Classes x kinds x columns: low rates shared by all kinds, and high rates for the traits of each kind.
    private static double[][][] Rates(Seed seed)
    {
        var stream = seed.Stream();
        var common = new double[Columns];
        for (var c = 0; c < Columns; c++) common[c] = 0.25 * Math.Exp(1.2 * stream.NextNormal() - 0.7);
        var rates = new double[Shares.Length][][];
        for (var code = 0; code < rates.Length; code++)
        {
            rates[code] = new double[Kinds][];
            for (var kind = 0; kind < Kinds; kind++) rates[code][kind] = Traited(common, Traits, ref stream);
        }

        // The last two kinds of a class are the first two of its related class, with two added traits.
        for (var code = 0; code < rates.Length; code++)
        {
            for (var kind = 0; kind < 2; kind++) rates[code][Kinds - 1 - kind] = Traited(rates[Related[code]][kind], 2, ref stream);
        }

        return rates;
    }

    private static double[] Traited(double[] from, int traits, ref RandomStream stream)
    {
        var rate = (double[])from.Clone();
        for (var trait = 0; trait < traits; trait++) rate[stream.Next(Columns)] += Math.Exp(0.6 + 0.8 * stream.NextNormal());
        return rate;
    }

    // Knuth's multiplication of uniform numbers. The mean is split into steps of 30, so that exp(-mean) does not underflow.
    private static double Poisson(double mean, ref RandomStream stream)
    {
        var count = 0;
        for (; mean > 0; mean -= 30)
        {
            var least = Math.Exp(-Math.Min(mean, 30));
            for (var product = stream.NextDouble(); product > least; product *= stream.NextDouble()) count++;
        }

        return count;
    }
}
