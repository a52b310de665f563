namespace FunctionalStack.Learners;

/// <summary>
/// A meta-learner that combines the bases with weights of at least 0 that sum to 1 (the Super Learner of van der Laan, Polley &amp;
/// Hubbard 2007). The weights minimize the log-loss of the mixed probabilities, or the squared error of the mixed predicted values, over
/// the out-of-fold predictions. On these rows the loss is never above that of the best single base.
/// </summary>
/// <remarks>
/// Both problems are convex. Squared error is minimized by an active-set method. Log-loss is minimized by Newton's method, whose
/// steps are such squared-error problems, until the loss is certified to be within 1e-10 of the optimum. By Lindsay (1983) the distance
/// to the optimum is at most the maximum over bases of (the mean over rows of P(actual class) divided by that of the mixture) minus 1.
/// The first of several equal bases gets the weight. Probabilities are clipped to at least 2^-52, like for log-loss. Scale and offset of
/// numeric predictions do not matter. Fails if a column holds no base's prediction.
/// </remarks>
public sealed record ConvexWeights : ILeafLearner
{
    private const double Tolerance = 1e-10;
    private const int MostSteps = 200;

    // From here on Newton's method converges quadratically, but the loss has no digits left to measure it.
    private const double Near = 1e-8;

    /// <inheritdoc/>
    public string Name => "convexWeights";

    /// <inheritdoc/>
    // A base may pass labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Bind(rows => rows.Target is Target.Numeric
        ? Outcome.Ok(Model(rows, SimplexLeastSquares.Weights(rows.Errors())))
        : Mixture(rows.OfTruth(), rows.Weights) is var (weights, gap) && gap <= Tolerance
            ? Outcome.Ok(Model(rows, weights))
            : Outcome.Ok(Model(rows, weights)).Noting([$"{Name}: the log-loss may be {gap:0.0e+0} above the optimum"]));

    private static IModel Model(LevelRows rows, double[] weights) =>
        new BlendModel(rows.Bases, EquatableArray.Own(weights), rows.Levels, rows.Present);

    /// <summary>The mixture weights of maximum likelihood, and an upper bound of the distance of the mean log-likelihood from its
    /// maximum.</summary>
    /// <param name="p">One column per base: its probability of each row's actual class, above 0.</param>
    /// <param name="rowWeights">One weight per row, above 0.</param>
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

            // For weights that sum to 1, the quadratic model of the loss about these weights is the squared length of
            // the weighted sum of p / mixture - 2.
            var target = SimplexLeastSquares.Weights(Array.ConvertAll(p, column =>
            {
                var moved = new double[count];
                for (var row = 0; row < count; row++) moved[row] = Math.Sqrt(rowWeights[row]) * (column[row] / mixed[row] - 2);
                return moved;
            }));

            var slope = 0.0;
            // Minus 1, since steps sum to 0 and the gains approach 1: only their differences matter.
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
