namespace FunctionalStack.Learners;

/// <summary>
/// Least squares with an L2 penalty (Hoerl &amp; Kennard 1970): minimizes the weighted sum of squared errors plus Alpha times
/// the sum of squared coefficients, on the columns as given, the intercept free: scikit-learn's Ridge. Columns are
/// centred and scaled inside for safety in numbers; the optimum is that of the columns as given.
/// </summary>
/// <remarks>
/// A column that is, to 13 digits, a combination of earlier ones and hardly penalized gets coefficient 0, as in R's lm.
/// Fails on columns that are not numeric and finite.
/// </remarks>
/// <param name="Alpha">The penalty; at least 0.</param>
public sealed record RidgeRegression(double Alpha = 1.0) : ILeafLearner
{
    public string Name => "ridge";

    public Capabilities Capabilities => new(TargetKinds.Numeric);

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.NotNegative("alpha", Alpha));

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

        // The second round, from the errors that the first one left, wins back the digits that squaring the columns lost.
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
