namespace FunctionalStack;

/// <summary>
/// Classification metrics. Rows are matched by position, classes by level. Each row has its weight, or 1 without weights.
/// If no row has positive weight, every score is NaN. Levels unknown to the prediction have probability 0.
/// </summary>
public static class ClassMetrics
{
    /// <summary>The spacing of doubles at 1, 2^-52: the lower bound of probabilities before the logarithm is taken.</summary>
    internal const double LeastProbability = 2.220446049250313e-16;

    /// <summary>Accuracy: the fraction of rows whose most probable class is correct. From 0 to 1; higher is better.</summary>
    public static double Accuracy(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var codes = Known(truth, prediction).Codes();
        double right = 0, all = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            all += weight;
            if (codes[i] == truth.Codes[i]) right += weight;
        }

        return right / all;
    }

    /// <summary>Balanced accuracy: the mean recall over the classes present. From 0 to 1; higher is better.</summary>
    public static double BalancedAccuracy(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var present = Enumerable.Range(0, truth.Levels.Count).Where(c => confusion.OfTruth(c) > 0).ToArray();
        return present.Select(c => confusion[c, c] / confusion.OfTruth(c)).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>
    /// Log-loss: the mean of -ln P(actual class), with P clipped to [2^-52, 1 - 2^-52] like scikit-learn. At least 0; lower is better.
    /// </summary>
    public static double LogLoss(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        const double epsilon = LeastProbability;
        var known = Known(truth, prediction);
        double loss = 0, all = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            var row = known.Row(i);
            double sum = 0;
            foreach (var p in row) sum += Math.Clamp(p, epsilon, 1 - epsilon);
            all += weight;
            loss -= weight * Math.Log(Math.Clamp(row[truth.Codes[i]], epsilon, 1 - epsilon) / sum);
        }

        return loss / all;
    }

    /// <summary>Brier score (Brier 1950): the mean over rows of the sum over classes of (P - [actual class])^2, halved for two classes.
    /// Lower is better.</summary>
    public static double Brier(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var known = Known(truth, prediction);
        double loss = 0, all = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            var row = known.Row(i);
            all += weight;
            for (var c = 0; c < row.Length; c++)
            {
                var error = row[c] - (truth.Codes[i] == c ? 1 : 0);
                loss += weight * error * error;
            }
        }

        return loss / all / (truth.Levels.Count == 2 ? 2 : 1);
    }

    /// <summary>
    /// The area under the ROC curve, one class versus the rest, averaged over the classes with both positive and negative rows;
    /// NaN if there are none. Tied scores contribute one half. From 0 to 1; higher is better.
    /// </summary>
    public static double RocAuc(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var known = Known(truth, prediction);
        var areas = Enumerable.Range(0, truth.Levels.Count).Select(c => RocAuc(truth, known, c, weights)).Where(area => !double.IsNaN(area))
            .ToArray();
        return areas.Length == 0 ? double.NaN : areas.Average();
    }

    /// <summary>Macro F1: the harmonic mean of precision and recall, averaged over the classes that occur in the target or the
    /// prediction.</summary>
    public static double F1(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var scores = Enumerable.Range(0, truth.Levels.Count)
            .Select(c => (Right: confusion[c, c], Named: confusion.OfTruth(c) + confusion.OfPrediction(c)))
            .Where(score => score.Named > 0)
            .Select(score => 2 * score.Right / score.Named);
        return scores.DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The confusion matrix: the summed weight of the rows of each actual class with each predicted class.</summary>
    public static Confusion Confusion(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var codes = Known(truth, prediction).Codes();
        var cells = new double[truth.Levels.Count * truth.Levels.Count];
        for (var i = 0; i < truth.Count; i++) cells[truth.Codes[i] * truth.Levels.Count + codes[i]] += weights?[i] ?? 1;
        return new(truth.Levels, EquatableArray.Own(cells));
    }

    private static double RocAuc(Target.Classes truth, Prediction.Probabilities known, int positive, EquatableArray<double>? weights)
    {
        var score = new double[truth.Count];
        var order = new int[truth.Count];
        for (var i = 0; i < order.Length; i++) (score[i], order[i]) = (known.Row(i)[positive], i);
        Array.Sort(score, order);

        // NaN sorts before numbers.
        if (score.Length > 0 && double.IsNaN(score[0])) return double.NaN;
        double below = 0, positives = 0, negatives = 0, area = 0;
        for (var i = 0; i < order.Length;)
        {
            double tiedPositive = 0, tiedNegative = 0;
            var tie = score[i];
            for (; i < order.Length && score[i] == tie; i++)
            {
                var weight = weights?[order[i]] ?? 1;
                if (truth.Codes[order[i]] == positive) tiedPositive += weight;
                else tiedNegative += weight;
            }

            area += tiedPositive * (below + tiedNegative / 2);
            below += tiedNegative;
            positives += tiedPositive;
            negatives += tiedNegative;
        }

        return area / (positives * negatives);
    }

    private static Prediction.Probabilities Known(Target.Classes truth, Prediction.Probabilities prediction) =>
        prediction.Count == truth.Count
        ? prediction.For(truth.Levels)
        : throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));
}

/// <summary>A confusion matrix.</summary>
/// <param name="Levels">The classes.</param>
/// <param name="Cells">Levels x levels summed weights, row-major: rows are actual classes, columns are predicted classes.</param>
public sealed record Confusion(EquatableArray<string> Levels, EquatableArray<double> Cells)
{
    /// <summary>The summed weight of the rows of class <paramref name="truth"/> predicted as <paramref name="predicted"/>.</summary>
    public double this[int truth, int predicted] => Cells[truth * Levels.Count + predicted];

    /// <summary>The summed weight of the rows of an actual class.</summary>
    public double OfTruth(int level) => Enumerable.Range(0, Levels.Count).Sum(predicted => this[level, predicted]);

    /// <summary>The summed weight of the rows predicted as a class.</summary>
    public double OfPrediction(int level) => Enumerable.Range(0, Levels.Count).Sum(truth => this[truth, level]);
}
