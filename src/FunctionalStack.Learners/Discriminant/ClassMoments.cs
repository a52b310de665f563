namespace FunctionalStack.Learners;

/// <summary>
/// The means and scatter matrices of each class, on columns standardized over all rows, so that the result does not
/// depend on units and shrinkage treats all columns equally.
/// </summary>
/// <param name="Present">The codes of the classes in the training rows, ascending. The lists below are in this order.</param>
/// <param name="Mass">The weight of each class.</param>
/// <param name="Centres">The mean of each original column.</param>
/// <param name="Scales">The factor of each centred column.</param>
/// <param name="Means">The means of each class.</param>
/// <param name="Scatters">For each class the weighted sum of products of deviations from its means: columns x columns, lower
/// triangle.</param>
internal sealed record ClassMoments(
    EquatableArray<int> Present, double[] Mass, double[] Centres, double[] Scales, double[][] Means, double[][] Scatters)
{
    private const int PanelRows = 256;

    // A within-class variance of less than this fraction of a column's variance is lost in rounding. Adding it makes every matrix
    // positive definite. Directions with hardly any within-class variance then separate the classes almost perfectly, as they should.
    private const double Floor = 1e-12;

    public int Columns => Centres.Length;

    // A column that retains less than this fraction of its variance given earlier columns is a linear combination of them, up to rounding.
    private const double Dependent = 1e-10;

    /// <summary>Fails if a column's range, or the inverse of its deviation, overflows a double.</summary>
    /// <param name="learner">The name in failures.</param>
    /// <param name="rows">The training rows, with classes as target.</param>
    public static Outcome<ClassMoments> Of(string learner, TrainingRows rows)
    {
        var (features, weights, columns) = (rows.Features, rows.Weights.ToArray(), rows.Features.ColumnCount);
        var (centres, scales) = (new double[columns], new double[columns]);
        var column = new double[rows.Count];
        for (var c = 0; c < columns; c++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = features.Cells[i * columns + c];
            var moments = Moments.Of(column, weights);
            var where = $"{learner}, column '{features.Names[c]}'";
            if (ColumnUnits.TooWide(where, moments) is { } wide) return new Outcome<ClassMoments>.Fail(wide);
            centres[c] = moments.Mean;
            scales[c] = moments.Deviation > 0 ? 1 / moments.Deviation : 0;
            if (double.IsInfinity(scales[c])) return new Outcome<ClassMoments>.Fail(ColumnUnits.TooNarrow(where, moments.Deviation));
        }

        var target = (Target.Classes)rows.Target;
        var (mass, present) = (rows.Mass(), rows.Present);
        var (means, scatters) = (new double[present.Count][], new double[present.Count][]);
        for (var p = 0; p < present.Count; p++)
        {
            var own = Enumerable.Range(0, rows.Count).Where(row => target.Codes[row] == present[p]).ToArray();
            var cells = new double[own.Length * columns];
            means[p] = new double[columns];
            for (var i = 0; i < own.Length; i++)
            {
                var row = features.Row(own[i]);
                for (var c = 0; c < columns; c++)
                {
                    cells[i * columns + c] = (row[c] - centres[c]) * scales[c];
                    means[p][c] += weights[own[i]] * cells[i * columns + c];
                }
            }

            for (var c = 0; c < columns; c++) means[p][c] /= mass[present[p]];
            scatters[p] = Scatter(cells, Array.ConvertAll(own, row => weights[row]), means[p]);
        }

        return Outcome.Ok(new ClassMoments(present, [.. present.Select(code => mass[code])], centres, scales, means, scatters));
    }

    /// <summary>
    /// The same, with columns that are linear combinations of earlier ones treated as constant. They differ only by
    /// rounding, which an unregularized inverse would amplify.
    /// </summary>
    public static Outcome<ClassMoments> OfIndependent(string learner, TrainingRows rows) => Of(learner, rows).Map(found =>
    {
        found.LeaveOutDependent();
        return found;
    });

    private void LeaveOutDependent()
    {
        // The scatter about the means of all rows, which are 0.
        var whole = Pooled();
        for (var p = 0; p < Means.Length; p++)
        {
            for (var c = 0; c < Columns; c++)
                Vectors.Add(whole.AsSpan(c * Columns, c + 1), Mass[p] * Means[p][c], Means[p].AsSpan(0, c + 1));
        }

        Cholesky.Factor(whole, Columns, aliased: Dependent);
        for (var c = 0; c < Columns; c++)
        {
            if (!double.IsPositiveInfinity(whole[c * Columns + c])) continue;
            Scales[c] = 0;
            for (var p = 0; p < Means.Length; p++)
            {
                Means[p][c] = 0;
                for (var other = 0; other < Columns; other++) Scatters[p][Math.Max(c, other) * Columns + Math.Min(c, other)] = 0;
            }
        }
    }

    /// <summary>The sum of the classes' scatter matrices.</summary>
    public double[] Pooled()
    {
        var pooled = new double[Columns * Columns];
        foreach (var scatter in Scatters) Vectors.Add(pooled, 1, scatter);
        return pooled;
    }

    /// <summary>
    /// The Cholesky factor of the covariance scatter / mass, shrunk by the fraction <paramref name="shrinkage"/> towards the
    /// mean variance times the identity matrix.
    /// </summary>
    public double[] Factor(double[] scatter, double mass, double shrinkage)
    {
        var (factor, variance) = (new double[scatter.Length], 0.0);
        for (var at = 0; at < factor.Length; at++) factor[at] = (1 - shrinkage) * scatter[at] / mass;
        for (var c = 0; c < Columns; c++) variance += scatter[c * Columns + c] / mass / Columns;
        for (var c = 0; c < Columns; c++) factor[c * Columns + c] += shrinkage * variance + Floor;
        Cholesky.Factor(factor, Columns, aliased: 1e-15);
        return factor;
    }

    private static unsafe double[] Scatter(double[] cells, double[] weights, double[] mean)
    {
        var columns = mean.Length;
        var scatter = new double[columns * columns];
        var panel = new double[columns * PanelRows];
        fixed (double* x = panel, s = scatter)
        {
            for (var first = 0; first < weights.Length; first += PanelRows)
            {
                Array.Clear(panel);
                for (var i = 0; i < Math.Min(PanelRows, weights.Length - first); i++)
                {
                    var root = Math.Sqrt(weights[first + i]);
                    for (var c = 0; c < columns; c++) panel[c * PanelRows + i] = root * (cells[(first + i) * columns + c] - mean[c]);
                }

                DenseKernels.AddProducts(x, columns, PanelRows, x, columns, PanelRows, PanelRows, s, columns, lowerOnly: true);
            }
        }

        return scatter;
    }
}
