using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    public void Softmax(int batch, Slice x, int units, Slice y)
    {
        for (var row = 0; row < batch; row++) Softmax(At(x).Slice(row * units, units)).CopyTo(At(y)[(row * units)..]);
    }

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx)
    {
        for (var row = 0; row < batch; row++)
        {
            var dot = 0.0;
            for (var i = row * units; i < (row + 1) * units; i++) dot += At(dy)[i] * At(y)[i];
            for (var i = row * units; i < (row + 1) * units; i++) At(dx)[i] = At(y)[i] * (At(dy)[i] - dot);
        }
    }

    public void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before = null,
            Slice? weights = null)
    {
        var (sum, right) = (0.0, 0);
        for (var row = 0; row < batch; row++)
        {
            var s = At(scores).Slice(row * units, units);
            var (lost, hit, ds) = loss switch
            {
                LossKind.SoftmaxCrossEntropy => CrossEntropy(s, (int)At(targets)[row]),
                LossKind.BinaryCrossEntropy => BinaryCrossEntropy(s, At(targets).Slice(row * units, units)),
                LossKind.SquaredError => SquaredError(s, At(targets).Slice(row * units, units)),
                _ => throw new ArgumentOutOfRangeException(nameof(loss)),
            };
            var weight = weights is { } weigh ? At(weigh)[row] : 1;
            sum += lost * weight;
            if (hit) right++;
            if (gradient is not { } to) continue;
            for (var unit = 0; unit < units; unit++) At(to)[row * units + unit] = ds[unit] * weight / batch;
        }

        At(metrics)[0] = before is { } last && !IsFinite(last) ? double.NaN : sum / batch;
        At(metrics)[1] = right;
    }

    private static (double Loss, bool Right, double[] Gradient) CrossEntropy(ReadOnlySpan<double> s, int target)
    {
        var (p, first, total) = (Softmax(s), 0, 0.0);
        for (var unit = 1; unit < s.Length; unit++)
        {
            if (s[unit] > s[first]) first = unit;
        }

        foreach (var score in s) total += Math.Exp(score - s[first]);
        p[target] -= 1;
        return (s[first] + Math.Log(total) - s[target], first == target, p);
    }

    // Per unit max(s, 0) - s t + log(1 + exp(-|s|)), the same number without overflow.
    private static (double Loss, bool Right, double[] Gradient) BinaryCrossEntropy(ReadOnlySpan<double> s, ReadOnlySpan<double> t)
    {
        var (loss, right, gradient) = (0.0, true, new double[s.Length]);
        for (var unit = 0; unit < s.Length; unit++)
        {
            loss += (Math.Max(s[unit], 0) - s[unit] * t[unit] + Math.Log(1 + Math.Exp(-Math.Abs(s[unit])))) / s.Length;
            right &= s[unit] > 0 == t[unit] > 0.5;
            gradient[unit] = (Activations.Sigmoid(s[unit]) - t[unit]) / s.Length;
        }

        return (loss, right, gradient);
    }

    private static (double Loss, bool Right, double[] Gradient) SquaredError(ReadOnlySpan<double> s, ReadOnlySpan<double> t)
    {
        var (loss, gradient) = (0.0, new double[s.Length]);
        for (var unit = 0; unit < s.Length; unit++)
        {
            loss += Square(s[unit] - t[unit]) / s.Length;
            gradient[unit] = 2 * (s[unit] - t[unit]) / s.Length;
        }

        return (loss, false, gradient);
    }

    private static double[] Softmax(ReadOnlySpan<double> s)
    {
        var (greatest, total, p) = (double.NegativeInfinity, 0.0, new double[s.Length]);
        foreach (var score in s) greatest = Math.Max(greatest, score);
        for (var unit = 0; unit < p.Length; unit++) total += p[unit] = Math.Exp(s[unit] - greatest);
        for (var unit = 0; unit < p.Length; unit++) p[unit] /= total;
        return p;
    }
}
