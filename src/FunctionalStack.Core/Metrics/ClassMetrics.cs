namespace FunctionalStack;

/// <summary>
/// Classification metrics. Rows are matched by position, classes by level. Each row has its weight, or 1 without weights.
/// If no row has positive weight, every score is NaN. The classes are those of the prediction. A row of another class, which the
/// prediction does not know, changes no definition: it has probability 0, is an error in accuracy, log-loss and Brier score, and a
/// wrong prediction of a class in F1. Balanced accuracy and the area under the ROC curve leave it out.
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

    /// <summary>Balanced accuracy: the mean recall over the prediction's classes that are present. From 0 to 1; higher is better.</summary>
    public static double BalancedAccuracy(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var present = ClassesOf(prediction, confusion.Levels).Where(c => confusion.OfTruth(c) > 0);
        return present.Select(c => confusion[c, c] / confusion.OfTruth(c)).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>
    /// Log-loss: the mean of -ln P(actual class), with P clipped to [2^-52, 1 - 2^-52] like scikit-learn. At least 0; lower is better.
    /// </summary>
    public static double LogLoss(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        const double epsilon = LeastProbability;
        var known = Known(truth, prediction);
        var classes = ClassesOf(prediction, known.Levels);
        double loss = 0, all = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            var row = known.Row(i);
            double sum = 0;
            foreach (var c in classes) sum += Math.Clamp(row[c], epsilon, 1 - epsilon);
            all += weight;
            loss -= weight * Math.Log(Math.Clamp(row[truth.Codes[i]], epsilon, 1 - epsilon) / sum);
        }

        return loss / all;
    }

    /// <summary>Brier score (Brier 1950): the mean over rows of the sum over classes of (P - [actual class])^2, halved for two classes:
    /// for these it is the mean of (P - [second class])^2. Lower is better.</summary>
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

        return loss / all / (prediction.Levels.Count == 2 ? 2 : 1);
    }

    /// <summary>
    /// The area under the ROC curve, one class versus the rest, averaged over the classes with both positive and negative rows;
    /// NaN if there are none. Tied scores contribute one half. From 0 to 1; higher is better.
    /// </summary>
    public static double RocAuc(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var known = Known(truth, prediction);
        var classes = ClassesOf(prediction, known.Levels);
        var rows = Enumerable.Range(0, truth.Count).Where(i => Array.BinarySearch(classes, truth.Codes[i]) >= 0).ToArray();
        var areas = classes.Select(c => RocAuc(truth, known, c, rows, weights)).Where(area => !double.IsNaN(area)).ToArray();
        return areas.Length == 0 ? double.NaN : areas.Average();
    }

    /// <summary>Macro F1: the harmonic mean of precision and recall, averaged over the prediction's classes that are the actual or the
    /// predicted class of a row.</summary>
    public static double F1(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var confusion = Confusion(truth, prediction, weights);
        var scores = ClassesOf(prediction, confusion.Levels)
            .Select(c => (Right: confusion[c, c], Named: confusion.OfTruth(c) + confusion.OfPrediction(c)))
            .Where(score => score.Named > 0)
            .Select(score => 2 * score.Right / score.Named);
        return scores.DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The confusion matrix: the summed weight of the rows of each actual class with each predicted class. The levels are those of
    /// the target, followed by further ones of the prediction.</summary>
    public static Confusion Confusion(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var known = Known(truth, prediction);
        var (codes, width) = (known.Codes(), known.Levels.Count);
        var cells = new double[width * width];
        for (var i = 0; i < truth.Count; i++) cells[truth.Codes[i] * width + codes[i]] += weights?[i] ?? 1;
        return new(known.Levels, EquatableArray.Own(cells));
    }

    private static double RocAuc(Target.Classes truth, Prediction.Probabilities known, int positive, int[] rows,
        EquatableArray<double>? weights)
    {
        var order = (int[])rows.Clone();
        var score = Array.ConvertAll(order, row => known.Row(row)[positive]);
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

    // The levels of the target, so that its codes are theirs, and those that only the prediction has.
    private static Prediction.Probabilities Known(Target.Classes truth, Prediction.Probabilities prediction) =>
        prediction.Count == truth.Count
        ? prediction.For([.. truth.Levels, .. prediction.Levels.Except(truth.Levels)])
        : throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));

    // The codes of the prediction's classes among the levels, ascending.
    private static int[] ClassesOf(Prediction.Probabilities prediction, EquatableArray<string> levels)
    {
        var own = prediction.Levels.ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, levels.Count).Where(code => own.Contains(levels[code]))];
    }
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
