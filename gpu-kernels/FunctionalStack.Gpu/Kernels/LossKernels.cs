using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>The loss of one row, whether it is right, and the gradient of the batch's mean by its scores.</summary>
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
                // Where the class is the greatest p - 1 is minus the others' share, free of cancellation.
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

/// <summary>Each row's loss and hit into <paramref name="rows"/>: losses, then hits. An item is a row.</summary>
internal readonly struct LossRows(RowLoss loss, int batch, ArrayView<float> rows) : IEach
{
    public void Do(int item)
    {
        rows[item] = loss.Of(item, out var right);
        rows[batch + item] = right;
    }
}

/// <summary>The batch's mean loss and its hits, in a fixed order. One group, whose members measure rows themselves unless that was done before.</summary>
/// <param name="loss">Of a row.</param>
/// <param name="batch">Rows.</param>
/// <param name="measured">Whether <paramref name="rows"/> holds them.</param>
/// <param name="rows">As <see cref="LossRows"/> writes them.</param>
/// <param name="before">Metrics of the step before.</param>
/// <param name="withBefore">Whether there was one.</param>
/// <param name="metrics">Written: mean loss, or NaN where the step before had none; hits.</param>
internal readonly struct MeanLoss(
    RowLoss loss, int batch, int measured, ArrayView<float> rows, ArrayView<float> before, int withBefore, ArrayView<float> metrics) : IGroup
{
    public void Do(int group)
    {
        var (losses, hits) = (SharedMemory.Allocate<float>(Launcher.LargestGroup), SharedMemory.Allocate<float>(Launcher.LargestGroup));
        var (member, members) = (Group.IdxX, Group.DimX);
        var (sum, right) = (0f, 0f);
        for (var row = member; row < batch; row += members)
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

        losses[member] = sum;
        hits[member] = right;
        Group.Barrier();
        for (var half = members / 2; half > 0; half /= 2)
        {
            if (member < half)
            {
                losses[member] += losses[member + half];
                hits[member] += hits[member + half];
            }

            Group.Barrier();
        }

        if (member != 0) return;
        var broken = withBefore != 0 && !Elementary.IsFinite(before[0]);
        metrics[0] = broken ? float.NaN : losses[0] / batch;
        metrics[1] = hits[0];
    }
}
