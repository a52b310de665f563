namespace FunctionalStack.Backend.Tests;

/// <summary>Random float32 values from a seed.</summary>
internal sealed class Numbers(int seed)
{
    private RandomStream stream = Seed.Of(seed).Stream();

    public float[] Uniform(int count, double least, double most) => Draw(count, () => least + (most - least) * stream.NextDouble());

    /// <summary>Eighths from -3 to 3, so 0 and equal values are common, for testing activations and poolings.</summary>
    public float[] Eighths(int count) => Draw(count, () => (stream.Next(49) - 24) / 8.0);

    /// <summary>Distinct values in random order, evenly from -3 to 3 without 0, so that differences of them meet no kink.</summary>
    public float[] Ladder(int count)
    {
        var rungs = new float[count];
        for (var i = 0; i < count; i++) rungs[i] = (float)(6 * (i + (count % 2 == 0 ? 0.5 : 0.25)) / count - 3);
        stream.Shuffle(rungs.AsSpan());
        return rungs;
    }

    /// <summary>From 0 to below the bound.</summary>
    public int Whole(int bound) => stream.Next(bound);

    public float[] Draw(int count, Func<double> next)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) numbers[i] = (float)next();
        return numbers;
    }
}
