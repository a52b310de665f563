using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>Law 11, pooling, on every backend and on the oracle.</summary>
public class PoolingLaws
{
    private static readonly Gen<ApplySpec> Pooled = ApplySpec.Any.Where(spec => spec.Pooling is not null);

    [EachBackend(Oracle = true)]
    public void Max_pooling_routes_a_gradient_to_one_winner_the_first_in_row_order(string backend) =>
        ForAll(backend, PoolingKind.Max, (opened, spec, pooling) =>
    {
        var (numbers, seen) = (new Numbers(spec.Seed), pooling.Of(spec.Shape));
        var image = numbers.Eighths(spec.Batch * spec.Shape.Size);
        var window = numbers.Whole(spec.Batch * seen.Size);
        var upstream = new float[spec.Batch * seen.Size];
        upstream[window] = 1;
        var (_, gradient) = Pool(opened, spec, pooling, image, upstream);

        var (channel, x, y, example) =
            (window % seen.Channels, window / seen.Channels % seen.Width, window / seen.Channels / seen.Width % seen.Height,
                window / seen.Size);
        var pixels =
            from row in Enumerable.Range(y * pooling.Stride, pooling.Height)
            from column in Enumerable.Range(x * pooling.Stride, pooling.Width)
            select ((example * spec.Shape.Height + row) * spec.Shape.Width + column) * spec.Shape.Channels + channel;
        var winner = pixels.MaxBy(pixel => image[pixel]);
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(i == winner ? 1 : 0, gradient[i]);
    });

    [EachBackend(Oracle = true)]
    public void Max_pooling_conserves_the_sum_of_the_gradients(string backend) =>
        ForAll(backend, PoolingKind.Max, (opened, spec, pooling) =>
    {
        // Sums of eighths are exact.
        var numbers = new Numbers(spec.Seed);
        var (image, upstream) = (numbers.Eighths(spec.Batch * spec.Shape.Size), numbers.Eighths(spec.Batch * pooling.Of(spec.Shape).Size));
        Assert.Equal(upstream.Sum(g => (double)g), Pool(opened, spec, pooling, image, upstream).Gradient.Sum(g => (double)g));
    });

    [EachBackend(Oracle = true)]
    public void Average_pooling_conserves_mass(string backend) => ForAll(backend, PoolingKind.Average, (opened, spec, pooling) =>
    {
        var (numbers, seen, size) = (new Numbers(spec.Seed), pooling.Of(spec.Shape), pooling.Height * pooling.Width);
        var image = numbers.Uniform(spec.Batch * spec.Shape.Size, 0, 1);
        var upstream = numbers.Uniform(spec.Batch * seen.Size, 0, 1);
        var (y, gradient) = Pool(opened, spec, pooling, image, upstream);

        // Backward, for any windows: a share is rounded, and so is the sum of those of one pixel.
        Assert.Equal(upstream.Sum(g => (double)g), gradient.Sum(g => (double)g), Rounding.Total(size, upstream.Length));

        // Forward: each pixel contributes once per window that contains it.
        var covered = 0.0;
        for (var i = 0; i < image.Length; i++)
        {
            var (row, column) =
                (i / spec.Shape.Channels / spec.Shape.Width % spec.Shape.Height, i / spec.Shape.Channels % spec.Shape.Width);
            covered += (double)image[i] * Covering(row, pooling.Height, pooling.Stride, seen.Height)
                * Covering(column, pooling.Width, pooling.Stride, seen.Width);
        }

        Assert.Equal(covered, y.Sum(mean => (double)mean) * size, Rounding.Total(size, y.Length * size));
    });

    // The number of windows along one side that contain the position.
    private static int Covering(int place, int extent, int stride, int windows) =>
        Enumerable.Range(0, windows).Count(window => window * stride <= place && place < window * stride + extent);

    private static (float[] Y, float[] Gradient) Pool(IBackend opened, ApplySpec spec, Pooling pooling, float[] image, float[] upstream)
    {
        var layout = new Layout();
        var x = new Source(layout.Source(image), spec.Shape);
        var (dy, y, gradient) = (layout.Source(upstream), layout.Room(upstream.Length), layout.Room(image.Length));
        var after = layout.Trial(compute =>
        {
            compute.Apply(spec.Batch, x, pooling, y);
            compute.ApplyBackward(spec.Batch, new(dy, x, pooling), gradient);
        }).Run(opened);
        return (Trial.At(after, y).ToArray(), Trial.At(after, gradient).ToArray());
    }

    private static void ForAll(string backend, PoolingKind kind, Action<IBackend, ApplySpec, Pooling> hold)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(Pooled, spec => { if (spec.Pooling is { } pooling) hold(opened, spec, pooling with { Kind = kind }); }, times: 60);
    }
}
