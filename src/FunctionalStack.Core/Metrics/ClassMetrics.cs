namespace FunctionalStack;

/// <summary>
/// Scores of class probabilities against the truth. Rows are matched by position, classes by level; each row counts by
/// its weight (1 where none are given); where no row has weight, every score is NaN. Levels the prediction doesn't know have probability 0.
/// </summary>
public static class ClassMetrics
{
    /// <summary>The spacing of doubles at 1, 2^-52: no probability counts as less where its logarithm is taken.</summary>
    internal const double LeastProbability = 2.220446049250313e-16;

    /// <summary>The share of rows whose most probable class is right. From 0 to 1, higher is better.</summary>
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

    /// <summary>The mean over the classes present of the share of their rows that are right. From 0 to 1, higher is better.</summary>
    public static double BalancedAccuracy(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var present = Enumerable.Range(0, truth.Levels.Count).Where(c => confusion.OfTruth(c) > 0).ToArray();
        return present.Select(c => confusion[c, c] / confusion.OfTruth(c)).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>
    /// The mean of -ln P(true class), P clipped to [2^-52, 1 - 2^-52] as scikit-learn does. From 0, lower is better; natural logarithm.
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

    /// <summary>The mean over rows of sum over classes of (P - [class is true])^2, halved for two classes (Brier 1950). Lower is better.</summary>
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
    /// The area under the ROC curve of each class against the rest, averaged over the classes that have rows on both sides;
    /// NaN where none has. Ties count half. From 0 to 1, higher is better.
    /// </summary>
    public static double RocAuc(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var known = Known(truth, prediction);
        var areas = Enumerable.Range(0, truth.Levels.Count).Select(c => RocAuc(truth, known, c, weights)).Where(area => !double.IsNaN(area)).ToArray();
        return areas.Length == 0 ? double.NaN : areas.Average();
    }

    /// <summary>The harmonic mean of precision and recall of each class that occurs in truth or prediction, averaged (macro F1).</summary>
    public static double F1(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var scores = Enumerable.Range(0, truth.Levels.Count)
            .Select(c => (Right: confusion[c, c], Named: confusion.OfTruth(c) + confusion.OfPrediction(c)))
            .Where(score => score.Named > 0)
            .Select(score => 2 * score.Right / score.Named);
        return scores.DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>How much weight of each true class was predicted as each class.</summary>
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

        // Numbers sort after NaN.
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

    private static Prediction.Probabilities Known(Target.Classes truth, Prediction.Probabilities prediction) => prediction.Count == truth.Count
        ? prediction.For(truth.Levels)
        : throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));
}

/// <summary>Levels x levels weights, row by row: true class down, predicted class across.</summary>
public sealed record Confusion(EquatableArray<string> Levels, EquatableArray<double> Cells)
{
    public double this[int truth, int predicted] => Cells[truth * Levels.Count + predicted];

    public double OfTruth(int level) => Enumerable.Range(0, Levels.Count).Sum(predicted => this[level, predicted]);

    public double OfPrediction(int level) => Enumerable.Range(0, Levels.Count).Sum(truth => this[truth, level]);
}
