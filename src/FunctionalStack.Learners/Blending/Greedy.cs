namespace FunctionalStack.Learners;

/// <summary>
/// A meta-learner by ensemble selection (Caruana, Niculescu-Mizil, Crew &amp; Ksikes 2004). Starting from the best bases, it
/// repeatedly adds the base, with replacement, that most improves the log-loss or squared error of the mean prediction. The
/// best of all ensembles along the way is kept. The weight of a base is the number of times it was selected, divided by the
/// number of selections.
/// </summary>
/// <remarks>
/// With several bags, each selects among a random fraction of the bases (the seed's fork <c>bag</c> and the bag's number), and the
/// selections are combined. With one bag nothing is random, and on the training rows the loss is never above that of the best single
/// base. Ties go to the earlier base and the smaller ensemble. Fails if a column holds no base's prediction.
/// </remarks>
/// <param name="Rounds">The number of selections after the start; at least 0.</param>
/// <param name="Start">The number of best bases in the initial ensemble (sorted initialization); at least 1. A number above that of the
/// bases means all of them.</param>
/// <param name="Bags">The number of bags; at least 1. With 1 all bases are candidates.</param>
/// <param name="Share">The fraction of the bases in each bag, above 0 and at most 1; at least one base.</param>
public sealed record Greedy(int Rounds = 50, int Start = 1, int Bags = 1, double Share = 0.5) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "greedy";

    /// <inheritdoc/>
    // A base may pass labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Count("rounds", Rounds, 0),
        Ensure.AtLeast("start", Start, 1),
        Ensure.Count("bags", Bags),
        Ensure.Share("share", Share));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Map<IModel>(rows =>
    {
        var chosen = Choose(Gains.Of(rows), seed.Fork("bag"));
        var size = chosen.Sum();
        return new BlendModel(rows.Bases, EquatableArray.From(chosen.Select(count => (double)count / size)), rows.Levels, rows.Present);
    });

    /// <summary>How often each base was selected, over all bags.</summary>
    private int[] Choose(Gains gains, Seed seed)
    {
        var chosen = new int[gains.Columns.Length];
        for (var bag = 0; bag < Bags; bag++)
        {
            foreach (var b in Select(gains, Bags == 1 ? Enumerable.Range(0, chosen.Length) : Drawn(chosen.Length, seed.Fork(bag))))
                chosen[b]++;
        }

        return chosen;
    }

    private int[] Drawn(int bases, Seed seed) => seed.Sample(bases, Math.Max(1, (int)Math.Round(Share * bases)));

    private IEnumerable<int> Select(Gains gains, IEnumerable<int> among)
    {
        // The sort is stable: ties go to the earlier base.
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

    /// <summary>The loss of ensembles: one column per base, whose mean over the selected bases determines it.</summary>
    /// <param name="Columns">P(actual class), or errors times the square roots of weights.</param>
    /// <param name="Weights">One weight per row for log-loss; empty for squared error.</param>
    private sealed record Gains(double[][] Columns, double[] Weights)
    {
        public int Count => Columns[0].Length;

        public static Gains Of(LevelRows rows)
        {
            if (rows.Target is Target.Classes) return new(rows.OfTruth(), rows.Weights);

            // In units of the best base's error: a base that overflows then is not worth selecting.
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
