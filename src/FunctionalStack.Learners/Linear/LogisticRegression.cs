namespace FunctionalStack.Learners;

/// <summary>
/// Logistic regression with an L2 penalty: minimizes half the sum of squared coefficients plus C times the weighted sum
/// of log-losses, like scikit-learn. Intercepts are not penalized. Binary for two classes present, otherwise
/// multinomial (softmax). The penalty depends on the columns' units, so standardize first. Finite columns of any scale
/// work.
/// </summary>
/// <remarks>
/// Classes absent from the training rows get probability 0. A single class present gets probability 1. Uses Newton's method if
/// that needs less arithmetic, otherwise L-BFGS. If MaxIterations is reached, the model has a note. Fails if a
/// column is not numeric and finite.
/// </remarks>
/// <param name="C">The inverse of the regularization strength; above 0.</param>
/// <param name="MaxIterations">The maximum number of steps; at least 1.</param>
/// <param name="Tolerance">
/// The approximate error of a training row's probability relative to the optimum; above 0. It is compared with the Newton
/// decrement of the loss, for a row of mean weight.
/// </param>
public sealed record LogisticRegression(double C = 1.0, int MaxIterations = 1000, double Tolerance = 1e-8) : ILeafLearner
{
    // The second derivative of a row's loss is at most 1/4.
    private const double Curvature = 0.25;

    // The number of variables for which the Hessian takes 32 MB.
    private const int LargestNewton = 2000;

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Classes);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    // The penalty is 1 / C.
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.That(C > 0 && double.IsFinite(C) && double.IsFinite(1 / C), "c", C, "a finite number above 0, such as 1"),
        Ensure.AtLeast("maxIterations", MaxIterations, 1),
        Ensure.Positive("tolerance", Tolerance, suchAs: 1e-8));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Of(data, Name).Bind(Fit);

    private Outcome<IModel> Fit(TrainingRows rows)
    {
        var target = (Target.Classes)rows.Target;
        var (mass, present) = (rows.Mass(), rows.Present);
        return present.Count == 1
            ? Outcome.Ok<IModel>(new LinearScoresModel(
                rows.Features.Names, target.Levels, present, EquatableArray.Own(new double[rows.Features.ColumnCount]), default, default))
            : Design.Of(rows, 1 / C, Curvature).Bind(design => Fit(rows, target, mass, present, design));
    }

    private Outcome<IModel> Fit(TrainingRows rows, Target.Classes target, double[] mass, EquatableArray<int> present, Design design)
    {
        var vectors = present.Count == 2 ? 1 : present.Count;
        var place = new double[mass.Length];
        for (var p = 0; p < present.Count; p++) place[present[p]] = p;
        var codes = new double[design.Weights.Length];
        for (var i = 0; i < rows.Count; i++) codes[i] = place[target.Codes[i]];

        var objective = new LogisticObjective(design, codes, vectors);
        var shares = present.Select(code => mass[code] / objective.TotalWeight).ToArray();
        var descent = Minimize(objective, Start(objective, shares), shares, rows.Count);
        var model = new LinearScoresModel(
            rows.Features.Names,
            target.Levels,
            present,
            EquatableArray.Own(design.Centres),
            EquatableArray.From(Enumerable.Range(0, objective.Size).Where(i => (i + 1) % design.Columns != 0)
                .Select(i => descent.At[i] * design.Scales[i % design.Columns])),
            EquatableArray.From(Enumerable.Range(0, vectors).Select(k => descent.At[(k + 1) * design.Columns - 1] * design.Scales[^1])));
        return descent.Converged
            ? Outcome.Ok<IModel>(model)
            : Outcome.Ok<IModel>(model)
            .Noting([
                $"{Name}: stopped after {descent.Iterations} steps before it converged to {Tolerance}; raise maxIterations, standardize "
                    + "the columns, or lower c"]);
    }

    /// <summary>The optimum with only intercepts.</summary>
    private static double[] Start(LogisticObjective objective, double[] shares)
    {
        var start = new double[objective.Size];
        var (columns, constant) = (objective.Design.Columns, objective.Design.Scales[^1]);
        if (shares.Length == 2)
        {
            start[^1] = Math.Log(shares[1] / shares[0]) / constant;
            return start;
        }

        var mean = shares.Average(Math.Log);
        for (var k = 0; k < shares.Length; k++) start[(k + 1) * columns - 1] = (Math.Log(shares[k]) - mean) / constant;
        return start;
    }

    private Descent Minimize(LogisticObjective objective, double[] start, double[] shares, int rows)
    {
        var tolerance = Tolerance * Math.Sqrt(objective.TotalWeight / rows);
        var (n, p, vectors) = ((double)rows, (double)objective.Design.Columns, (double)objective.Vectors);

        // Chosen by counting fused multiply-adds, not by time, so that the same data uses the same method on every machine.
        var evaluation = n * vectors * (2 * p + 20);
        var products = n * p * p / 2 + p * p * p / 6;
        var newtonStep = n * p * p / 2 * vectors * (vectors + 1) / 2 + Math.Pow(vectors * p, 3) / 6;
        if (8 * newtonStep <= 60 * evaluation + products) return Newton.Minimize(objective, start, tolerance, MaxIterations);

        // L-BFGS is slow for nearly separable classes (digits with original columns: not converged after 1,000 steps, 0.37 s, against 0.20
        // s
        // in total this way), so Newton's method takes over once L-BFGS has cost as much as 2.5 Newton steps.
        var affordable = objective.Size <= LargestNewton;
        var steps = affordable ? Math.Min(MaxIterations, (int)(2.5 * newtonStep / evaluation)) : MaxIterations;
        var typical = shares.Average(share => share * (1 - share));
        var preconditioner = Preconditioner.Of(objective.Columns, products <= 50 * evaluation ? objective.Design.Gram(typical) : null);
        var descent = LimitedMemoryBfgs.Minimize(objective, start, preconditioner, tolerance, steps);
        return descent.Converged || steps == MaxIterations
            ? descent
            : Newton.Minimize(objective, descent.At, tolerance, MaxIterations - steps).After(descent.Iterations);
    }
}
