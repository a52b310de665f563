namespace FunctionalStack.Learners;

/// <summary>
/// Multinomial naive Bayes (McCallum &amp; Nigam 1998), for counts such as those of a text's terms, or any numbers of at least 0.
/// The probability of a column in a class is its sum plus Alpha, divided by the same over all columns (Lidstone
/// smoothing; Laplace smoothing for Alpha = 1), like scikit-learn's MultinomialNB.
/// </summary>
/// <remarks>Fails if a column is not numeric, finite and at least 0.</remarks>
/// <param name="Alpha">Additive smoothing: added to the sum of each column; above 0.</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record MultinomialNaiveBayes(double Alpha = 1.0, Priors Priors = Priors.Shares) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "multinomialNaiveBayes";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() =>
        Ensure.All(Name, Ensure.Positive("alpha", Alpha, suchAs: 1), Ensure.Defined("priors", Priors));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        TrainingRows.Of(data, Name).Bind(rows => Fit(rows, (Target.Classes)rows.Target));

    private Outcome<IModel> Fit(TrainingRows rows, Target.Classes target)
    {
        var (features, columns) = (rows.Features, rows.Features.ColumnCount);
        var (mass, present) = (rows.Mass(), rows.Present);
        var sums = new double[mass.Length * columns];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = features.Row(i);
            var sum = sums.AsSpan(target.Codes[i] * columns, columns);
            for (var c = 0; c < columns; c++)
            {
                if (row[c] < 0)
                    return Outcome.Fail<IModel>($"{Name}, column '{features.Names[c]}', training row {i + 1}",
                        $"the value is {row[c]}, but counts cannot be negative",
                        "Scale the column to at least 0 (minMax), or use naiveBayes.");
                sum[c] += rows.Weights[i] * row[c];
            }
        }

        var priors = Priors.Of(mass);
        var scores = new List<(double[] Coefficients, double Intercept)>();
        foreach (var code in present)
        {
            var sum = sums.AsSpan(code * columns, columns);
            var total = Alpha * columns;
            foreach (var amount in sum) total += amount;
            if (!double.IsFinite(total))
                return Outcome.Fail<IModel>(Name, "the sums of the columns overflow a double", "Divide the columns by a large number.");
            var logs = new double[columns];
            for (var c = 0; c < columns; c++) logs[c] = Math.Log(sum[c] + Alpha) - Math.Log(total);
            scores.Add((logs, Math.Log(priors[code])));
        }

        return Outcome.Ok<IModel>(LinearScoresModel.Of(features.Names, target.Levels, present, new double[columns], scores));
    }
}
