namespace FunctionalStack.Learners;

/// <summary>
/// Ridge regression (Hoerl &amp; Kennard 1970): minimizes the weighted sum of squared errors plus Alpha times
/// the sum of squared coefficients of the original columns, with an unpenalized intercept, like scikit-learn's Ridge. Columns are
/// centred and scaled internally for numerical accuracy. The optimum is that of the original columns.
/// </summary>
/// <remarks>
/// A column that is a linear combination of earlier ones, to 13 digits, and hardly penalized gets coefficient 0, like in R's lm.
/// Fails if a column is not numeric and finite.
/// </remarks>
/// <param name="Alpha">The penalty; at least 0.</param>
public sealed record RidgeRegression(double Alpha = 1.0) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Numeric);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.NotNegative("alpha", Alpha));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from rows in TrainingRows.Of(data, Name)
        from design in Design.Of(rows, Alpha, curvature: 1)
        from model in LinearModel.InUnit(rows, scaled => Fit(scaled, design, Alpha)).Finite(Name)
        select model;

    internal static LinearModel Fit(TrainingRows rows, Design design, double alpha)
    {
        var numbers = ((Target.Numeric)rows.Target).Values.AsSpan();
        var centre = LinearModel.Mean(numbers, rows.Weights.AsSpan());
        var errors = new double[design.Weights.Length];
        for (var i = 0; i < numbers.Length; i++) errors[i] = numbers[i] - centre;

        var factor = design.Gram(1);
        Cholesky.Factor(factor, design.Columns, aliased: 1e-13);
        var solution = new double[design.Columns];

        // Iterative refinement: the second round, on the residuals of the first, recovers the precision lost by squaring the columns.
        for (var round = 0; round < 2; round++)
        {
            var step = design.Correlate(errors);
            for (var j = 0; j < step.Length; j++) step[j] -= design.Penalties[j] * solution[j];
            Cholesky.Solve(factor, design.Columns, step);
            for (var j = 0; j < step.Length; j++) solution[j] += step[j];
            design.Subtract(step, errors);
        }

        return new(
            rows.Features.Names,
            EquatableArray.Own(design.Centres),
            EquatableArray.From(design.Centres.Select((_, j) => solution[j] * design.Scales[j])),
            centre + solution[^1] * design.Scales[^1],
            alpha);
    }
}
