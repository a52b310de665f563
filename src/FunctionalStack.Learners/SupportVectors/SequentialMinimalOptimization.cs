using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Sequential minimal optimization (Platt 1999) with second-order working set selection (Fan, Chen &amp; Lin 2005): maximizes
/// the sum of pull b minus half of b'K b over b between low and high, with the sum of b staying 0 (the signed form of
/// Bottou &amp; Lin 2007). For classification b is y times alpha. For regression each row has two variables, a positive and
/// a negative one.
/// </summary>
internal sealed unsafe class SequentialMinimalOptimization
{
    // A pair of equal rows has a curvature of 0.
    private const double LeastCurvature = 1e-12;

    private readonly KernelCache cache;
    private readonly int count;
    private readonly int stride;
    private readonly int halves;
    private readonly double[] diagonal;

    // The gradient of each variable, and penalties: infinite if the variable cannot grow or shrink any more, otherwise 0.
    private readonly double[] gradient;
    private readonly double[] cannotGrow;
    private readonly double[] cannotShrink;

    private readonly double[] low;
    private readonly double[] high;
    private readonly double[] variables;

    /// <summary>Prepares the optimization.</summary>
    /// <param name="cache">The rows of the kernel matrix.</param>
    /// <param name="stride">The length of a kernel row.</param>
    /// <param name="diagonal">Each row's kernel with itself.</param>
    /// <param name="pulls">The linear terms: one list with a number per row for classification, two for regression.</param>
    /// <param name="bounds">For each list, the bounds of each row's variable.</param>
    public SequentialMinimalOptimization(KernelCache cache, int stride, double[] diagonal, double[][] pulls,
        (double Low, double High)[][] bounds)
    {
        (this.cache, this.stride, count, halves) = (cache, stride, diagonal.Length, pulls.Length);
        this.diagonal = new double[stride];
        diagonal.CopyTo(this.diagonal, 0);
        (gradient, cannotGrow, cannotShrink) = (new double[halves * stride], new double[halves * stride], new double[halves * stride]);
        (low, high, variables) = (new double[halves * stride], new double[halves * stride], new double[halves * stride]);
        for (var half = 0; half < halves; half++)
        {
            pulls[half].CopyTo(gradient, half * stride);
            for (var i = 0; i < stride; i++)
            {
                var at = half * stride + i;
                if (i < count) (low[at], high[at]) = bounds[half][i];
                Bound(at);
            }
        }
    }

    /// <summary>Iterates until the optimality conditions hold to <paramref name="tolerance"/>, or for <paramref name="steps"/>
    /// steps.</summary>
    public SmoSolution Solve(double tolerance, int steps)
    {
        var (up, highest) = Steepest();
        var taken = 0;
        double lowest;
        while (true)
        {
            if (up < 0) return Solution(taken, 0);
            var first = cache[up % stride];
            var (down, least) = Partner(up, highest, first);
            lowest = least;
            if (down < 0 || highest - lowest < tolerance || taken == steps) break;
            taken++;
            var second = cache[down % stride];
            var curvature = Math.Max(LeastCurvature, diagonal[up % stride] + diagonal[down % stride] - 2 * first[down % stride]);
            var step =
                Math.Min((gradient[up] - gradient[down]) / curvature, Math.Min(high[up] - variables[up], variables[down] - low[down]));

            // Set to the bound exactly, so that the variable is recognized as bounded.
            variables[up] = step == high[up] - variables[up] ? high[up] : variables[up] + step;
            variables[down] = step == variables[down] - low[down] ? low[down] : variables[down] - step;
            Bound(up);
            Bound(down);
            (up, highest) = Move(step, first, second);
        }

        return Solution(taken, (highest + lowest) / 2);
    }

    private void Bound(int at)
    {
        cannotGrow[at] = variables[at] < high[at] ? 0 : double.NegativeInfinity;
        cannotShrink[at] = variables[at] > low[at] ? 0 : double.PositiveInfinity;
    }

    /// <summary>The signed variables of each row, summed over the two lists, and the bias.</summary>
    private SmoSolution Solution(int steps, double middle)
    {
        var signed = new double[count];
        var (sum, free, value) = (0.0, 0, 0.0);
        for (var at = 0; at < gradient.Length; at++)
        {
            if (at % stride >= count) continue;
            signed[at % stride] += variables[at];
            if (variables[at] > low[at] && variables[at] < high[at])
            {
                sum += gradient[at];
                free++;
            }
        }

        return new(signed, free > 0 ? sum / free : middle, steps);
    }

    /// <summary>The variable that can increase with the largest gradient. Ties go to the first.</summary>
    private (int At, double Gradient) Steepest()
    {
        var (at, greatest) = (-1, double.NegativeInfinity);
        for (var i = 0; i < gradient.Length; i++)
        {
            if (gradient[i] + cannotGrow[i] > greatest) (at, greatest) = (i, gradient[i] + cannotGrow[i]);
        }

        return (at, greatest);
    }

    /// <summary>
    /// The variable that can decrease and whose step with <paramref name="up"/> has the largest second-order gain: the maximum of
    /// (difference of gradients)² / curvature. Also the smallest gradient of the variables that can decrease.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int At, double Least) Partner(int up, double highest, float[] row)
    {
        var width = Vector<double>.Count;
        var (best, bestAt) = (Vector<double>.Zero, new Vector<double>(-1));
        var lowest = new Vector<double>(double.PositiveInfinity);
        var (top, own, two) = (new Vector<double>(highest), new Vector<double>(diagonal[up % stride]), new Vector<double>(2));
        var (least, zero, step) = (new Vector<double>(LeastCurvature), Vector<double>.Zero, new Vector<double>(width));
        fixed (double* v = gradient, not = cannotShrink, d = diagonal)
        fixed (float* k = row)
        {
            for (var half = 0; half < halves; half++)
            {
                double* here = v + half * stride, shut = not + half * stride;
                var at = Numbers(half * stride);
                for (var i = 0; i < stride; i += 2 * width)
                {
                    Vector.Widen(Vector.Load(k + i), out var kernels, out var others);
                    var gradients = Vector.Load(here + i) + Vector.Load(shut + i);
                    lowest = Vector.Min(lowest, gradients);
                    var difference = top - gradients;
                    var gain = difference * difference / Vector.Max(least, own + Vector.Load(d + i) - two * kernels);
                    var better = Vector.GreaterThan(difference, zero) & Vector.GreaterThan(gain, best);
                    best = Vector.ConditionalSelect(better, gain, best);
                    bestAt = Vector.ConditionalSelect(better, at, bestAt);
                    at += step;

                    gradients = Vector.Load(here + i + width) + Vector.Load(shut + i + width);
                    lowest = Vector.Min(lowest, gradients);
                    difference = top - gradients;
                    gain = difference * difference / Vector.Max(least, own + Vector.Load(d + i + width) - two * others);
                    better = Vector.GreaterThan(difference, zero) & Vector.GreaterThan(gain, best);
                    best = Vector.ConditionalSelect(better, gain, best);
                    bestAt = Vector.ConditionalSelect(better, at, bestAt);
                    at += step;
                }
            }
        }

        return (First(best, bestAt).At, Least(lowest));
    }

    /// <summary>Updates all gradients after a step of a pair. Returns the variable that can increase with the largest gradient; ties go to
    /// the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int At, double Gradient) Move(double step, float[] first, float[] second)
    {
        var width = Vector<double>.Count;
        var (best, bestAt) = (new Vector<double>(double.NegativeInfinity), new Vector<double>(-1));
        var (by, next) = (new Vector<double>(step), new Vector<double>(width));
        fixed (double* v = gradient, not = cannotGrow)
        fixed (float* a = first, b = second)
        {
            for (var half = 0; half < halves; half++)
            {
                double* here = v + half * stride, shut = not + half * stride;
                var at = Numbers(half * stride);
                for (var i = 0; i < stride; i += 2 * width)
                {
                    Vector.Widen(Vector.Load(a + i), out var lowA, out var highA);
                    Vector.Widen(Vector.Load(b + i), out var lowB, out var highB);
                    var moved = Vector.Load(here + i) - by * (lowA - lowB);
                    Vector.Store(moved, here + i);
                    moved += Vector.Load(shut + i);
                    var better = Vector.GreaterThan(moved, best);
                    best = Vector.ConditionalSelect(better, moved, best);
                    bestAt = Vector.ConditionalSelect(better, at, bestAt);
                    at += next;

                    moved = Vector.Load(here + i + width) - by * (highA - highB);
                    Vector.Store(moved, here + i + width);
                    moved += Vector.Load(shut + i + width);
                    better = Vector.GreaterThan(moved, best);
                    best = Vector.ConditionalSelect(better, moved, best);
                    bestAt = Vector.ConditionalSelect(better, at, bestAt);
                    at += next;
                }
            }
        }

        return First(best, bestAt);
    }

    private static Vector<double> Numbers(int from)
    {
        Span<double> numbers = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = from + i;
        return new(numbers);
    }

    /// <summary>The maximum over the lanes. Ties go to the first position.</summary>
    private static (int At, double Greatest) First(Vector<double> greatest, Vector<double> at)
    {
        var lane = 0;
        for (var i = 1; i < Vector<double>.Count; i++)
        {
            if (at[i] >= 0 && (at[lane] < 0 || greatest[i] > greatest[lane] || (greatest[i] == greatest[lane] && at[i] < at[lane])))
                lane = i;
        }

        return ((int)at[lane], greatest[lane]);
    }

    private static double Least(Vector<double> lanes)
    {
        var least = lanes[0];
        for (var i = 1; i < Vector<double>.Count; i++) least = Math.Min(least, lanes[i]);
        return least;
    }
}

/// <summary>The result of the optimization.</summary>
/// <param name="Factors">The coefficient of each row's kernel.</param>
/// <param name="Bias">The bias.</param>
/// <param name="Steps">The number of steps.</param>
internal sealed record SmoSolution(double[] Factors, double Bias, int Steps);
