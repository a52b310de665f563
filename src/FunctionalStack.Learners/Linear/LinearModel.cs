namespace FunctionalStack.Learners;

/// <summary>Predicts the intercept plus the sum of coefficient x (column - centre).</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Centres">The training mean of each column.</param>
/// <param name="Coefficients">One coefficient per column, in units of the original columns.</param>
/// <param name="Intercept">The prediction at the centres.</param>
/// <param name="Alpha">The penalty of the fit: on the original coefficients for <see cref="RidgeRegression"/>, on coefficients of
/// standardized columns for <see cref="RidgeCV"/>.</param>
public sealed record LinearModel(EquatableArray<string> Columns, EquatableArray<double> Centres, EquatableArray<double> Coefficients,
    double Intercept, double Alpha) : IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("centres", Centres.Count, Columns.Count), Consistency.Count("coefficients", Coefficients.Count, Columns.Count));

    /// <summary>Fails if the prediction of a row overflows a double.</summary>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Bind(Predict);

    private Outcome<Prediction> Predict(FeatureMatrix features)
    {
        var predicted = new double[features.RowCount];
        for (var i = 0; i < predicted.Length; i++)
        {
            predicted[i] = Value(features.Row(i));
        }

        return FiniteNumbers.Predicted(predicted);
    }

    private double Value(ReadOnlySpan<double> row)
    {
        var sum = Intercept;
        for (var c = 0; c < row.Length; c++) sum += Coefficients[c] * (row[c] - Centres[c]);
        return double.IsFinite(sum) ? sum : Far(row);
    }

    // Products that overflow may have a sum that does not.
    private double Far(ReadOnlySpan<double> row)
    {
        var centred = row.ToArray();
        for (var c = 0; c < centred.Length; c++) centred[c] -= Centres[c];
        return Intercept + ScaledDot.Up(ScaledDot.Of(0, Coefficients.AsSpan(), centred));
    }

    RowFunction? IRowwiseModel.ForRow(Frame columns) => columns.NumericPlaces(Columns) is { } places ? new ValueCell(this, places) : null;

    private sealed class ValueCell(LinearModel model, int[] places) : RowFunction
    {
        public override int Count => 1;

        public override int Scratch => places.Length;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var cells = scratch[..places.Length];
            if (!row.GatherFinite(places, cells)) return false;
            results[0] = model.Value(cells);
            return double.IsFinite(results[0]);
        }
    }

    /// <summary>
    /// Calls <paramref name="fit"/> with the targets in a unit in which their sums do not overflow. The unit is a
    /// power of two, so scaling is exact.
    /// </summary>
    internal static LinearModel InUnit(TrainingRows rows, Func<TrainingRows, LinearModel> fit)
    {
        var numbers = ((Target.Numeric)rows.Target).Values;
        var unit = Units.Exponent(numbers);
        if (Math.Abs(unit) < 500) return fit(rows);
        var model =
            fit(rows with { Target = new Target.Numeric(EquatableArray.From(numbers.Select(number => Math.ScaleB(number, -unit)))) });
        return model with
        {
            Coefficients = EquatableArray.From(model.Coefficients.Select(coefficient => Math.ScaleB(coefficient, unit))),
            Intercept = Math.ScaleB(model.Intercept, unit),
        };
    }

    /// <summary>Fails if a coefficient overflows a double, such as for targets of 1e300 over a column of 1e-300.</summary>
    internal Outcome<IModel> Finite(string learner)
    {
        if (!double.IsFinite(Intercept)) return Outcome.Fail<IModel>(learner, "its intercept overflows a double", "Scale the target down.");
        var infinite = Enumerable.Range(0, Columns.Count).FirstOrDefault(c => !double.IsFinite(Coefficients[c]), -1);
        return infinite < 0
            ? Outcome.Ok<IModel>(this)
            : Outcome.Fail<IModel>($"{learner}, column '{Columns[infinite]}'", "its coefficient overflows a double",
                "Scale the column up, or the target down.");
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
