namespace FunctionalStack.Learners;

/// <summary>
/// Each column is a yes (above Threshold) or a no, independently, with a probability that is the class's own (McCallum &amp;
/// Nigam 1998): (weight of yes + Alpha) / (weight of the class + 2 Alpha), as in scikit-learn's BernoulliNB.
/// </summary>
/// <remarks>Fails on columns that are not numeric and finite.</remarks>
/// <param name="Alpha">What is added to the weights of yes and of no; above 0.</param>
/// <param name="Threshold">Numbers above it are a yes; finite. After standardizing, 0 is the mean.</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record BernoulliNaiveBayes(double Alpha = 1.0, double Threshold = 0, Priors Priors = Priors.Shares) : ILeafLearner
{
    public string Name => "bernoulliNaiveBayes";

    public Capabilities Capabilities => new(TargetKinds.Classes);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Positive("alpha", Alpha, suchAs: 1),
        Ensure.Finite("threshold", Threshold),
        Ensure.Defined("priors", Priors));

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

            // No is what is left of the class; where every row says yes, rounding must not make it negative.
            var no = Math.Max(0, mass[code] - yes[at]) + Alpha;
            var all = Math.Log(mass[code] + 2 * Alpha);
            odds[at] = Math.Log(yes[at] + Alpha) - Math.Log(no);
            logs[code] += Math.Log(no) - all;
        }

        return new(features.Names, target.Levels, Threshold, EquatableArray.Own(odds), EquatableArray.Own(logs));
    }
}

/// <summary>What each yes adds to the logarithm of each class's probability.</summary>
/// <param name="Columns">The columns asked.</param>
/// <param name="Levels">The classes.</param>
/// <param name="Threshold">Numbers above it are a yes.</param>
/// <param name="LogOdds">Classes x columns, class by class: the logarithm of the odds of a yes.</param>
/// <param name="LogNone">For each class the logarithm of its prior times the probability of no yes at all; negative infinity for a class absent from the training rows.</param>
public sealed record BernoulliNaiveBayesModel(EquatableArray<string> Columns, EquatableArray<string> Levels, double Threshold, EquatableArray<double> LogOdds, EquatableArray<double> LogNone) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("intercepts", LogNone.Count, Levels.Count), Consistency.Count("log-odds", LogOdds.Count, (long)Levels.Count * Columns.Count));

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

            // Sums of logarithms of positive numbers: a class that is present always has a finite one.
            Posterior.FromLogs(logs, default);
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }
}
