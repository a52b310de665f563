using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// A loss, given by its first and second derivatives with respect to each row's scores. There is one array per output, padded to
/// a multiple of the vector width. Padding rows have weight 0.
/// </summary>
internal abstract class Objective
{
    /// <summary>The number of rows is padded to a multiple of this.</summary>
    public const int Lanes = 8;

    /// <summary>The number of scores per row, and of trees per round.</summary>
    public virtual int Outputs => 1;

    /// <summary>The exponent of the power of two by which the target was divided, so that it is in [-1, 1].</summary>
    public virtual int Exponent => 0;

    /// <summary>Whether first derivatives scale with the target. Gains then scale with its square.</summary>
    public virtual bool GradientsScale => false;

    /// <summary>The initial scores.</summary>
    public abstract double[] Base(Sample sample);

    /// <summary>The derivatives of each row's weighted loss, for rows <paramref name="start"/> to <paramref name="end"/> (exclusive), both
    /// multiples of <see cref="Lanes"/>.</summary>
    public abstract void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end);

    /// <summary>The weighted mean loss.</summary>
    public double Loss(Sample sample, double[][] scores)
    {
        var (loss, weight) = (0.0, 0.0);
        for (var row = 0; row < sample.Count; row++)
        {
            loss += sample.Weights[row] * LossOf(sample, scores, row);
            weight += sample.Weights[row];
        }

        return loss / weight;
    }

    /// <summary>Computes the value of a leaf from its rows, if it is not Newton's step; otherwise null.</summary>
    public virtual Func<ReadOnlyMemory<int>, double>? Leaf(Sample sample, double[][] scores) => null;

    protected abstract double LossOf(Sample sample, double[][] scores, int row);
}

/// <summary>The targets of some rows (numbers, or codes of classes present) and their weights, padded to a multiple of the vector
/// width.</summary>
internal sealed record Sample(int Count, double[] Truth, double[] Weights);

/// <summary>Half the squared error of a target divided by a power of two, so that sums do not overflow.</summary>
internal sealed class SquaredError(int exponent) : Objective
{
    public override int Exponent => exponent;

    public override bool GradientsScale => true;

    public override double[] Base(Sample sample) => [Means.Of(sample.Truth, sample.Weights)];

    public override void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end)
    {
        var (truth, weights, score, g, h) = (sample.Truth, sample.Weights, scores[0], first[0], second[0]);
        for (var row = start; row < end; row += Lanes)
        {
            var weight = Vector512.Create<double>(weights, row);
            (weight * (Vector512.Create<double>(score, row) - Vector512.Create<double>(truth, row))).CopyTo(g, row);
            weight.CopyTo(h, row);
        }
    }

    protected override double LossOf(Sample sample, double[][] scores, int row) =>
        (scores[0][row] - sample.Truth[row]) * (scores[0][row] - sample.Truth[row]) / 2;
}

/// <summary>
/// The pinball loss: <paramref name="quantile"/> per unit of underprediction, 1 - quantile per unit of overprediction. Its second
/// derivative is 0, so trees
/// are grown with 1 instead, and the value of a leaf is the quantile of its rows' residuals, as in LightGBM.
/// </summary>
internal sealed class Pinball(double quantile, int exponent) : Objective
{
    public override int Exponent => exponent;

    public override double[] Base(Sample sample) =>
        [Quantile(sample.Truth.AsSpan(0, sample.Count).ToArray(), sample.Weights.AsSpan(0, sample.Count).ToArray())];

    public override void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end)
    {
        for (var row = start; row < end; row++)
        {
            var lack = sample.Truth[row] - scores[0][row];
            first[0][row] = sample.Weights[row] * (lack > 0 ? -quantile : lack < 0 ? 1 - quantile : 0);
            second[0][row] = sample.Weights[row];
        }
    }

    public override Func<ReadOnlyMemory<int>, double> Leaf(Sample sample, double[][] scores) => rows =>
    {
        var (of, lacks, weights) = (rows.ToArray(), new double[rows.Length], new double[rows.Length]);
        for (var i = 0; i < of.Length; i++) (lacks[i], weights[i]) = (sample.Truth[of[i]] - scores[0][of[i]], sample.Weights[of[i]]);
        return Quantile(lacks, weights);
    };

    protected override double LossOf(Sample sample, double[][] scores, int row)
    {
        var lack = sample.Truth[row] - scores[0][row];
        return lack * (lack > 0 ? quantile : quantile - 1);
    }

    // The smallest number with at least that fraction of the weight at or below it, which minimizes the loss.
    private double Quantile(double[] numbers, double[] weights)
    {
        Array.Sort(numbers, weights);
        var (all, below) = (weights.Sum(), 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            below += weights[i];
            if (below >= quantile * all) return numbers[i];
        }

        return numbers[^1];
    }
}

/// <summary>
/// Poisson deviance with a log link. As in XGBoost, the second derivative is taken at score + 0.7, so that a
/// leaf does not overshoot.
/// </summary>
internal sealed class PoissonDeviance : Objective
{
    private static readonly double Ahead = Math.Exp(0.7);

    public override double[] Base(Sample sample) => [Math.Log(Math.Max(Means.Of(sample.Truth, sample.Weights), 1e-10))];

    public override void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end)
    {
        for (var row = start; row < end; row++)
        {
            var mean = Math.Exp(scores[0][row]);
            first[0][row] = sample.Weights[row] * (mean - sample.Truth[row]);
            second[0][row] = sample.Weights[row] * mean * Ahead;
        }
    }

    protected override double LossOf(Sample sample, double[][] scores, int row) =>
        Math.Exp(scores[0][row]) - sample.Truth[row] * scores[0][row];
}

/// <summary>Log-loss of two classes, with the log-odds of the second as score.</summary>
internal sealed class LogisticLoss : Objective
{
    public override double[] Base(Sample sample)
    {
        var (no, yes) = (0.0, 0.0);
        for (var row = 0; row < sample.Count; row++)
        {
            if (sample.Truth[row] == 1) yes += sample.Weights[row];
            else no += sample.Weights[row];
        }

        return [Math.Log(yes) - Math.Log(no)];
    }

    public override void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end)
    {
        var (truth, weights, score, g, h) = (sample.Truth, sample.Weights, scores[0], first[0], second[0]);
        var one = Vector512<double>.One;
        for (var row = start; row < end; row += Lanes)
        {
            var weight = Vector512.Create<double>(weights, row);
            var p = one / (one + Vector512.Exp(-Vector512.Create<double>(score, row)));
            (weight * (p - Vector512.Create<double>(truth, row))).CopyTo(g, row);
            (weight * p * (one - p)).CopyTo(h, row);
        }
    }

    protected override double LossOf(Sample sample, double[][] scores, int row)
    {
        // ln(1 + e^-m) of the margin m, without overflow.
        var margin = sample.Truth[row] == 1 ? scores[0][row] : -scores[0][row];
        return Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
    }
}

/// <summary>
/// Log-loss of K classes, with softmax scores. As in XGBoost, second derivatives are 2 p (1 - p): a diagonal upper bound of the
/// Hessian, so that K simultaneous trees do not overshoot.
/// </summary>
internal sealed class SoftmaxLoss(int classes) : Objective
{
    public override int Outputs => classes;

    public override double[] Base(Sample sample)
    {
        var mass = new double[classes];
        for (var row = 0; row < sample.Count; row++) mass[(int)sample.Truth[row]] += sample.Weights[row];
        var all = mass.Sum();
        return Array.ConvertAll(mass, one => Math.Log(one) - Math.Log(all));
    }

    public override void Derive(Sample sample, double[][] scores, double[][] first, double[][] second, int start, int end)
    {
        var one = Vector512<double>.One;
        var two = Vector512.Create(2.0);
        for (var row = start; row < end; row += Lanes)
        {
            var most = Vector512.Create<double>(scores[0], row);
            for (var k = 1; k < classes; k++) most = Vector512.Max(most, Vector512.Create<double>(scores[k], row));
            var sum = Vector512<double>.Zero;
            for (var k = 0; k < classes; k++)
            {
                var e = Vector512.Exp(Vector512.Create<double>(scores[k], row) - most);
                e.CopyTo(first[k], row);
                sum += e;
            }

            var weight = Vector512.Create<double>(sample.Weights, row);
            var truth = Vector512.Create<double>(sample.Truth, row);
            for (var k = 0; k < classes; k++)
            {
                var p = Vector512.Create<double>(first[k], row) / sum;
                var isTrue = Vector512.Equals(truth, Vector512.Create((double)k)) & one;
                (weight * (p - isTrue)).CopyTo(first[k], row);
                (weight * two * p * (one - p)).CopyTo(second[k], row);
            }
        }
    }

    protected override double LossOf(Sample sample, double[][] scores, int row)
    {
        var (most, sum) = (double.NegativeInfinity, 0.0);
        for (var k = 0; k < classes; k++) most = Math.Max(most, scores[k][row]);
        for (var k = 0; k < classes; k++) sum += Math.Exp(scores[k][row] - most);
        return most + Math.Log(sum) - scores[(int)sample.Truth[row]][row];
    }
}

internal static class Means
{
    public static double Of(double[] numbers, double[] weights)
    {
        var (sum, all, low, high) = (0.0, 0.0, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (weights[i] == 0) continue;
            sum += weights[i] * numbers[i];
            all += weights[i];
            low = Math.Min(low, numbers[i]);
            high = Math.Max(high, numbers[i]);
        }

        // Products of the smallest weights lose all precision.
        return Math.Clamp(sum / all, low, high);
    }
}
