using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Neural;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>Law 10: the oracle's gradients are the slopes of its forward operations, by central differences in double.</summary>
/// <remarks>
/// The scalar is a random weighting of the operation's output. The data are distinct values on a grid, with kinks midway
/// between two of them, so no difference crosses a kink.
/// </remarks>
public class GradientLaws
{
    // Truncation is Step² times third derivatives, some hundreds since epsilon keeps inverse deviations below 4; rounding 1e-16 / Step
    // times the scalar, below 1e3.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;
    private const float Epsilon = 0.1f;

    private static readonly Gen<Shape> Shapes =
        from height in Gen.Choose(1, 4)
        from width in Gen.Choose(1, 4)
        from channels in Gen.Choose(1, 3)
        select new Shape(height, width, channels);

    [Property(MaxTest = 60)]
    public Property The_gradients_of_a_convolution_are_its_slopes() => ForAll(
        from input in Shapes
        from filters in Gen.Choose(1, 3)
        from same in Specs.Coin
        from kernel in Gen.Choose(1, 3).Where(kernel => same || kernel <= Math.Min(input.Height, input.Width))
        from stride in Gen.Choose(1, 3)
        select Windows.Convolution(input, filters, kernel, stride, same),
        (window, batch, reading, seed) =>
    {
        var (layout, numbers) = (new Layout(), new Numbers(seed));
        var (x, moments) = Read(layout, numbers, batch, window.Input, reading);
        var (kernel, bias) =
            (layout.Source(numbers.Uniform(window.KernelSize, -1, 1)), layout.Source(numbers.Uniform(window.Output.Channels, -1, 1)));
        var z = new Source(layout.Room(batch * window.Output.Size), window.Output);
        var weights = layout.Source(numbers.Uniform(z.Data.Length, -1, 1));
        var (dw, db, dx) = (layout.Room(kernel.Length), layout.Room(bias.Length), Into(layout, x));
        Check(layout, weights, z.Data, compute =>
        {
            if (moments is { } taken) compute.Moments(batch, x.Data, x.Shape, taken);
            compute.Convolve(batch, window, x, kernel, bias, z.Data, null);
        }, compute =>
        {
            compute.ConvolveBackward(batch, window, x, kernel, new(weights, z), dw, db, dx.Read);
            compute.ApplyBackward(batch, new(dx.Read.Data, x, Sums: dx.Read.Sums), dx.Data);
        }, [(kernel, dw), (bias, db), .. dx.Pairs]);
    });

    [Property(MaxTest = 60)]
    public Property The_gradients_of_a_dense_layer_are_its_slopes() => ForAll(
        from inputs in Gen.Choose(1, 7) from units in Gen.Choose(1, 7) select (inputs, units),
        (size, batch, reading, seed) =>
    {
        var (layout, numbers) = (new Layout(), new Numbers(seed));
        var (x, moments) = Read(layout, numbers, batch, Shape.Vector(size.inputs), reading);
        var (kernel, bias) =
            (layout.Source(numbers.Uniform(size.inputs * size.units, -1, 1)), layout.Source(numbers.Uniform(size.units, -1, 1)));
        var z = new Source(layout.Room(batch * size.units), Shape.Vector(size.units));
        var weights = layout.Source(numbers.Uniform(z.Data.Length, -1, 1));
        var (dw, db, dx) = (layout.Room(kernel.Length), layout.Room(bias.Length), Into(layout, x));
        Check(layout, weights, z.Data, compute =>
        {
            if (moments is { } taken) compute.Moments(batch, x.Data, x.Shape, taken);
            compute.Dense(batch, x, kernel, bias, z.Data, size.units, null);
        }, compute =>
        {
            compute.DenseBackward(batch, x, kernel, new(weights, z), dw, db, dx.Read);
            compute.ApplyBackward(batch, new(dx.Read.Data, x, Sums: dx.Read.Sums), dx.Data);
        }, [(kernel, dw), (bias, db), .. dx.Pairs]);
    });

    [Property(MaxTest = 100)]
    public Property The_gradients_of_normalization_activation_and_pooling_are_their_slopes() => ForAll(
        from shape in Shapes from pooling in Windows.Perhaps(shape) select (shape, pooling),
        (size, batch, reading, seed) =>
    {
        var (layout, numbers) = (new Layout(), new Numbers(seed));
        var (x, moments) = Read(layout, numbers, batch, size.shape, reading);
        var y = layout.Room(batch * (size.pooling?.Of(size.shape) ?? size.shape).Size);
        var (weights, dx) = (layout.Source(numbers.Uniform(y.Length, -1, 1)), Into(layout, x));
        Check(layout, weights, y, compute =>
        {
            if (moments is { } taken) compute.Moments(batch, x.Data, x.Shape, taken);
            compute.Apply(batch, x, size.pooling, y);
        }, compute =>
        {
            if (dx.Read.Sums is { } sums) compute.NormalizationBackward(batch, new(weights, x, size.pooling), sums);
            compute.ApplyBackward(batch, new(weights, x, size.pooling, dx.Read.Sums), dx.Data);
        }, dx.Pairs);
    });

    [Property(MaxTest = 60)]
    public Property A_gradient_read_through_normalization_and_pooling_is_the_slope() => ForAll(
        from input in Shapes
        from filters in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 2)
        let window = Windows.Convolution(input, filters, 3, stride, same: true)
        from pooling in Windows.Poolings(window.Output)
        select (window, pooling: pooling with { Kind = PoolingKind.Average }),
        (size, batch, reading, seed) =>
    {
        // A convolution's output may have any value, so what reads it is smooth.
        var (layout, numbers, window) = (new Layout(), new Numbers(seed), size.window);
        var (x, _) = Read(layout, numbers, batch, window.Input, Reading.Plain);
        var (z, moments) = Read(layout, numbers, batch, window.Output, new(batch * window.Output.Pixels > 1, Smooth(reading.Activation)));
        var kernel = layout.Source(numbers.Uniform(window.KernelSize, -1, 1));
        var y = layout.Room(batch * size.pooling.Of(window.Output).Size);
        var (weights, dw, dz) = (layout.Source(numbers.Uniform(y.Length, -1, 1)), layout.Room(kernel.Length), Into(layout, z));
        Check(layout, weights, y, compute =>
        {
            compute.Convolve(batch, window, x, kernel, null, z.Data, moments);
            compute.Apply(batch, z, size.pooling, y);
        }, compute =>
        {
            if (dz.Read.Sums is { } sums) compute.NormalizationBackward(batch, new(weights, z, size.pooling), sums);
            compute.ConvolveBackward(batch, window, x, kernel, new(weights, z, size.pooling, dz.Read.Sums), dw, null, null);
        }, [(kernel, dw)]);
    });

    [Property(MaxTest = 60)]
    public Property The_gradients_of_losses_and_softmax_are_their_slopes() => ForAll(
        from loss in Gen.Elements(Enum.GetValues<LossKind>()) from units in Gen.Choose(1, 6) select (loss, units),
        (size, batch, _, seed) =>
    {
        var (layout, numbers, units) = (new Layout(), new Numbers(seed), size.units);
        var x = layout.Source(numbers.Uniform(batch * units, -2, 2));
        var targets =
            layout.Source(size.loss == LossKind.SoftmaxCrossEntropy
                ? numbers.Draw(batch, () => numbers.Whole(units)) : numbers.Uniform(batch * units, 0, 1));
        var (gradient, metrics) = (layout.Room(x.Length), layout.Room(2));
        Check(layout, layout.Source([1, 0]), metrics, compute => compute.Loss(batch, size.loss, x, targets, units, null, metrics),
            compute => compute.Loss(batch, size.loss, x, targets, units, gradient, metrics), [(x, gradient)]);

        var (y, dx, weights) = (layout.Room(x.Length), layout.Room(x.Length), layout.Source(numbers.Uniform(x.Length, -1, 1)));
        Check(layout, weights, y, compute => compute.Softmax(batch, x, units, y),
            compute => compute.SoftmaxBackward(batch, y, weights, units, dx), [(x, dx)]);
    });

    [Property(MaxTest = 60)]
    public Property The_gradients_of_dropout_and_of_a_sum_are_their_slopes() => ForAll(Shapes, (shape, batch, reading, seed) =>
    {
        var (layout, numbers, key) = (new Layout(), new Numbers(seed), (ulong)seed);
        var x = layout.Source(numbers.Uniform(batch * shape.Size, -2, 2));
        var (y, dx, weights) = (layout.Room(x.Length), layout.Room(x.Length), layout.Source(numbers.Uniform(x.Length, -1, 1)));
        Check(layout, weights, y, compute => compute.Drop(batch, x, shape, 0.4f, key, y),
            compute => compute.Drop(batch, weights, shape, 0.4f, key, dx), [(x, dx)]);

        var ((a, ofA), (b, ofB)) = (Read(layout, numbers, batch, shape, reading), Read(layout, numbers, batch, shape, Reading.Plain));
        var (da, db) = (Into(layout, a), Into(layout, b));
        Check(layout, weights, y, compute =>
        {
            if (ofA is { } taken) compute.Moments(batch, a.Data, shape, taken);
            compute.Add(batch, a, b, y);
        }, compute =>
        {
            if (da.Read.Sums is { } sums) compute.NormalizationBackward(batch, new(weights, a), sums);
            compute.ApplyBackward(batch, new(weights, a, Sums: da.Read.Sums), da.Data);
            compute.ApplyBackward(batch, new(weights, b), db.Data);
        }, [.. da.Pairs, .. db.Pairs]);
    });

    private static Property ForAll<T>(Gen<T> sizes, Action<T, int, Reading, int> hold) => Prop.ForAll(
        (from size in sizes
         from batch in Gen.Choose(1, 3)
         from reading in Reading.Any
         from seed in Specs.Seeds
         select (size, batch, reading, seed))
            .ToArbitrary(),
        drawn => hold(drawn.size, drawn.batch, drawn.reading, drawn.seed));

    private static ActivationKind Smooth(ActivationKind kind) =>
        kind is ActivationKind.ReLU or ActivationKind.LeakyReLU ? ActivationKind.Tanh : kind;

    // A source of distinct values and, if normalized, the destination of its moments. Beta places the kink of each channel midway between
    // two of its values.
    private static (Source X, BatchMoments? Moments) Read(Layout layout, Numbers numbers, int batch, Shape shape, Reading reading)
    {
        var (ladder, channels, activation) = (numbers.Ladder(batch * shape.Size), shape.Channels, new Activation(reading.Activation, 0.1f));
        var data = layout.Source(ladder);
        if (!reading.Normalized || batch * shape.Pixels == 1) return (new(data, shape, null, activation), null);
        var moments = new BatchMoments(
            layout.Room(channels), layout.Room(channels), layout.Room(channels), layout.Source(new float[channels]),
                layout.Source(new float[channels]), Epsilon, 0.5f);
        var gamma = numbers.Draw(channels, () => (numbers.Whole(2) == 0 ? 1 : -1) * (0.5 + numbers.Whole(100) / 100.0));
        var beta = new float[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var own = ladder.Where((_, i) => i % channels == channel).Select(number => (double)number).Order().ToArray();
            var (place, mean) = (numbers.Whole(own.Length - 1), own.Average());
            var deviation = Math.Sqrt(own.Average(number => (number - mean) * (number - mean)) + Epsilon);
            beta[channel] = (float)(-gamma[channel] * ((own[place] + own[place + 1]) / 2 - mean) / deviation);
        }

        return (new(data, shape, new(moments.Mean, moments.InverseDeviation, layout.Source(gamma), layout.Source(beta)), activation),
            moments);
    }

    // The destinations of the gradients of a source: of its output, of its data, and of gamma and beta, and which is which.
    private static (InputGradient Read, Slice Data, (Slice Of, Slice Gradient)[] Pairs) Into(Layout layout, Source x)
    {
        var (read, data) = (layout.Room(x.Data.Length), layout.Room(x.Data.Length));
        if (x.Normalization is not { } normal) return (new(read), data, [(x.Data, data)]);
        var sums = new NormalizationSums(layout.Room(x.Shape.Channels), layout.Room(x.Shape.Channels));
        return (new(read, sums), data, [(x.Data, data), (normal.Gamma, sums.Gamma), (normal.Beta, sums.Beta)]);
    }

    private static void Check(Layout layout, Slice weights, Slice result, Action<OracleCompute> forward, Action<OracleCompute> backward,
        (Slice Of, Slice Gradient)[] pairs)
    {
        var arena = layout.Trial(_ => { }).Arena;
        using var oracle = new OracleCompute(arena.Length);
        oracle.Write(arena, new(0, arena.Length));
        forward(oracle);
        backward(oracle);
        foreach (var (of, gradient) in pairs)
        {
            var found = oracle.At(gradient).ToArray();
            var allowed = Tolerance * (1 + found.Largest());
            for (var i = 0; i < of.Length; i++)
            {
                var was = oracle.At(of)[i];
                var slope = (Scalar(was + Step) - Scalar(was - Step)) / (2 * Step);
                oracle.At(of)[i] = was;
                Assert.Equal(slope, found[i], allowed);

                double Scalar(double at)
                {
                    oracle.At(of)[i] = at;
                    forward(oracle);
                    var sum = 0.0;
                    for (var j = 0; j < weights.Length; j++) sum += oracle.At(weights)[j] * oracle.At(result)[j];
                    return sum;
                }
            }
        }
    }
}
