namespace FunctionalStack.Learners;

/// <summary>
/// A meta-learner that gives each base one weight, shrunk towards equal weights. For classification it is the logarithmic opinion pool
/// (Genest &amp; Zidek 1986): the log-probabilities of the bases, times their weights, plus one constant per class, passed through
/// softmax. For regression it is the weighted sum of the predicted values plus a constant. Weights may be negative and need not sum
/// to 1.
/// </summary>
/// <remarks>
/// Minimizes the negative log-likelihood plus <c>Penalty / 2</c> times the sum of squared differences of the weights from 1 / bases and,
/// for classification, of the squared constants. It has one weight per base, where logistic regression on the same columns has one per
/// base, class and class, so it needs fewer rows. Classification is solved by Newton's method. Regression is ridge regression towards
/// equal weights with the penalty in units of the residual variance, which is estimated in turn, so the unit of the target does not
/// matter. Fails if a column holds no base's prediction.
/// </remarks>
/// <param name="Penalty">The strength of the shrinkage: the inverse of the prior variance of a weight; above 0.</param>
/// <param name="Floor">The lower bound of probabilities before the logarithm is taken; above 0 and below 1. Ignored for
/// regression.</param>
public sealed record OpinionPool(double Penalty = 10, double Floor = 0.001) : ILeafLearner
{
    private const int Turns = 10;
    private const int MostSteps = 200;
    private const double Tolerance = 1e-9;
    private const double Aliased = 1e-13;

    /// <inheritdoc/>
    public string Name => "opinionPool";

    /// <inheritdoc/>
    // A base may pass labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name, Ensure.Positive("penalty", Penalty, suchAs: 10), Ensure.Between("floor", Floor));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Bind(rows =>
        rows.Target is Target.Classes classes ? OfClasses(rows, classes) : OfValues(rows, (Target.Numeric)rows.Target));

    private Outcome<IModel> OfClasses(LevelRows rows, Target.Classes classes)
    {
        var objective = new PoolObjective(rows, classes.Codes, Penalty, Floor);
        var descent = Newton.Minimize(objective, objective.Start, Tolerance * Math.Sqrt(objective.TotalWeight), MostSteps);
        var model = new OpinionPoolModel(rows.Bases, EquatableArray.From(descent.At.Take(rows.Bases.Count)),
            EquatableArray.From(descent.At.Skip(rows.Bases.Count)), rows.Levels, rows.Present, Floor);
        return descent.Converged
            ? Outcome.Ok<IModel>(model)
            : Outcome.Ok<IModel>(model).Noting([$"{Name}: stopped after {descent.Iterations} steps before it converged"]);
    }

    private Outcome<IModel> OfValues(LevelRows rows, Target.Numeric target)
    {
        var bases = rows.Bases.Count;
        var columns = rows.Predictions.Select(one => ((Prediction.Numeric)one).Values).Append(target.Values).ToArray();
        var exponent = Units.Exponent(EquatableArray.From(columns.Select(column => column.Max(Math.Abs))));
        var total = rows.Weights.Sum();
        var means = Array.ConvertAll(columns, column =>
            Enumerable.Range(0, rows.Count).Sum(row => rows.Weights[row] / total * Math.ScaleB(column[row], -exponent)));
        var roots = Array.ConvertAll(rows.Weights, weight => Math.Sqrt(weight * rows.Greatest));
        var centred = columns.Select((column, at) => Enumerable.Range(0, rows.Count)
            .Select(row => (Math.ScaleB(column[row], -exponent) - means[at]) * roots[row]).ToArray()).ToArray();
        var weights = Shrunk(centred[..^1], centred[^1], total * rows.Greatest);
        var constant = means[^1] - Vectors.Dot(weights, means.AsSpan(0, bases));
        return Outcome.Ok<IModel>(new OpinionPoolModel(rows.Bases, EquatableArray.Own(weights), [Math.ScaleB(constant, exponent)], default,
            default, Floor));
    }

    /// <summary>The weights for centred columns, with the residual variance and the weights estimated in turn.</summary>
    private double[] Shrunk(double[][] columns, double[] target, double total)
    {
        var (bases, equal) = (columns.Length, 1.0 / columns.Length);
        var residual = target.ToArray();
        foreach (var column in columns) Vectors.Add(residual, -equal, column);
        var gram = new double[bases * bases];
        for (var i = 0; i < bases; i++)
        {
            for (var j = 0; j <= i; j++) gram[i * bases + j] = Vectors.DotOfLong(columns[i], columns[j]);
        }

        var sides = Array.ConvertAll(columns, column => Vectors.DotOfLong(column, residual));
        var moved = new double[bases];
        var variance = Vectors.DotOfLong(residual, residual) / total;
        for (var turn = 0; turn < Turns && variance > 0; turn++)
        {
            var factor = gram.ToArray();
            for (var i = 0; i < bases; i++) factor[i * bases + i] += Penalty * variance;
            Cholesky.Factor(factor, bases, Aliased);
            sides.CopyTo(moved, 0);
            Cholesky.Solve(factor, bases, moved);
            var left = residual.ToArray();
            for (var b = 0; b < bases; b++) Vectors.Add(left, -moved[b], columns[b]);
            variance = Vectors.DotOfLong(left, left) / total;
        }

        return Array.ConvertAll(moved, by => equal + by);
    }
}
