namespace FunctionalStack.Learners;

/// <summary>
/// Gaussian naive Bayes (Duda &amp; Hart 1973): in each class the columns are independent and normally distributed. Variances are
/// maximum-likelihood estimates (divided by the weight, not by the weight minus one)
/// plus <paramref name="VarSmoothing"/> times the largest variance of a column over all rows, like scikit-learn. Here
/// that largest variance is weighted too, so that a weight of 2 is the row twice.
/// </summary>
/// <remarks>
/// Columns that are constant over the training rows have no effect. Fails if a column is not numeric and finite, or if the largest
/// variance of a column is not between 1e-290 and the largest double.
/// </remarks>
/// <param name="VarSmoothing">The fraction of the largest variance that is added to every variance; above 0.</param>
public sealed record GaussianNaiveBayes(double VarSmoothing = 1e-9) : ILeafLearner
{
    // A smaller variance has lost digits, or its smoothing would.
    private const double LeastVariance = 1e-290;

    /// <inheritdoc/>
    public string Name => "naiveBayes";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Positive("varSmoothing", VarSmoothing, suchAs: 1e-9));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        TrainingRows.Of(data, Name).Bind(rows => Fit(rows, (Target.Classes)rows.Target));

    private Outcome<IModel> Fit(TrainingRows rows, Target.Classes target)
    {
        var (features, columns, levels) = (rows.Features, rows.Features.ColumnCount, target.Levels.Count);
        var mass = rows.Mass();
        var total = mass.Sum();

        // Moments are taken about the first row, so that a constant column has a variance of exactly 0.
        var origin = features.Row(0).ToArray();
        var means = new double[levels * columns];
        var overall = new double[columns];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = features.Row(i);
            var weight = rows.Weights[i];
            var mean = means.AsSpan(target.Codes[i] * columns, columns);
            for (var c = 0; c < columns; c++) mean[c] += weight * (row[c] - origin[c]);
        }

        for (var c = 0; c < columns; c++)
        {
            for (var level = 0; level < levels; level++)
            {
                overall[c] += means[level * columns + c];
                if (mass[level] > 0) means[level * columns + c] /= mass[level];
            }

            overall[c] /= total;
        }

        var variances = new double[levels * columns];
        var spread = new double[columns];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = features.Row(i);
            var (weight, at) = (rows.Weights[i], target.Codes[i] * columns);
            for (var c = 0; c < columns; c++)
            {
                var moved = row[c] - origin[c];
                variances[at + c] += weight * Square(moved - means[at + c]);
                spread[c] += weight * Square(moved - overall[c]);
            }
        }

        // If every column is constant, all densities are equal for any variance.
        var widest = columns == 0 ? 0 : Array.IndexOf(spread, spread.Max());
        var largest = columns == 0 ? 0 : spread[widest] / total;
        if (!double.IsFinite(largest)) return OutOfRange(features.Names[widest], "overflows", "Divide the columns by a large number");
        if (largest < LeastVariance && VariesIn(rows, origin) is { } varying)
            return OutOfRange(features.Names[varying], "underflows", "Multiply the columns by a large number");
        var smoothing = VarSmoothing * largest;
        for (var at = 0; at < variances.Length; at++)
        {
            var level = at / columns;
            variances[at] = mass[level] > 0 ? variances[at] / mass[level] + smoothing : 0;
            if (variances[at] == 0) variances[at] = 1;
            means[at] += origin[at % columns];
        }

        return Outcome.Ok<IModel>(new GaussianNaiveBayesModel(features.Names, target.Levels,
            EquatableArray.From(mass.Select(m => m / total)), EquatableArray.Own(means), EquatableArray.Own(variances)));
    }

    /// <summary>The first column that is not constant; null if all are.</summary>
    private static int? VariesIn(TrainingRows rows, double[] origin)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var row = rows.Features.Row(i);
            for (var c = 0; c < row.Length; c++)
            {
                if (row[c] != origin[c]) return c;
            }
        }

        return null;
    }

    private Outcome<IModel> OutOfRange(string column, string how, string remedy) => Outcome.Fail<IModel>($"{Name}, column '{column}'",
        $"the variance of its values {how} a double", $"{remedy}, or standardize them.");

    private static double Square(double x) => x * x;
}

/// <summary>A fitted Gaussian naive Bayes model.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Levels">The classes.</param>
/// <param name="Shares">The prior probability of each class; 0 for a class absent from the training rows.</param>
/// <param name="Means">Classes x columns, row-major.</param>
/// <param name="Variances">Classes x columns, row-major; all positive, smoothing included.</param>
public sealed record GaussianNaiveBayesModel(EquatableArray<string> Columns, EquatableArray<string> Levels, EquatableArray<double> Shares,
    EquatableArray<double> Means, EquatableArray<double> Variances) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("shares", Shares.Count, Levels.Count),
        Consistency.Count("means", Means.Count, (long)Levels.Count * Columns.Count),
        Consistency.Count("variances", Variances.Count, (long)Levels.Count * Columns.Count));

    /// <summary>Class probabilities. If a row is so extreme that all densities underflow, these are the prior probabilities.</summary>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix features)
    {
        var (columns, levels) = (Columns.Count, Levels.Count);
        var precisions = new double[Variances.Count];
        var constants = new double[levels];
        for (var level = 0; level < levels; level++)
        {
            constants[level] = Math.Log(Shares[level]);
            for (var at = level * columns; at < (level + 1) * columns; at++)
            {
                precisions[at] = 0.5 / Variances[at];
                constants[level] -= 0.5 * Math.Log(2 * Math.PI * Variances[at]);
            }
        }

        var means = Means.AsSpan();
        var probabilities = new double[features.RowCount * levels];
        for (var i = 0; i < features.RowCount; i++)
        {
            var row = features.Row(i);
            var logs = probabilities.AsSpan(i * levels, levels);
            for (var level = 0; level < levels; level++)
            {
                if (Shares[level] == 0)
                {
                    logs[level] = double.NegativeInfinity;
                    continue;
                }

                var mean = means.Slice(level * columns, columns);
                var precision = precisions.AsSpan(level * columns, columns);
                var log = constants[level];
                for (var c = 0; c < row.Length; c++)
                {
                    var difference = row[c] - mean[c];
                    log -= difference * difference * precision[c];
                }

                logs[level] = log;
            }

            Posterior.FromLogs(logs, Shares.AsSpan());
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }
}
