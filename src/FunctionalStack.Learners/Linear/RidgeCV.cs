using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace FunctionalStack.Learners;

/// <summary>
/// Ridge regression on standardized columns that chooses its penalty by leaving out each row once: the error of row i is
/// its residual over 1 - h(i), h(i) the row's leverage (Golub, Heath &amp; Wahba 1979), so all the fits cost one. Of equally
/// good penalties the earlier one is taken. The level-one learner for stacks of values, whatever the scale of its columns.
/// </summary>
/// <remarks>
/// A row of weight 2 is left out whole. Where rows have groups or times, whole groups, or later rows, are held out in five
/// folds instead, so that no row is judged by what tells of it. Columns are standardized once, over all rows. Fails on fewer than 2
/// rows, and on columns that are not numeric and finite.
/// </remarks>
/// <param name="Alphas">
/// The penalties to choose from, each above 0, on the coefficients of standardized columns; none means
/// <see cref="UsualAlphas"/>.
/// </param>
public sealed record RidgeCV(EquatableArray<double> Alphas = default) : ILeafLearner
{
    // Below this a row decides its own estimate, and what it would be without the row is lost in rounding.
    private const double LeastRemainder = 1e-10;

    // Of groups, or over time.
    private const int Folds = 5;

    /// <summary>17 penalties from 0.001 to 100,000, two a decade.</summary>
    public static EquatableArray<double> UsualAlphas { get; } = EquatableArray.From(Enumerable.Range(-6, 17).Select(half => Math.Pow(10, half / 2.0)));

    public string Name => "ridgeCV";

    public Capabilities Capabilities => new(TargetKinds.Numeric);

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Alphas.Select(alpha => Ensure.That(alpha > 0 && double.IsFinite(alpha), "one of alphas", alpha, "finite numbers above 0")));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, Name)
        from rows in TrainingRows.Of(kept, Name)
        from design in rows.Count < 2
            ? Outcome.Fail<Design>(Name, "there is 1 training row, and none is left when it is left out", "Give at least 2, or take ridge with an alpha.")
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

    // The design's columns have summed squares of 1 where standardized ones have the total weight.
    private static LinearModel Penalized(TrainingRows rows, Design design, double alpha)
    {
        var penalties = new double[design.Columns];
        Array.Fill(penalties, alpha / rows.Weights.Sum(), 0, penalties.Length - 1);
        return RidgeRegression.Fit(rows, design with { Penalties = penalties }, alpha);
    }

    // A row's group, and later rows, would tell of it: then whole groups, or later rows, are held out. Null for row by row.
    private static Outcome<EquatableArray<Fold>?> FoldsOf(Roles roles, Seed seed) => roles.Time is null && roles.Groups is null
        ? Outcome.Ok<EquatableArray<Fold>?>(null)
        : FoldPlan.Inside(roles, Folds, seed).Map(folds => (EquatableArray<Fold>?)folds);

    /// <summary>The weighted sum of squared errors of rows held out by the folds, in a unit of their own, under each penalty.</summary>
    private Outcome<double[]> HeldOut(Dataset data, EquatableArray<Fold> folds)
    {
        var unit = Units.Exponent(((Target.Numeric)data.Target).Values);
        return Outcome.All(folds.Select(fold =>
            from train in TrainingRows.Of(data.Take(fold.Train), Name)
            from held in TrainingRows.Of(data.Take(fold.Holdout), Name)
            from design in Design.Of(train, penalty: 0, curvature: 1)
            from errors in Outcome.All(Choices.Select(alpha =>
                LinearModel.InUnit(train, scaled => Penalized(scaled, design, alpha)).Predict(data.Frame.Take(fold.Holdout)).Map(predicted => Squares(held, predicted, unit))))
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

    /// <summary>The weighted sum of squared errors of left-out rows under each penalty.</summary>
    private unsafe double[] LeftOut(TrainingRows rows, Design design)
    {
        var columns = design.Columns - 1;
        var numbers = ((Target.Numeric)rows.Target).Values.AsSpan();
        var centre = LinearModel.Mean(numbers, rows.Weights.AsSpan());
        var total = rows.Weights.Sum();
        var penalties = EquatableArray.From(Choices.Select(alpha => alpha / total));
        var moved = new double[design.Weights.Length];
        for (var i = 0; i < numbers.Length; i++) moved[i] = numbers[i] - centre;

        // In the axes of the columns' products, all penalties share their sums.
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
                for (var a = 0; a < columns; a++) DenseKernels.AddCombination(cells + (long)panel * design.PanelCells, columns, Design.PanelRows, v + a * columns, z + a * Design.PanelRows, Design.PanelRows);
                var first = panel * Design.PanelRows;
                for (var i = 0; i < Math.Min(Design.PanelRows, numbers.Length - first); i++)
                {
                    var weight = rows.Weights[first + i];
                    for (var p = 0; p < errors.Length; p++)
                    {
                        var (estimate, leverage) = (0.0, 1 / total);
                        for (var a = 0; a < columns; a++)
                        {
                            var share = z[a * Design.PanelRows + i] / (lengths[a] + penalties[p]);
                            estimate += share * along[a];
                            leverage += share * z[a * Design.PanelRows + i];
                        }

                        var remainder = 1 - weight * leverage;
                        var error = (moved[first + i] - estimate) / remainder;
                        errors[p] += remainder > LeastRemainder ? weight * error * error : double.PositiveInfinity;
                    }
                }
            }
        }

        return errors;
    }

    /// <summary>Eigenvectors, one after another, and eigenvalues of the columns' products, the constant column left out: it is orthogonal to the others.</summary>
    private static (double[] Axes, double[] Lengths) Axes(double[] gram, int size)
    {
        var columns = size - 1;
        var products = new double[columns * columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++) products[i * columns + j] = products[j * columns + i] = gram[i * size + j];
        }

        var (axes, values) = (new double[columns * columns], new Complex[columns]);
        // The managed provider by name: one thread, and the same bits whatever provider the process has chosen.
        if (columns > 0) ManagedLinearAlgebraProvider.Instance.EigenDecomp(true, columns, products, axes, values, new double[columns * columns]);
        return (axes, [.. values.Select(value => Math.Max(value.Real, 0))]);
    }
}
