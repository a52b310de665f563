namespace FunctionalStack.Learners;

/// <summary>
/// Bernoulli naive Bayes (McCallum &amp; Nigam 1998). Each column is binarized: 1 if above Threshold, otherwise 0. Its probability
/// in a class is (weight of ones + Alpha) / (weight of the class + 2 Alpha), like scikit-learn's BernoulliNB.
/// </summary>
/// <remarks>Fails if a column is not numeric and finite.</remarks>
/// <param name="Alpha">Additive smoothing: added to the weights of ones and of zeros; above 0.</param>
/// <param name="Threshold">The binarization threshold; finite. After standardizing, 0 is the mean.</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record BernoulliNaiveBayes(double Alpha = 1.0, double Threshold = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "bernoulliNaiveBayes";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Positive("alpha", Alpha, suchAs: 1),
        Ensure.Finite("threshold", Threshold),
        Ensure.Defined("priors", Priors));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        TrainingRows.Of(data, Name).Map<IModel>(rows => Fit(rows, (Target.Classes)rows.Target));

    private BernoulliNaiveBayesModel Fit(TrainingRows rows, Target.Classes target)
    {
        var (features, columns) = (rows.Features, rows.Features.ColumnCount);
        var mass = rows.Mass();
        var yes = new double[mass.Length * columns];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = features.Row(i);
            var sum = yes.AsSpan(target.Codes[i] * columns, columns);
            for (var c = 0; c < columns; c++) sum[c] += row[c] > Threshold ? rows.Weights[i] : 0;
        }

        var odds = new double[yes.Length];
        var logs = Array.ConvertAll(Priors.Of(mass), Math.Log);
        for (var at = 0; at < yes.Length; at++)
        {
            var code = at / columns;
            if (mass[code] == 0) continue;

            // The zeros are the rest of the class. If all rows are ones, rounding must not make it negative.
            var no = Math.Max(0, mass[code] - yes[at]) + Alpha;
            var all = Math.Log(mass[code] + 2 * Alpha);
            odds[at] = Math.Log(yes[at] + Alpha) - Math.Log(no);
            logs[code] += Math.Log(no) - all;
        }

        return new(features.Names, target.Levels, Threshold, EquatableArray.Own(odds), EquatableArray.Own(logs));
    }
}

/// <summary>A fitted Bernoulli naive Bayes model.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Levels">The classes.</param>
/// <param name="Threshold">The binarization threshold.</param>
/// <param name="LogOdds">Classes x columns, row-major: the log-odds of a one.</param>
/// <param name="LogNone">For each class the logarithm of its prior times the probability of all zeros; negative infinity for a class absent
/// from the training rows.</param>
public sealed record BernoulliNaiveBayesModel(EquatableArray<string> Columns, EquatableArray<string> Levels, double Threshold,
    EquatableArray<double> LogOdds, EquatableArray<double> LogNone) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("intercepts", LogNone.Count, Levels.Count),
            Consistency.Count("log-odds", LogOdds.Count, (long)Levels.Count * Columns.Count));

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix features)
    {
        var (columns, levels) = (Columns.Count, Levels.Count);
        var odds = LogOdds.AsSpan();
        var probabilities = new double[features.RowCount * levels];
        for (var i = 0; i < features.RowCount; i++)
        {
            var row = features.Row(i);
            var logs = probabilities.AsSpan(i * levels, levels);
            for (var level = 0; level < levels; level++)
            {
                var log = LogNone[level];
                for (var c = 0; c < columns; c++) log += row[c] > Threshold ? odds[level * columns + c] : 0;
                logs[level] = log;
            }

            // Sums of logarithms of positive numbers: at least one class present is finite.
            Posterior.FromLogs(logs, default);
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }
}
