namespace FunctionalStack.Learners;

/// <summary>Intercept plus the sum of coefficient x (column - centre).</summary>
/// <param name="Columns">The columns summed.</param>
/// <param name="Centres">The training mean of each column.</param>
/// <param name="Coefficients">A number a column, in units of the columns as given.</param>
/// <param name="Intercept">The estimate at the centres.</param>
/// <param name="Alpha">The penalty it was fitted with: <see cref="RidgeRegression"/>'s on coefficients as given, <see cref="RidgeCV"/>'s on coefficients of standardized columns.</param>
public sealed record LinearModel(EquatableArray<string> Columns, EquatableArray<double> Centres, EquatableArray<double> Coefficients, double Intercept, double Alpha) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("centres", Centres.Count, Columns.Count), Consistency.Count("coefficients", Coefficients.Count, Columns.Count));

    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix features)
    {
        var estimates = new double[features.RowCount];
        for (var i = 0; i < estimates.Length; i++)
        {
            var row = features.Row(i);
            var sum = Intercept;
            for (var c = 0; c < row.Length; c++) sum += Coefficients[c] * (row[c] - Centres[c]);
            estimates[i] = sum;
        }

        return new Prediction.Numeric(EquatableArray.Own(estimates));
    }

    /// <summary>
    /// The model that <paramref name="fit"/> makes of rows whose values are in a unit in which sums of them stay in range; a
    /// power of two, so that no digit changes.
    /// </summary>
    internal static LinearModel InUnit(TrainingRows rows, Func<TrainingRows, LinearModel> fit)
    {
        var numbers = ((Target.Numeric)rows.Target).Values;
        var unit = Units.Exponent(numbers);
        if (Math.Abs(unit) < 500) return fit(rows);
        var model = fit(rows with { Target = new Target.Numeric(EquatableArray.From(numbers.Select(number => Math.ScaleB(number, -unit)))) });
        return model with
        {
            Coefficients = EquatableArray.From(model.Coefficients.Select(coefficient => Math.ScaleB(coefficient, unit))),
            Intercept = Math.ScaleB(model.Intercept, unit),
        };
    }

    /// <summary>Fails where a coefficient is beyond a double: values of 1e300 over a column of 1e-300.</summary>
    internal Outcome<IModel> Finite(string learner)
    {
        if (!double.IsFinite(Intercept)) return Outcome.Fail<IModel>(learner, "its intercept is more than a double holds", "Scale the values to predict down.");
        var infinite = Enumerable.Range(0, Columns.Count).FirstOrDefault(c => !double.IsFinite(Coefficients[c]), -1);
        return infinite < 0
            ? Outcome.Ok<IModel>(this)
            : Outcome.Fail<IModel>($"{learner}, column '{Columns[infinite]}'", "its coefficient is more than a double holds", "Scale the column up, or the values to predict down.");
    }

    /// <summary>The weighted mean, taken about the first number.</summary>
    internal static double Mean(ReadOnlySpan<double> numbers, ReadOnlySpan<double> weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            sum += weights[i] * (numbers[i] - numbers[0]);
            total += weights[i];
        }

        return numbers[0] + sum / total;
    }
}
