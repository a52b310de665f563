namespace FunctionalStack.Learners;

/// <summary>L-BFGS: approximates the curvature from the last few steps.</summary>
internal static class LimitedMemoryBfgs
{
    /// <summary>
    /// Limited-memory BFGS (Nocedal &amp; Wright 2006, algorithm 7.5), which starts from a scaled <paramref name="preconditioner"/>
    /// instead of a scaled identity. Converges when the gradient's norm, induced by the preconditioner, is at most
    /// <paramref name="tolerance"/>.
    /// </summary>
    public static Descent Minimize(
        IConvexObjective objective, double[] start, Preconditioner preconditioner, double tolerance, int iterations)
    {
        const int memory = 20;
        var size = objective.Size;
        var at = start.ToArray();
        var gradient = new double[size];
        var step = new double[size];
        var moves = new List<Move>(memory);
        var value = objective.Evaluate(at, gradient);
        var search = new LineSearch(objective);
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            for (var i = 0; i < size; i++) step[i] = gradient[i];
            preconditioner.Apply(step);
            if (Vectors.Dot(gradient, step) <= tolerance * tolerance) return new(at, iteration, true);
            if (moves.Count > 0) Direction(moves, gradient, step, preconditioner);
            for (var i = 0; i < size; i++) step[i] = -step[i];
            var slope = Vectors.Dot(gradient, step);
            var (before, gradientBefore) = (at.ToArray(), gradient.ToArray());
            if (!(slope < 0) || !search.Take(at, step, slope, gradient, ref value))
            {
                // Rounding has degraded the memory of past steps. Reset it once before giving up.
                if (moves.Count == 0) return new(at, iteration, false);
                moves.Clear();
                continue;
            }

            for (var i = 0; i < size; i++)
            {
                before[i] = at[i] - before[i];
                gradientBefore[i] = gradient[i] - gradientBefore[i];
            }

            var product = Vectors.Dot(before, gradientBefore);
            if (!(product > 0)) continue;
            if (moves.Count == memory) moves.RemoveAt(0);
            moves.Add(new(before, gradientBefore, product));
        }

        return new(at, iterations, false);
    }

    /// <summary>Overwrites <paramref name="direction"/> with the approximate inverse Hessian times the gradient.</summary>
    private static void Direction(List<Move> moves, double[] gradient, double[] direction, Preconditioner preconditioner)
    {
        gradient.CopyTo(direction, 0);
        var parts = new double[moves.Count];
        for (var m = moves.Count - 1; m >= 0; m--)
        {
            parts[m] = Vectors.Dot(moves[m].By, direction) / moves[m].Product;
            Vectors.Add(direction, -parts[m], moves[m].GradientBy);
        }

        preconditioner.Apply(direction);
        var image = moves[^1].GradientBy.ToArray();
        preconditioner.Apply(image);
        var scale = moves[^1].Product / Vectors.Dot(moves[^1].GradientBy, image);
        for (var i = 0; i < direction.Length; i++) direction[i] *= scale;
        for (var m = 0; m < moves.Count; m++)
            Vectors.Add(direction, parts[m] - Vectors.Dot(moves[m].GradientBy, direction) / moves[m].Product, moves[m].By);
    }

    /// <summary>A step and the change of the gradient.</summary>
    private sealed record Move(double[] By, double[] GradientBy, double Product);
}
