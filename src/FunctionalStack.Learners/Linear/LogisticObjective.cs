using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The penalized logistic loss: the sum over rows of weight x loss, plus half the sum of penalty x variable squared. Convex.
/// One vector of variables is the binary case, where the first class has score 0. Otherwise softmax with one vector per class.
/// </summary>
/// <param name="design">The columns.</param>
/// <param name="codes">The index of each row's class among those present, padded to whole panels.</param>
/// <param name="vectors">1 for two classes, otherwise the number of classes.</param>
internal sealed unsafe class LogisticObjective(Design design, double[] codes, int vectors) : ICurvedObjective
{
    private const int Rows = Design.PanelRows;

    private readonly double[] residuals = new double[vectors * Rows];
    private readonly double[] probabilities = new double[vectors * Rows];

    public Design Design => design;

    public double TotalWeight { get; } = design.Weights.Sum();

    public int Vectors => vectors;

    public int Columns => design.Columns;

    /// <summary>The number of variables: vectors x columns.</summary>
    public int Size => vectors * design.Columns;

    /// <summary>The value at <paramref name="at"/>. Overwrites <paramref name="gradient"/>.</summary>
    public double Evaluate(double[] at, double[] gradient)
    {
        var columns = design.Columns;
        var value = 0.0;
        for (var i = 0; i < at.Length; i++)
        {
            gradient[i] = design.Penalties[i % columns] * at[i];
            value += 0.5 * gradient[i] * at[i];
        }

        fixed (double* cells = design.Cells, weights = design.Weights, classes = codes, t = at, g = gradient, r = residuals,
            p = probabilities)
        {
            for (var panel = 0; panel < design.Panels; panel++)
            {
                var x = cells + (long)panel * design.PanelCells;
                value += Losses(x, weights + panel * Rows, classes + panel * Rows, t, p, r);
                DenseKernels.AddProducts(r, vectors, Rows, x, columns, Rows, Rows, g, columns);
            }
        }

        return value;
    }

    /// <summary>The Hessian at <paramref name="at"/>, Size x Size. Overwrites the lower triangle; the rest is scratch memory.</summary>
    public void Curvature(double[] at, double[] hessian)
    {
        var (columns, size) = (design.Columns, Size);
        Array.Clear(hessian);
        var scaled = new double[design.PanelCells];
        var factors = new double[Rows];
        fixed (double* cells = design.Cells, weights = design.Weights, classes = codes, t = at, r = residuals, p = probabilities,
            y = scaled, h = hessian)
        {
            for (var panel = 0; panel < design.Panels; panel++)
            {
                var x = cells + (long)panel * design.PanelCells;
                Losses(x, weights + panel * Rows, classes + panel * Rows, t, p, r);
                for (var k = 0; k < vectors; k++)
                {
                    for (var l = 0; l <= k; l++)
                    {
                        for (var i = 0; i < Rows; i++)
                        {
                            var other = k == l ? p[k * Rows + i] - 1 : p[l * Rows + i];
                            factors[i] = -weights[panel * Rows + i] * p[k * Rows + i] * other;
                        }

                        Scale(x, columns, factors, y);
                        DenseKernels.AddProducts(y, columns, Rows, x, columns, Rows, Rows, h + (long)k * columns * size + l * columns, size,
                            lowerOnly: true);
                    }
                }
            }
        }

        // Every block is symmetric. Those below the diagonal are needed completely.
        for (var k = 0; k < vectors; k++)
        {
            for (var l = 0; l < k; l++)
            {
                for (var i = 0; i < columns; i++)
                {
                    for (var j = i + 1; j < columns; j++)
                        hessian[(k * columns + i) * size + l * columns + j] = hessian[(k * columns + j) * size + l * columns + i];
                }
            }
        }

        for (var i = 0; i < size; i++) hessian[i * size + i] += design.Penalties[i % columns];
    }

    /// <summary>One panel's summed loss. Writes probabilities and weighted residuals (probability minus the 0/1 indicator), vectors x
    /// rows.</summary>
    private double Losses(double* x, double* weights, double* classes, double* t, double* p, double* r)
    {
        new Span<double>(p, vectors * Rows).Clear();
        for (var k = 0; k < vectors; k++) DenseKernels.AddCombination(x, design.Columns, Rows, t + k * design.Columns, p + k * Rows, Rows);
        return vectors == 1 ? BinaryLosses(weights, classes, p, r) : SoftmaxLosses(weights, classes, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BinaryLosses(double* weights, double* classes, double* p, double* r)
    {
        var one = Vector<double>.One;
        var sum = Vector<double>.Zero;
        for (var i = 0; i < Rows; i += Vector<double>.Count)
        {
            var w = Vector.Load(weights + i);
            var second = Vector.Equals(Vector.Load(classes + i), one);
            var score = Vector.Load(p + i);
            // The probability of the wrong class, without cancellation for either sign of the margin.
            var margin = Vector.ConditionalSelect(second, score, -score);
            var e = Vector.Exp(-Vector.Abs(margin));
            var small = e / (one + e);
            var wrong = Vector.ConditionalSelect(Vector.GreaterThan(margin, Vector<double>.Zero), small, one / (one + e));
            sum += w * (Vector.Max(-margin, Vector<double>.Zero) + Vector.Log(one + e));
            Vector.Store(Vector.ConditionalSelect(second, one - wrong, wrong), p + i);
            Vector.Store(w * Vector.ConditionalSelect(second, -wrong, wrong), r + i);
        }

        return Vector.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SoftmaxLosses(double* weights, double* classes, double* p, double* r)
    {
        var sum = Vector<double>.Zero;
        for (var i = 0; i < Rows; i += Vector<double>.Count)
        {
            var w = Vector.Load(weights + i);
            var code = Vector.Load(classes + i);
            var greatest = Vector.Load(p + i);
            for (var k = 1; k < vectors; k++) greatest = Vector.Max(greatest, Vector.Load(p + k * Rows + i));
            var all = Vector<double>.Zero;
            var others = Vector<double>.Zero;
            var own = Vector<double>.Zero;
            for (var k = 0; k < vectors; k++)
            {
                var isOwn = Vector.Equals(code, new Vector<double>((double)k));
                var score = Vector.Load(p + k * Rows + i) - greatest;
                var e = Vector.Exp(score);
                all += e;
                others += Vector.ConditionalSelect(isOwn, Vector<double>.Zero, e);
                own = Vector.ConditionalSelect(isOwn, score, own);
                Vector.Store(e, p + k * Rows + i);
            }

            sum += w * (Vector.Log(all) - own);
            // The residual of the row's class is computed from the other classes, since 1 minus a probability near 1 would lose precision.
            var wrong = w * others / all;
            for (var k = 0; k < vectors; k++)
            {
                var isOwn = Vector.Equals(code, new Vector<double>((double)k));
                var probability = Vector.Load(p + k * Rows + i) / all;
                Vector.Store(probability, p + k * Rows + i);
                Vector.Store(Vector.ConditionalSelect(isOwn, -wrong, w * probability), r + k * Rows + i);
            }
        }

        return Vector.Sum(sum);
    }

    /// <summary>y[j, i] = factors[i] x[j, i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(double* x, int columns, double[] factors, double* y)
    {
        fixed (double* f = factors)
        {
            for (var j = 0; j < columns; j++)
            {
                for (var i = 0; i < Rows; i += Vector<double>.Count)
                    Vector.Store(Vector.Load(f + i) * Vector.Load(x + j * Rows + i), y + j * Rows + i);
            }
        }
    }
}
