using FsCheck.Fluent;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>Law 11, convolution, on every backend and on the oracle.</summary>
public class ConvolutionLaws
{
    [EachBackend(Oracle = true)]
    public void The_convolution_of_a_shifted_image_is_the_shifted_convolution(string backend)
    {
        using var opened = Backends.Open(backend, threads: 3);
        Specs.ForAll(ConvolveSpec.Any, spec =>
        {
            var (layout, numbers, window) = (new Layout(), new Numbers(spec.Seed), spec.Window);
            var (input, output) = (window.Input, window.Output);
            var (down, across) = (numbers.Whole(output.Height), numbers.Whole(output.Width));
            var (image, shifted) = (numbers.Eighths(input.Size), numbers.Eighths(input.Size));
            for (var i = 0; i < input.Size; i++)
            {
                var (y, x, channel) = (i / input.Channels / input.Width, i / input.Channels % input.Width, i % input.Channels);
                var (fromY, fromX) = (y - down * window.Stride, x - across * window.Stride);
                if (fromY >= 0 && fromX >= 0) shifted[i] = image[(fromY * input.Width + fromX) * input.Channels + channel];
            }

            // Sums of products of eighths, below 2^24 of their unit, are exact in any order: no tolerance.
            var kernel = layout.Source(numbers.Draw(window.KernelSize, () => (numbers.Whole(9) - 4) / 8.0));
            var x0 = new Source(layout.Source([.. image, .. shifted]), input);
            var z = layout.Room(2 * output.Size);
            var after = Trial.At(layout.Trial(compute => compute.Convolve(2, window, x0, kernel, null, z, null)).Run(opened), z);
            for (var i = 0; i < output.Size; i++)
            {
                var (y, x, filter) = (i / output.Channels / output.Width, i / output.Channels % output.Width, i % output.Channels);
                if (!Inside(y, x) || y + down >= output.Height || x + across >= output.Width || !Inside(y + down, x + across)) continue;
                Assert.Equal(after[i], after[output.Size + ((y + down) * output.Width + x + across) * output.Channels + filter]);
            }

            bool Inside(int y, int x) =>
                y * window.Stride >= window.Top && y * window.Stride - window.Top + window.Kernel <= input.Height &&
                x * window.Stride >= window.Left && x * window.Stride - window.Left + window.Kernel <= input.Width;
        });
    }
}
