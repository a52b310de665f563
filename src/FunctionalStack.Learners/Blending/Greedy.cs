namespace FunctionalStack.Learners;

/// <summary>
/// Ensemble selection (Caruana, Niculescu-Mizil, Crew &amp; Ksikes 2004): starting from the best bases, the base is added,
/// again and again and with replacement, whose joining makes the mean of those chosen best; of all the ensembles passed on
/// the way the best is kept. Best is the least log-loss, or squared error. A base's weight is how often it was chosen over
/// how many were.
/// </summary>
/// <remarks>
/// With bags, each bag selects among a share of the bases drawn at random by the seed's fork <c>bag</c> and its number, and what they chose is put
/// together; without, nothing is random, and on the training rows the loss is never above the best single base's. Ties go
/// to the earlier base and the smaller ensemble. Fails on columns that no base handed up.
/// </remarks>
/// <param name="Rounds">How many are chosen after the start; at least 0.</param>
/// <param name="Start">How many of the best bases the ensemble starts from (sorted initialization); at least 1. More than there are means all.</param>
/// <param name="Bags">How many selections are put together; at least 1. With 1 every base takes part.</param>
/// <param name="Share">The share of the bases that takes part in a bag, above 0 and at most 1; at least one base does.</param>
public sealed record Greedy(int Rounds = 50, int Start = 1, int Bags = 1, double Share = 0.5) : ILeafLearner
{
    public string Name => "greedy";

    // A base may hand up labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("rounds", Rounds, 0),
        Ensure.AtLeast("start", Start, 1),
        Ensure.Count("bags", Bags),
        Ensure.Share("share", Share));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Map<IModel>(rows =>
    {
        var chosen = Choose(Gains.Of(rows), seed.Fork("bag"));
        var size = chosen.Sum();
        return new BlendModel(rows.Bases, EquatableArray.From(chosen.Select(count => (double)count / size)), rows.Levels, rows.Present);
    });

    /// <summary>How often each base was chosen, over all bags.</summary>
    private int[] Choose(Gains gains, Seed seed)
    {
        var chosen = new int[gains.Columns.Length];
        for (var bag = 0; bag < Bags; bag++)
        {
            foreach (var b in Select(gains, Bags == 1 ? Enumerable.Range(0, chosen.Length) : Drawn(chosen.Length, seed.Fork(bag)))) chosen[b]++;
        }

        return chosen;
    }

    private IEnumerable<int> Drawn(int bases, Seed seed)
    {
        var order = Enumerable.Range(0, bases).ToArray();
        seed.Stream().Shuffle(order.AsSpan());
        return order.Take(Math.Max(1, (int)Math.Round(Share * bases))).Order();
    }

    private IEnumerable<int> Select(Gains gains, IEnumerable<int> among)
    {
        // The sort is stable: of equally good bases the earlier comes first.
        var sorted = among.OrderBy(b => gains.Loss(new double[gains.Count], b, 1)).ToArray();
        var (path, sums) = (new List<int>(), new double[gains.Count]);
        var (best, least) = (0, double.PositiveInfinity);
        for (var step = 0; step < Math.Min(Start, sorted.Length) + Rounds; step++)
        {
            var next = step < Math.Min(Start, sorted.Length) ? sorted[step] : sorted.MinBy(b => (gains.Loss(sums, b, path.Count + 1), b));
            var loss = gains.Loss(sums, next, path.Count + 1);
            Vectors.Add(sums, 1, gains.Columns[next]);
            path.Add(next);
            if (path.Count == 1 || loss < least) (best, least) = (path.Count, loss);
        }

        return path.Take(best);
    }

    /// <summary>What an ensemble loses: a column a base whose mean over those chosen decides it.</summary>
    /// <param name="Columns">P(true class), or errors times the roots of weights.</param>
    /// <param name="Weights">A weight a row for log-loss; none for squared errors.</param>
    private sealed record Gains(double[][] Columns, double[] Weights)
    {
        public int Count => Columns[0].Length;

        public static Gains Of(LevelRows rows)
        {
            if (rows.Target is Target.Classes) return new(rows.OfTruth(), rows.Weights);

            // In units of the best base's error: whatever overflows then is not worth choosing.
            var errors = rows.Errors();
            var least = errors.Min(column => Units.ToLengthOne([.. column]));
            if (least > 0) errors = Array.ConvertAll(errors, column => Array.ConvertAll(column, error => error / least));
            return new(errors, []);
        }

        /// <summary>The loss of the mean of <paramref name="size"/> bases: those summed, and one more.</summary>
        public double Loss(double[] sums, int more, int size)
        {
            var (column, loss) = (Columns[more], 0.0);
            if (Weights.Length == 0)
            {
                for (var row = 0; row < sums.Length; row++) loss += (sums[row] + column[row]) / size * ((sums[row] + column[row]) / size);
                return double.IsNaN(loss) ? double.PositiveInfinity : loss;
            }

            for (var row = 0; row < sums.Length; row++) loss -= Weights[row] * Math.Log((sums[row] + column[row]) / size);
            return loss;
        }
    }
}
