namespace FunctionalStack.Cli.Demos;

/// <summary>
/// Made-up products with the traits that make the real ones hard: nine classes of 3 to 26 per cent, 93 counts of which four
/// in five are 0, long tails, several kinds of product a class, and kinds that neighbouring classes share but for a little.
/// </summary>
public static class OttoLookalike
{
    public const int Columns = 93;

    private const int Kinds = 5, Traits = 9;

    // In per cent, those of the competition, rounded.
    private static readonly int[] Shares = [3, 26, 13, 4, 5, 23, 5, 13, 8];

    // Each class borrows the kinds of that one, a little changed: 2, 3 and 4 are told apart worst.
    private static readonly int[] Cousins = [8, 2, 1, 1, 7, 6, 5, 4, 0];

    /// <summary>So many products, as seed says.</summary>
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
            // How much there is of a product at all, and that traits come in bursts: negative binomial counts.
            var size = Math.Exp(0.5 * stream.NextNormal());
            for (var c = 0; c < Columns; c++) cells[c][row] = Poisson(rate[c] * size * -Math.Log(1 - stream.NextDouble()), ref stream);
        }

        var names = Enumerable.Range(1, Shares.Length).Select(number => $"Class_{number}");
        return new(
            new Frame(rows, EquatableArray.From(cells.Select((column, c) => new NamedColumn($"feat_{c + 1}", new Column.Numeric(EquatableArray.Own(column)))))),
            new Target.Classes(EquatableArray.From(names), EquatableArray.Own(codes)));
    }

    // Classes x kinds x columns: a little of what is common, much of a kind's own traits.
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

        // The last kinds of a class are its cousin's first, with two traits more.
        for (var code = 0; code < rates.Length; code++)
        {
            for (var kind = 0; kind < 2; kind++) rates[code][Kinds - 1 - kind] = Traited(rates[Cousins[code]][kind], 2, ref stream);
        }

        return rates;
    }

    private static double[] Traited(double[] from, int traits, ref RandomStream stream)
    {
        var rate = (double[])from.Clone();
        for (var trait = 0; trait < traits; trait++) rate[stream.Next(Columns)] += Math.Exp(0.6 + 0.8 * stream.NextNormal());
        return rate;
    }

    // Knuth's product of uniform numbers, in steps that do not underflow.
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
