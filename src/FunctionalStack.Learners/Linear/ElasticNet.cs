namespace FunctionalStack.Learners;

/// <summary>
/// Elastic net regression (Zou &amp; Hastie 2005): minimizes the weighted sum of squared errors divided by
/// twice the summed weight, plus Alpha times (L1Ratio times the sum of absolute coefficients + (1 - L1Ratio) / 2 times the sum
/// of squared coefficients), with an unpenalized intercept, like scikit-learn's ElasticNet. The penalty applies to the coefficients of the
/// original columns, so standardize first. The optimization uses scaled columns, so columns of any scale work.
/// </summary>
/// <remarks>
/// With an L1Ratio of 0 this is <see cref="RidgeRegression"/> with Alpha times the summed weight. If MaxIterations is reached, the
/// model has a note. Fails if a column is not numeric and finite.
/// </remarks>
/// <param name="Alpha">The penalty; at least 0. 0 is ordinary least squares.</param>
/// <param name="L1Ratio">The fraction of the penalty that is L1, which sets many coefficients to 0; from 0 to 1.</param>
/// <param name="MaxIterations">The maximum number of sweeps over the columns; at least 1.</param>
/// <param name="Tolerance">
/// The bound on the duality gap, as a fraction of the target's weighted sum of squares; above 0.
/// </param>
public sealed record ElasticNet(double Alpha = 1.0, double L1Ratio = 0.5, int MaxIterations = 10_000, double Tolerance = 1e-10)
    : ILeafLearner
{
    // Keeps any variable of a scaled column at 0, and its square within double's range.
    private const double LargestPenalty = 1e100;

    /// <inheritdoc/>
    public string Name => "elasticNet";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Numeric);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Validate(Name);

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Fit(Name, data);

    internal EquatableArray<Failure> Validate(string name) => Ensure.All(
        name,
        Ensure.NotNegative("alpha", Alpha),
        Ensure.FromZeroToOne("l1Ratio", L1Ratio),
        Ensure.AtLeast("maxIterations", MaxIterations, 1),
        Ensure.Positive("tolerance", Tolerance, suchAs: 1e-10));

    internal Outcome<IModel> Fit(string name, Dataset data) => TrainingRows.Of(data, name).Bind(rows => Fit(name, rows));

    private Outcome<IModel> Fit(string name, TrainingRows rows)
    {
        var total = rows.Weights.Sum();
        // Without an L1 penalty there is a closed-form solution.
        if (Alpha * L1Ratio == 0)
            return Design.Of(rows, Alpha * total, curvature: 1).Bind(design => RidgeRegression.Fit(rows, design, Alpha).Finite(name));

        var numbers = ((Target.Numeric)rows.Target).Values.AsSpan();
        var centre = LinearModel.Mean(numbers, rows.Weights.AsSpan());
        var largest = 0.0;
        foreach (var number in numbers) largest = Math.Max(largest, Math.Abs(number - centre));
        if (!double.IsFinite(largest))
            return Outcome.Fail<IModel>(name, "the sum of the targets overflows a double", "Divide the target by a large number.");
        return Design.Of(rows, penalty: 0, curvature: 1).Bind(design =>
        {
            var size = largest > 0 ? largest : 1;
            var (l1, l2) = (new double[design.Columns - 1], new double[design.Columns - 1]);
            for (var c = 0; c < l1.Length; c++)
            {
                l1[c] = Math.Min(LargestPenalty, Alpha * L1Ratio * total * design.Scales[c] / size);
                l2[c] = Math.Min(LargestPenalty, Alpha * (1 - L1Ratio) * total * design.Scales[c] * design.Scales[c]);
            }

            var moved = new double[design.Weights.Length];
            var values = ((Target.Numeric)rows.Target).Values;
            for (var i = 0; i < values.Count; i++) moved[i] = (values[i] - centre) / size;
            var descent = CoordinateDescent.Of(design, moved, l1, l2).Minimize(MaxIterations, Tolerance);
            var model = new LinearModel(
                rows.Features.Names,
                EquatableArray.Own(design.Centres),
                EquatableArray.From(design.Centres.Select((_, c) => descent.At[c] == 0 ? 0 : descent.At[c] * design.Scales[c] * size)),
                centre,
                Alpha).Finite(name);
            if (descent.Converged) return model;
            var stopped = $"stopped after {descent.Iterations} sweeps before it converged to {Tolerance}; raise maxIterations or alpha";
            return model.Noting([$"{name}: {stopped}"]);
        });
    }
}

/// <summary>
/// Lasso regression (Tibshirani 1996): <see cref="ElasticNet"/> with only the L1 penalty, which sets many coefficients to
/// 0, like scikit-learn's Lasso.
/// </summary>
/// <param name="Alpha">The penalty; at least 0. 0 is ordinary least squares.</param>
/// <param name="MaxIterations">The maximum number of sweeps over the columns; at least 1.</param>
/// <param name="Tolerance">The bound on the duality gap, as for <see cref="ElasticNet"/>; above 0.</param>
public sealed record Lasso(double Alpha = 1.0, int MaxIterations = 10_000, double Tolerance = 1e-10) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "lasso";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Numeric);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Whole.Validate(Name);

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Whole.Fit(Name, data);

    private ElasticNet Whole => new(Alpha, 1, MaxIterations, Tolerance);
}
