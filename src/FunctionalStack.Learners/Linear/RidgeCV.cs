using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace FunctionalStack.Learners;

/// <summary>
/// Ridge regression on standardized columns with the penalty chosen by leave-one-out cross-validation. The error of row i is
/// its residual divided by 1 - h(i), where h(i) is the row's leverage (Golub, Heath &amp; Wahba 1979), so all fits cost as much as one.
/// Ties go to
/// the earlier penalty. The default meta-learner of regression stacks, since the scale of columns does not matter.
/// </summary>
/// <remarks>
/// A row of weight 2 is left out as a whole. If rows have groups or times, whole groups or later rows are held out in five
/// folds instead, or as many as the rows allow, to avoid leakage. If there are not two groups, or no two times more than the gap apart,
/// it is leave-one-out, with a note. Columns are standardized once, over all rows. Fails with fewer than 2
/// rows, or if a column is not numeric and finite.
/// </remarks>
/// <param name="Alphas">
/// The candidate penalties, each above 0, on the coefficients of standardized columns. Empty for
/// <see cref="UsualAlphas"/>.
/// </param>
public sealed record RidgeCV(EquatableArray<double> Alphas = default) : ILeafLearner
{
    // Below this the row determines its own prediction, and its leave-one-out prediction is lost in rounding.
    private const double LeastRemainder = 1e-10;

    // For rows with groups or times.
    private const int Folds = 5;

    /// <summary>17 penalties from 0.001 to 100,000, two per decade.</summary>
    public static EquatableArray<double> UsualAlphas { get; } =
        EquatableArray.From(Enumerable.Range(-6, 17).Select(half => Math.Pow(10, half / 2.0)));

    /// <inheritdoc/>
    public string Name => "ridgeCV";

    /// <inheritdoc/>
    public Capabilities Capabilities => new(TargetKinds.Numeric);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Alphas.Select(alpha => Ensure.That(alpha > 0 && double.IsFinite(alpha), "one of alphas", alpha, "finite numbers above 0")));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, Name)
        from rows in TrainingRows.Of(kept, Name)
        from design in rows.Count < 2
            ? Outcome.Fail<Design>(Name, "there is only 1 training row, but leave-one-out needs at least 2",
                "Give at least 2, or use ridge with an alpha.")
            : Design.Of(rows, penalty: 0, curvature: 1)
        from folds in FoldsOf(kept.Roles, seed.Fork("folds")).At(Name)
        from model in folds is { } given
            ? HeldOut(kept, given).Bind(errors => LinearModel.InUnit(rows, scaled => Fit(scaled, design, errors)).Finite(Name))
            : LinearModel.InUnit(rows, scaled => Fit(scaled, design, LeftOut(scaled, design))).Finite(Name)
        select model;

    private EquatableArray<double> Choices => Alphas.Count == 0 ? UsualAlphas : Alphas;

    private LinearModel Fit(TrainingRows rows, Design design, double[] errors)
    {
        var best = 0;
        for (var a = 1; a < errors.Length; a++)
        {
            if (errors[a] < errors[best]) best = a;
        }

        return Penalized(rows, design, Choices[best]);
    }

    // The design's columns have a sum of squares of 1, standardized columns that of the total weight.
    private static LinearModel Penalized(TrainingRows rows, Design design, double alpha)
    {
        var penalties = new double[design.Columns];
        Array.Fill(penalties, alpha / rows.Weights.Sum(), 0, penalties.Length - 1);
        return RidgeRegression.Fit(rows, design with { Penalties = penalties }, alpha);
    }

    // Rows of the same group, or later rows, would leak information. Null for leave-one-out.
    private static Outcome<EquatableArray<Fold>?> FoldsOf(Roles roles, Seed seed) => roles.Time is null && roles.Groups is null
        ? Outcome.Ok<EquatableArray<Fold>?>(null)
        : FoldPlan.Inside(roles, Folds, seed).Match(
            folds => Outcome.Ok<EquatableArray<Fold>?>(folds),
            refused => Outcome.Ok<EquatableArray<Fold>?>(null).Noting([new(
                "", $"the penalty is chosen by leave-one-out, since no folds can be made: {refused.What}")]));

    /// <summary>The weighted sum of squared errors of the rows held out by the folds, in a common unit, for each penalty.</summary>
    private Outcome<double[]> HeldOut(Dataset data, EquatableArray<Fold> folds)
    {
        var unit = Units.Exponent(((Target.Numeric)data.Target).Values);
        return Outcome.All(folds.Select(fold =>
            from train in TrainingRows.Of(data.Take(fold.Train), Name)
            from held in TrainingRows.Of(data.Take(fold.Holdout), Name)
            from design in Design.Of(train, penalty: 0, curvature: 1)
            from errors in Outcome.All(Choices.Select(alpha =>
                LinearModel.InUnit(train, scaled => Penalized(scaled, design, alpha)).Predict(data.Frame.Take(fold.Holdout))
                    .Map(predicted => Squares(held, predicted, unit))))
            select errors)).Map(all => Choices.Select((_, a) => all.Sum(errors => errors[a])).ToArray());
    }

    private static double Squares(TrainingRows held, Prediction predicted, int unit)
    {
        var (truth, found, sum) = (((Target.Numeric)held.Target).Values, ((Prediction.Numeric)predicted).Values, 0.0);
        for (var i = 0; i < truth.Count; i++)
        {
            var error = Math.ScaleB(truth[i], -unit) - Math.ScaleB(found[i], -unit);
            sum += held.Weights[i] * error * error;
        }

        return sum;
    }

    /// <summary>The weighted sum of squared leave-one-out errors for each penalty.</summary>
    private unsafe double[] LeftOut(TrainingRows rows, Design design)
    {
        var columns = design.Columns - 1;
        var numbers = ((Target.Numeric)rows.Target).Values.AsSpan();
        var centre = LinearModel.Mean(numbers, rows.Weights.AsSpan());
        var total = rows.Weights.Sum();
        var penalties = EquatableArray.From(Choices.Select(alpha => alpha / total));
        var moved = new double[design.Weights.Length];
        for (var i = 0; i < numbers.Length; i++) moved[i] = numbers[i] - centre;

        // In the eigenbasis of the Gram matrix, all penalties share their sums.
        var (axes, lengths) = Axes(design.Gram(1), design.Columns);
        var correlation = design.Correlate(moved);
        var along = new double[columns];
        for (var a = 0; a < columns; a++) along[a] = Vectors.Dot(axes.AsSpan(a * columns, columns), correlation.AsSpan(0, columns));

        var errors = new double[penalties.Count];
        var rotated = new double[columns * Design.PanelRows];
        fixed (double* cells = design.Cells, z = rotated, v = axes)
        {
            for (var panel = 0; panel < design.Panels; panel++)
            {
                Array.Clear(rotated);
                for (var a = 0; a < columns; a++)
                    DenseKernels.AddCombination(cells + (long)panel * design.PanelCells, columns, Design.PanelRows, v + a * columns,
                        z + a * Design.PanelRows, Design.PanelRows);
                var first = panel * Design.PanelRows;
                for (var i = 0; i < Math.Min(Design.PanelRows, numbers.Length - first); i++)
                {
                    var weight = rows.Weights[first + i];
                    for (var p = 0; p < errors.Length; p++)
                    {
                        var (predicted, leverage) = (0.0, 1 / total);
                        for (var a = 0; a < columns; a++)
                        {
                            var share = z[a * Design.PanelRows + i] / (lengths[a] + penalties[p]);
                            predicted += share * along[a];
                            leverage += share * z[a * Design.PanelRows + i];
                        }

                        var remainder = 1 - weight * leverage;
                        var error = (moved[first + i] - predicted) / remainder;
                        errors[p] += remainder > LeastRemainder ? weight * error * error : double.PositiveInfinity;
                    }
                }
            }
        }

        return errors;
    }

    /// <summary>The eigenvectors (concatenated) and eigenvalues of the Gram matrix, without the constant column, which is orthogonal to the
    /// others.</summary>
    private static (double[] Axes, double[] Lengths) Axes(double[] gram, int size)
    {
        var columns = size - 1;
        var products = new double[columns * columns];
        for (var i = 0; i < columns; i++)
        {
            // The columns have length 1.
            for (var j = 0; j <= i; j++)
                products[i * columns + j] = products[j * columns + i] = Negligible.OrZero(gram[i * size + j], 1);
        }

        var (axes, values) = (new double[columns * columns], new Complex[columns]);
        // The managed provider explicitly: single-threaded, and bit-identical for any provider that the process uses.
        if (columns > 0)
            ManagedLinearAlgebraProvider.Instance.EigenDecomp(true, columns, products, axes, values, new double[columns * columns]);
        return (axes, [.. values.Select(value => Math.Max(value.Real, 0))]);
    }
}
