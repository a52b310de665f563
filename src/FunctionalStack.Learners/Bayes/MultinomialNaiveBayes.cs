namespace FunctionalStack.Learners;

/// <summary>
/// Each row's numbers are counts of things, drawn one by one with probabilities that are the class's own (McCallum &amp;
/// Nigam 1998): words of a text, or any amounts of at least 0. A class's probability of a column is its summed amount plus
/// Alpha over that of all columns (Lidstone's smoothing; Laplace's at 1), as in scikit-learn's MultinomialNB.
/// </summary>
/// <remarks>Fails on columns that are not numeric, finite and at least 0.</remarks>
/// <param name="Alpha">What is added to the summed amount of each column; above 0.</param>
/// <param name="Priors">The prior probabilities of the classes.</param>
public sealed record MultinomialNaiveBayes(double Alpha = 1.0, Priors Priors = Priors.Shares) : ILeafLearner
{
    public string Name => "multinomialNaiveBayes";

    public Capabilities Capabilities => new(TargetKinds.Classes);

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Positive("alpha", Alpha, suchAs: 1), Ensure.Defined("priors", Priors));

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
                if (row[c] < 0) return Outcome.Fail<IModel>($"{Name}, column '{features.Names[c]}', training row {i + 1}", $"the value is {row[c]}, and counts are not negative", "Scale the column to 0 and above (minMax), or take naiveBayes.");
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
            if (!double.IsFinite(total)) return Outcome.Fail<IModel>(Name, "the summed amounts are more than a double holds", "Divide the columns by a large number.");
            var logs = new double[columns];
            for (var c = 0; c < columns; c++) logs[c] = Math.Log(sum[c] + Alpha) - Math.Log(total);
            scores.Add((logs, Math.Log(priors[code])));
        }

        return Outcome.Ok<IModel>(LinearScoresModel.Of(features.Names, target.Levels, present, new double[columns], scores));
    }
}
