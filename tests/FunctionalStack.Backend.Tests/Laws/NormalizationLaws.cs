using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>Law 9, on every backend and on the oracle: the properties of batch normalization (Ioffe &amp; Szegedy 2015).</summary>
public class NormalizationLaws
{
    private const float Epsilon = 1e-3f;

    [EachBackend(Oracle = true)]
    public void Training_output_has_mean_beta_and_variance_gamma_squared_within_epsilon(string backend) => ForAll(backend, (opened, spec) =>
    {
        var (layout, numbers) = (new Layout(), new Numbers(spec.Seed));
        var (x, moments) = TrainedNetwork(layout, numbers, spec, Epsilon);
        var y = layout.Room(spec.Batch * spec.Shape.Size);
        var after = layout.Trial(compute =>
        {
            compute.Moments(spec.Batch, x.Data, spec.Shape, moments);
            compute.Apply(spec.Batch, x, null, y);
        }).Run(opened);

        for (var channel = 0; channel < spec.Shape.Channels; channel++)
        {
            var (beta, gamma, variance) =
                (At(after, x.Normalization!.Value.Beta, channel), At(after, x.Normalization.Value.Gamma, channel),
                    At(after, moments.Variance, channel));
            var (mean, square) = Statistics(after, y, spec.Shape.Channels, channel);

            // The mean over m values has the rounding error of one of them.
            var scale = Scale(after, x, channel);
            Assert.Equal(beta, mean, Rounding.Few(scale));
            Assert.Equal(gamma * gamma, square, gamma * gamma * Epsilon / (variance + Epsilon) + Rounding.Few(4 * scale * scale));
        }
    });

    [EachBackend(Oracle = true)]
    public void The_gradient_sums_to_0_alone_and_against_the_normalized_values(string backend) => ForAll(backend, (opened, spec) =>
    {
        var (layout, numbers, m) = (new Layout(), new Numbers(spec.Seed), spec.Batch * spec.Shape.Pixels);
        var (x, moments) = TrainedNetwork(layout, numbers, spec, Epsilon, new(ActivationKind.ReLU));
        var upstream = layout.Source(numbers.Uniform(spec.Batch * spec.Shape.Size, -1, 1));
        var sums = new NormalizationSums(layout.Room(spec.Shape.Channels), layout.Room(spec.Shape.Channels));
        var dx = layout.Room(spec.Batch * spec.Shape.Size);
        var after = layout.Trial(compute =>
        {
            compute.Moments(spec.Batch, x.Data, spec.Shape, moments);
            compute.NormalizationBackward(spec.Batch, new(upstream, x), sums);
            compute.ApplyBackward(spec.Batch, new(upstream, x, Sums: sums), dx);
        }).Run(opened);

        for (var channel = 0; channel < spec.Shape.Channels; channel++)
        {
            var (mean, inverse, variance) =
                (At(after, moments.Mean, channel), At(after, moments.InverseDeviation, channel), At(after, moments.Variance, channel));
            var factor = Math.Abs(At(after, x.Normalization!.Value.Gamma, channel) * inverse);
            var (sum, against) = (0.0, 0.0);
            for (var i = channel; i < dx.Length; i += spec.Shape.Channels)
            {
                sum += At(after, dx, i);
                against += At(after, dx, i) * (At(after, x.Data, i) - mean) * inverse;
            }

            // Each gradient is a few roundings off, of terms up to the factor times 2 and an x̂ whose own terms are 3 deviations; m of them
            // are summed, against x̂ times at most sqrt(m). Epsilon leaves its share in the sum against x̂.
            var rounding = m * Rounding.Few(factor * (2 + 3 * inverse));
            Assert.Equal(0, sum, rounding);
            Assert.Equal(0, against,
                factor * Math.Abs(At(after, sums.Gamma, channel)) * Epsilon / (variance + Epsilon) + rounding * Math.Sqrt(m));
        }
    });

    [EachBackend(Oracle = true)]
    public void Scaling_the_kernel_before_changes_no_output_and_divides_its_gradient(string backend)
    {
        using var opened = Backends.Open(backend, threads: 3);

        // Smooth activations only: rounding might move a value across a kink in one of the two computations. Enough values per
        // channel that their variance is not near 0: there is no epsilon here.
        Specs.ForAll(ConvolveSpec.Any.Where(spec => spec.Batch * spec.Window.Output.Pixels >= 8), spec =>
        {
            var scale = new Numbers(~spec.Seed).Uniform(1, 0.25, 4)[0];
            var ((plain, gradient, inverse), (scaledPlain, scaledGradient, _)) = (Step(1), Step(scale));

            // A kernel gradient is a sum of m terms of size gamma times the inverse deviation. A wrong power of the scale changes it by a
            // large part of that; rounding of kernels, outputs and sums by less than a thousandth.
            Close(plain, scaledPlain, 1, 1e-3);
            Close(gradient, scaledGradient, scale, 1e-3 * 2 * inverse * Math.Sqrt(spec.Batch * spec.Window.Output.Pixels));

            (float[] Output, float[] Gradient, double Inverse) Step(float a)
            {
                var (layout, numbers, window) = (new Layout(), new Numbers(spec.Seed), spec.Window);
                var x = new Source(layout.Source(numbers.Uniform(spec.Batch * window.Input.Size, -1, 1)), window.Input);
                var kernel = layout.Source([.. numbers.Uniform(window.KernelSize, -1, 1).Select(w => a * w)]);
                var (z, moments) =
                    TrainedNetwork(layout, numbers, new(spec.Batch, 0, window.Output, spec.Seed), epsilon: 0, new(ActivationKind.Tanh));
                var y = layout.Room(spec.Batch * window.Output.Size);
                var upstream = layout.Source(numbers.Uniform(spec.Batch * window.Output.Size, -1, 1));
                var sums = new NormalizationSums(layout.Room(window.Output.Channels), layout.Room(window.Output.Channels));
                var dw = layout.Room(window.KernelSize);
                var after = layout.Trial(compute =>
                {
                    compute.Convolve(spec.Batch, window, x, kernel, null, z.Data, moments);
                    compute.Apply(spec.Batch, z, null, y);
                    compute.NormalizationBackward(spec.Batch, new(upstream, z), sums);
                    compute.ConvolveBackward(spec.Batch, window, x, kernel, new(upstream, z, Sums: sums), dw, null, null);
                }).Run(opened);
                return (Trial.At(after, y).ToArray(), Trial.At(after, dw).ToArray(),
                    Trial.At(after, moments.InverseDeviation).ToArray().Max());
            }
        }, times: 60);

        static void Close(float[] plain, float[] scaled, float by, double allowed)
        {
            for (var i = 0; i < plain.Length; i++) Assert.Equal(plain[i], scaled[i] * by, allowed);
        }
    }

    [EachBackend(Oracle = true)]
    public void Inference_fed_the_moments_of_the_batch_gives_the_training_output(string backend) => ForAll(backend, (opened, spec) =>
    {
        var (layout, numbers) = (new Layout(), new Numbers(spec.Seed));
        var (x, moments) = TrainedNetwork(layout, numbers, spec, Epsilon, new(ActivationKind.LeakyReLU, 0.1f));
        var kept = layout.Room(spec.Shape.Channels);
        var (training, inference) = (layout.Room(spec.Batch * spec.Shape.Size), layout.Room(spec.Batch * spec.Shape.Size));
        var after = layout.Trial(compute =>
        {
            compute.Moments(spec.Batch, x.Data, spec.Shape, moments);
            compute.Apply(spec.Batch, x, null, training);
            compute.InverseDeviation(moments.Variance, Epsilon, kept);
            compute.Apply(spec.Batch, x with { Normalization = x.Normalization!.Value with { InverseDeviation = kept } }, null, inference);
        }).Run(opened);
        for (var i = 0; i < training.Length; i++)
        {
            Assert.Equal(At(after, training, i), At(after, inference, i), Rounding.Few(Scale(after, x, i % spec.Shape.Channels)));
        }
    });

    // Runs the property on tensors with more than one value per channel.
    private static void ForAll(string backend, Action<IBackend, MomentsSpec> hold)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(MomentsSpec.Any, spec => hold(opened, spec), times: 60);
    }

    // A source that is normalized by the moments of its own data, which are computed first.
    private static (Source X, BatchMoments Moments) TrainedNetwork(Layout layout, Numbers numbers, MomentsSpec spec, float epsilon,
        Activation activation = default)
    {
        var channels = spec.Shape.Channels;
        var data = layout.Source(numbers.Uniform(spec.Batch * spec.Shape.Size, -1, 3));
        var moments = new BatchMoments(
            layout.Room(channels), layout.Room(channels), layout.Room(channels), layout.Source(new float[channels]),
                layout.Source(new float[channels]), epsilon, 0.99f);
        var normal =
            new Normalization(moments.Mean, moments.InverseDeviation, layout.Source(numbers.Uniform(channels, -2, 2)),
                layout.Source(numbers.Uniform(channels, -1, 1)));
        return (new(data, spec.Shape, normal, activation), moments);
    }

    // The maximum of the terms of a normalized value: data are at most 3, and cancel where the variance is small.
    private static double Scale(float[] after, Source x, int channel) => x.Normalization is not { } normal
        ? 3
        : Math.Abs(At(after, normal.Beta, channel)) + 6 * Math.Abs(At(after, normal.Gamma, channel))
            * At(after, normal.InverseDeviation, channel);

    private static double At(float[] arena, Slice slice, int i) => arena[slice.Offset + i];

    private static (double Mean, double Variance) Statistics(float[] arena, Slice slice, int channels, int channel)
    {
        var numbers = Enumerable.Range(0, slice.Length / channels).Select(i => At(arena, slice, i * channels + channel)).ToArray();
        var mean = numbers.Average();
        return (mean, numbers.Average(number => (number - mean) * (number - mean)));
    }
}
