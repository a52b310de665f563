namespace FunctionalStack.Neural;

/// <summary>A buffer for one batch, reused.</summary>
internal sealed class BatchBuffer(Examples examples, Targets? targets, int batch, float[]? weights = null,
    Augmentation? augmentation = null)
{
    private readonly float[] inputs = new float[batch * examples.Shape.Size];
    private readonly float[] labels = new float[batch * (targets?.Width ?? 0)];
    private readonly float[] weighed = new float[weights is null ? 0 : batch];
    private readonly float[] image = new float[augmentation is null ? 0 : examples.Shape.Size];
    private int count;

    /// <summary>The maximum number of rows.</summary>
    public int Batch => batch;

    public ReadOnlySpan<float> Inputs => inputs.AsSpan(0, count * examples.Shape.Size);

    public ReadOnlySpan<float> Targets => labels.AsSpan(0, count * (targets?.Width ?? 0));

    /// <summary>One value per row; empty if all rows have the same weight.</summary>
    public ReadOnlySpan<float> Weights => weighed.AsSpan(0, weights is null ? 0 : count);

    /// <summary>Fills the buffer with these rows.</summary>
    public void Gather(ReadOnlySpan<int> rows) => Gather(rows, default);

    /// <summary>Fills the buffer with these rows, each augmented with the fork of <paramref name="seed"/> that has its number.</summary>
    public void Gather(ReadOnlySpan<int> rows, Seed seed)
    {
        count = rows.Length;
        var size = examples.Shape.Size;
        for (var i = 0; i < rows.Length; i++) Take(rows[i], i, size, seed);
    }

    /// <summary>Fills the buffer with rows <paramref name="start"/> to <paramref name="end"/> - 1.</summary>
    public void Gather(int start, int end)
    {
        count = end - start;
        var size = examples.Shape.Size;
        for (var i = 0; i < count; i++) Take(start + i, i, size, default);
    }

    private void Take(int row, int to, int size, Seed seed)
    {
        var input = inputs.AsSpan(to * size, size);
        examples.CopyTo(row, augmentation is null ? input : image);
        augmentation?.Apply(examples.Shape, image, input, seed.Fork(row));
        if (weights is not null) weighed[to] = weights[row];
        targets?.Numbers.AsSpan(row * targets.Width, targets.Width).CopyTo(labels.AsSpan(to * targets.Width));
    }
}
