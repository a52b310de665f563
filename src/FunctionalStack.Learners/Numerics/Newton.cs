namespace FunctionalStack.Learners;

/// <summary>Newton's method: few steps, each with cubic cost in the number of variables.</summary>
internal static class Newton
{
    /// <summary>
    /// Newton's method with backtracking. Converges when half the squared Newton decrement, the predicted distance to the
    /// minimum, is at most half of <paramref name="tolerance"/> squared, and then takes that last
    /// step too (Boyd &amp; Vandenberghe 2004, section 9.5).
    /// </summary>
    public static Descent Minimize(ICurvedObjective objective, double[] start, double tolerance, int iterations)
    {
        var size = objective.Size;
        var at = start.ToArray();
        var gradient = new double[size];
        var hessian = new double[size * size];
        var step = new double[size];
        var value = objective.Evaluate(at, gradient);
        var search = new LineSearch(objective);
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            Factor(objective, at, hessian);
            for (var i = 0; i < size; i++) step[i] = -gradient[i];
            Cholesky.Solve(hessian, size, step);
            var slope = Vectors.Dot(gradient, step);
            if (-slope <= tolerance * tolerance)
            {
                for (var i = 0; i < size; i++) at[i] += step[i];
                return new(at, iteration, true);
            }

            if (!search.Take(at, step, slope, gradient, ref value)) return new(at, iteration, false);
        }

        return new(at, iterations, false);
    }

    /// <summary>Factors the Hessian at a point. Softmax is constant where all intercepts change equally. The gradient is orthogonal to that
    /// direction, so curvature added along it changes no step.</summary>
    private static void Factor(ICurvedObjective objective, double[] at, double[] hessian)
    {
        var (size, columns, vectors) = (objective.Size, objective.Columns, objective.Vectors);
        var greatest = 0.0;
        for (var damping = 0.0; ; damping = damping == 0 ? 1e-12 * greatest : damping * 100)
        {
            objective.Curvature(at, hessian);
            greatest = 0;
            for (var i = 0; i < size; i++) greatest = Math.Max(greatest, hessian[i * size + i]);
            for (var i = 0; i < size; i++) hessian[i * size + i] += damping;
            if (vectors > 1)
            {
                var constants = 0.0;
                for (var i = columns - 1; i < size; i += columns) constants += hessian[i * size + i] / vectors;
                for (var i = columns - 1; i < size; i += columns)
                {
                    for (var j = columns - 1; j <= i; j += columns) hessian[i * size + j] += constants;
                }
            }

            if (!(greatest > 0) || Cholesky.Factor(hessian, size)) return;
        }
    }
}
