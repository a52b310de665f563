namespace FunctionalStack.Learners;

/// <summary>
/// A convex combination of the bases (the Super Learner of van der Laan, Polley &amp; Hubbard 2007): weights of at least 0 that
/// sum to 1 and make least the log-loss of the mixed probabilities, or the squared error of the mixed estimates, over the
/// training rows. Out-of-fold predictions are those of the bases, so the weights say how far each is to be trusted. On
/// these rows the loss is never above that of the best single base.
/// </summary>
/// <remarks>
/// Both problems are convex. Squared error is solved in one go by an active set; log-loss by Newton's method, each step of
/// which is such a squared error, until the loss is certified to lie within 1e-10 of the optimum: by Lindsay (1983) it is
/// above the optimum by at most the greatest over the bases of (the mean over rows of P(true class) over the mixture's) less 1.
/// Of equal bases the first gets the weight. Probabilities count as at least 2^-52, as in log-loss. Scale and place of
/// estimates don't matter. Fails on columns that no base handed up.
/// </remarks>
public sealed record ConvexWeights : ILeafLearner
{
    private const double Tolerance = 1e-10;
    private const int MostSteps = 200;

    // From here on Newton's steps square the error, while the loss no longer has digits to show it by.
    private const double Near = 1e-8;

    public string Name => "convexWeights";

    // A base may hand up labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Bind(rows => rows.Target is Target.Numeric
        ? Outcome.Ok(Model(rows, SimplexLeastSquares.Weights(rows.Errors())))
        : Mixture(rows.OfTruth(), rows.Weights) is var (weights, gap) && gap <= Tolerance
            ? Outcome.Ok(Model(rows, weights))
            : Outcome.Ok(Model(rows, weights)).Noting([$"{Name}: the log-loss may lie {gap:0.0e+0} above the least"]));

    private static IModel Model(LevelRows rows, double[] weights) => new BlendModel(rows.Bases, EquatableArray.Own(weights), rows.Levels, rows.Present);

    /// <summary>The weights of the mixture of greatest likelihood, and how far its mean logarithm may lie from the greatest.</summary>
    /// <param name="p">A column a base: its probability of each row's class, above 0.</param>
    /// <param name="rowWeights">A weight a row, above 0.</param>
    internal static (double[] Weights, double Gap) Mixture(double[][] p, double[] rowWeights)
    {
        var (bases, count, total) = (p.Length, rowWeights.Length, rowWeights.Sum());
        var weights = new double[bases];
        Array.Fill(weights, 1.0 / bases);
        var mixed = Mix(p, weights);
        var loss = Loss(mixed, rowWeights, total);
        for (var step = 0; ; step++)
        {
            var gains = Array.ConvertAll(p, column =>
            {
                var sum = 0.0;
                for (var row = 0; row < count; row++) sum += rowWeights[row] * (column[row] / mixed[row]);
                return sum / total;
            });
            var gap = gains.Max() - 1;
            if (gap <= Tolerance || step == MostSteps) return (weights, Math.Max(gap, 0));

            // The quadratic model of the loss about these weights is, among weights that sum to 1, the squared length of
            // the weighted sum of p / mixture - 2.
            var target = SimplexLeastSquares.Weights(Array.ConvertAll(p, column =>
            {
                var moved = new double[count];
                for (var row = 0; row < count; row++) moved[row] = Math.Sqrt(rowWeights[row]) * (column[row] / mixed[row] - 2);
                return moved;
            }));

            var slope = 0.0;
            // Less 1, since steps sum to 0 and the gains come near 1: their difference is what counts.
            for (var b = 0; b < bases; b++) slope -= (target[b] - weights[b]) * (gains[b] - 1);
            if (!(slope < 0)) return (weights, gap);
            var (share, better) = (1.0, false);
            for (var halving = 0; halving < 60 && !better; halving++, share /= 2)
            {
                var next = new double[bases];
                for (var b = 0; b < bases; b++) next[b] = (1 - share) * weights[b] + share * target[b];
                var nextMixed = Mix(p, next);
                var nextLoss = Loss(nextMixed, rowWeights, total);
                better = slope > -Near || nextLoss <= loss + 1e-4 * share * slope;
                if (better) (weights, mixed, loss) = (next, nextMixed, nextLoss);
            }

            if (!better) return (weights, gap);
        }
    }

    private static double[] Mix(double[][] p, double[] weights)
    {
        var mixed = new double[p[0].Length];
        for (var b = 0; b < p.Length; b++)
        {
            if (weights[b] > 0) Vectors.Add(mixed, weights[b], p[b]);
        }

        return mixed;
    }

    private static double Loss(double[] mixed, double[] rowWeights, double total)
    {
        var sum = 0.0;
        for (var row = 0; row < mixed.Length; row++) sum -= rowWeights[row] * Math.Log(mixed[row]);
        return sum / total;
    }
}
