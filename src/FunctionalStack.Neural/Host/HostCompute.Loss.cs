namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before, Slice? weights)
    {
        // The loss and the correctness (0 or 1) of each row.
        var rows = (RowLoss*)Scratch(batch * (sizeof(RowLoss) / sizeof(float)));
        var block = Chunks.Rows(units);
        var work = new LossWork(
            loss, batch, block, units, At(scores), At(targets), weights is { } weigh ? At(weigh) : null, gradient is { } there ? At(there)
                : null, rows);
        pool.Run((batch + block - 1) / block, work);
        var (sum, right) = (0.0, 0);
        for (var row = 0; row < batch; row++)
        {
            sum += rows[row].Loss;
            right += rows[row].Right;
        }

        At(metrics)[0] = before is { } last && !float.IsFinite(*At(last)) ? float.NaN : (float)(sum / batch);
        At(metrics)[1] = right;
    }

    private readonly record struct RowLoss(double Loss, int Right);

    /// <summary>In double precision: there are few scores, and a loss near 0 keeps its digits.</summary>
    private readonly struct LossWork(
        LossKind kind, int batch, int block, int units, float* scores, float* targets, float* weights, float* gradients, RowLoss* rows)
            : IWork
    {
        public void Do(int item, int worker)
        {
            for (var row = item * block; row < Math.Min(batch, (item + 1) * block); row++)
            {
                var gradient = gradients is null ? null : gradients + (nint)row * units;
                var score = scores + (nint)row * units;
                rows[row] = kind switch
                {
                    LossKind.SoftmaxCrossEntropy => CrossEntropy(row, score, targets[row], gradient),
                    LossKind.BinaryCrossEntropy => BinaryCrossEntropy(score, targets + (nint)row * units, gradient),
                    LossKind.SquaredError => SquaredError(score, targets + (nint)row * units, gradient),
                    _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a loss."),
                };
                if (weights is null) continue;
                rows[row] = rows[row] with { Loss = rows[row].Loss * weights[row] };
                for (var unit = 0; gradient is not null && unit < units; unit++) gradient[unit] *= weights[row];
            }
        }

        // -log softmax = log(1 + the sum over the others of exp(score - greatest)) - (score of the class - greatest).
        private RowLoss CrossEntropy(int row, float* scores, float target, float* gradient)
        {
            var code = (int)target;
            if ((uint)code >= (uint)units || code != target)
            {
                throw new ArgumentOutOfRangeException(nameof(target), target,
                    $"The target of row {row} is not a class code. Codes are integers from 0 to {units - 1}.");
            }

            // There is no maximum if all scores are NaN or minus infinity; the loss is then NaN.
            var greatest = Greatest(scores, units);
            double top = greatest < 0 ? double.NaN : scores[greatest];
            var others = 0.0;
            for (var unit = 0; unit < units; unit++)
            {
                if (unit != greatest) others += Math.Exp(scores[unit] - top);
            }

            if (gradient is not null)
            {
                var share = 1 / ((1 + others) * batch);
                for (var unit = 0; unit < units; unit++) gradient[unit] = (float)(Math.Exp(scores[unit] - top) * share);
                // For the maximum, p - 1 is computed as minus the sum of the other probabilities, to avoid cancellation.
                gradient[code] = code == greatest ? (float)(-others * share) : (float)(Math.Exp(scores[code] - top) * share - 1.0 / batch);
            }

            return new(Log1P(others) - (scores[code] - top), code == greatest ? 1 : 0);
        }

        // max(s, 0) - s t + log(1 + exp(-|s|)).
        private RowLoss BinaryCrossEntropy(float* scores, float* targets, float* gradient)
        {
            var (sum, right) = (0.0, true);
            for (var unit = 0; unit < units; unit++)
            {
                double score = scores[unit], target = targets[unit];
                var small = Math.Exp(-Math.Abs(score));
                sum += Math.Max(score, 0) - score * target + Log1P(small);
                right &= score > 0 == target > 0.5;
                if (gradient is not null) gradient[unit] = (float)(((score > 0 ? 1 : small) / (1 + small) - target) / units / batch);
            }

            return new(sum / units, right ? 1 : 0);
        }

        private RowLoss SquaredError(float* scores, float* targets, float* gradient)
        {
            var sum = 0.0;
            for (var unit = 0; unit < units; unit++)
            {
                var error = (double)scores[unit] - targets[unit];
                sum += error * error;
                if (gradient is not null) gradient[unit] = (float)(2 * error / units / batch);
            }

            return new(sum / units, 0);
        }
    }

    /// <summary>log(1 + x) for x of at least 0, accurate to a few units in the last place also near 0 (Kahan).</summary>
    private static double Log1P(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * x / (sum - 1);
    }
}
