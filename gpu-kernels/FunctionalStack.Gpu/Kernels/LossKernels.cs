using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>The loss of one row, whether its prediction is correct, and the gradient of the batch's mean with respect to its
/// scores.</summary>
internal readonly struct RowLoss(
    LossKind loss, int batch, ArrayView<float> scores, ArrayView<float> targets, int units, ArrayView<float> gradient, int withGradient,
    ArrayView<float> weights, int withWeights)
{
    private readonly int kind = (int)loss;

    public float Of(int row, out float right)
    {
        var loss = Unweighted(row, out right);
        if (withWeights == 0) return loss;
        var weight = weights[row];
        if (withGradient != 0)
        {
            for (var i = row * units; i < (row + 1) * units; i++) gradient[i] *= weight;
        }

        return loss * weight;
    }

    private float Unweighted(int row, out float right)
    {
        if (kind == (int)LossKind.SoftmaxCrossEntropy) return CrossEntropy(row, out right);
        return kind == (int)LossKind.BinaryCrossEntropy ? BinaryCrossEntropy(row, out right) : SquaredError(row, out right);
    }

    // -log softmax = log(1 + the sum over the others of exp(score - greatest)) - (score of the class - greatest).
    private float CrossEntropy(int row, out float right)
    {
        var from = row * units;
        var code = (int)targets[row];
        var (greatest, top) = (0, scores[from]);
        for (var unit = 1; unit < units; unit++)
        {
            var score = scores[from + unit];
            if (!(score > top)) continue;
            top = score;
            greatest = unit;
        }

        var others = 0f;
        for (var unit = 0; unit < units; unit++)
        {
            if (unit != greatest) others += Elementary.Exp(scores[from + unit] - top);
        }

        if (withGradient != 0)
        {
            var share = 1f / ((1f + others) * batch);
            for (var unit = 0; unit < units; unit++)
            {
                // For the maximum, p - 1 is computed as minus the sum of the other probabilities, to avoid cancellation.
                var p = Elementary.Exp(scores[from + unit] - top) * share;
                if (unit == code) p = code == greatest ? -others * share : p - 1f / batch;
                gradient[from + unit] = p;
            }
        }

        right = code == greatest ? 1f : 0f;
        return Elementary.Log1P(others) - (scores[from + code] - top);
    }

    // max(s, 0) - s t + log(1 + exp(-|s|)).
    private float BinaryCrossEntropy(int row, out float right)
    {
        var (sum, hits) = (0f, 0);
        for (var i = row * units; i < (row + 1) * units; i++)
        {
            var (score, target) = (scores[i], targets[i]);
            var small = Elementary.Exp(-Elementary.Abs(score));
            sum += (score > 0f ? score : 0f) - score * target + Elementary.Log1P(small);
            if ((score > 0f) == (target > 0.5f)) hits++;
            if (withGradient != 0) gradient[i] = ((score > 0f ? 1f : small) / (1f + small) - target) / units / batch;
        }

        right = hits == units ? 1f : 0f;
        return sum / units;
    }

    private float SquaredError(int row, out float right)
    {
        var sum = 0f;
        for (var i = row * units; i < (row + 1) * units; i++)
        {
            var error = scores[i] - targets[i];
            sum += error * error;
            if (withGradient != 0) gradient[i] = 2f * error / units / batch;
        }

        right = 0f;
        return sum / units;
    }
}

/// <summary>Writes each row's loss and correctness to <paramref name="rows"/>: losses, then hits. One item is a row.</summary>
internal readonly struct LossRows(RowLoss loss, int batch, ArrayView<float> rows) : IEach
{
    public void Do(int item)
    {
        rows[item] = loss.Of(item, out var right);
        rows[batch + item] = right;
    }
}

/// <summary>The batch's mean loss and number of hits, in a fixed order. One group; its threads compute the rows' losses unless
/// <see cref="LossRows"/> has run.</summary>
/// <param name="loss">The loss of a row.</param>
/// <param name="batch">Number of rows.</param>
/// <param name="measured">Whether <paramref name="rows"/> has been written.</param>
/// <param name="rows">As written by <see cref="LossRows"/>.</param>
/// <param name="before">Metrics of the previous step.</param>
/// <param name="withBefore">Whether there is a previous step.</param>
/// <param name="metrics">Written: the mean loss, or NaN if the previous step's is not finite; the hits.</param>
internal readonly struct MeanLoss(
    RowLoss loss, int batch, int measured, ArrayView<float> rows, ArrayView<float> before, int withBefore, ArrayView<float> metrics)
        : IGroup
{
    public void Do(int group)
    {
        var (losses, hits) = (SharedMemory.Allocate<float>(Launcher.LargestGroup), SharedMemory.Allocate<float>(Launcher.LargestGroup));
        var (thread, threads) = (Group.IdxX, Group.DimX);
        var (sum, right) = (0f, 0f);
        for (var row = thread; row < batch; row += threads)
        {
            if (measured != 0)
            {
                sum += rows[row];
                right += rows[batch + row];
            }
            else
            {
                sum += loss.Of(row, out var hit);
                right += hit;
            }
        }

        losses[thread] = sum;
        hits[thread] = right;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                losses[thread] += losses[thread + half];
                hits[thread] += hits[thread + half];
            }

            Group.Barrier();
        }

        if (thread != 0) return;
        var broken = withBefore != 0 && !Elementary.IsFinite(before[0]);
        metrics[0] = broken ? float.NaN : losses[0] / batch;
        metrics[1] = hits[0];
    }
}
