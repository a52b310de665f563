using FsCheck.Xunit;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

public class AffineTests
{
    [Property]
    public void A_shift_by_whole_pixels_moves_the_pixels_bit_for_bit(byte height, byte width, byte channels, sbyte right, sbyte down,
        byte seed)
    {
        var shape = new Shape(height % 7 + 1, width % 7 + 2, channels % 3 + 1);
        var (byX, byY) = (right % shape.Width, down % shape.Height);
        var moved = new float[shape.Size];
        var image = Inputs(shape, 1, seed).Numbers;
        for (var i = 0; i < shape.Height; i++)
        {
            for (var j = 0; j < shape.Width; j++)
            {
                var (y, x) = (Math.Clamp(i - byY, 0, shape.Height - 1), Math.Clamp(j - byX, 0, shape.Width - 1));
                for (var c = 0; c < shape.Channels; c++)
                    moved[(i * shape.Width + j) * shape.Channels + c] = image[(y * shape.Width + x) * shape.Channels + c];
            }
        }

        AssertSameBits(EquatableArray.Of(moved), Changed(new(byX, byY), shape, image));
    }

    /// <summary>Bilinear interpolation is exact for linear functions, so each pixel must have the function's value at its origin.</summary>
    [Property]
    public void A_linear_image_has_the_values_of_the_origins(sbyte right, sbyte down, byte degrees, byte factor, byte seed)
    {
        var shape = new Shape(9, 8, 2);
        var (change, stream) = (new Affine(right / 40.0, down / 40.0, degrees, 0.5 + factor / 200.0), Seed.Of(seed).Stream());
        var (byRow, byColumn) = (stream.NextNormal(), stream.NextNormal());
        double At(double y, double x, int c) => 1 + c + byRow * y + byColumn * x;
        var image = EquatableArray.From(Enumerable.Range(0, shape.Size).Select(i => (float)At(i / 16, i / 2 % 8, i % 2)));
        var changed = Changed(change, shape, image);
        for (var i = 0; i < shape.Size; i++)
        {
            // The shift is undone first, then the rotation and the factor, as complex numbers.
            var offset = new System.Numerics.Complex(i / 2 % 8 - 3.5 - change.Right, i / 16 - 4 - change.Down)
                * System.Numerics.Complex.FromPolarCoordinates(1 / change.Factor, -change.Degrees * Math.PI / 180);
            var (y, x) = (Math.Clamp(4 + offset.Imaginary, 0, 8), Math.Clamp(3.5 + offset.Real, 0, 7));

            // Positions below 2^5 are rounded by 2^-20 at most, and a slope is below 6 here.
            Assert.Equal(At(y, x, i % 2), changed[i], 1e-4);
        }
    }

    [Fact]
    public void A_positive_rotation_is_clockwise()
    {
        var image = EquatableArray.Of(1f, 2, 3, 4, 5, 6, 7, 8, 9);
        var turned = Changed(new(Degrees: 90), new(3, 3, 1), image);
        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], turned.Select(pixel => MathF.Round(pixel, 4)));
    }

    [Fact]
    public void A_factor_of_2_shows_the_middle_at_twice_its_size()
    {
        var image = EquatableArray.Of(0f, 4, 8, 12, 16);
        Assert.Equal([4f, 6, 8, 10, 12], Changed(new(Factor: 2), new(1, 5, 1), image));
        Assert.Equal([0f, 0, 8, 16, 16], Changed(new(Factor: 0.5), new(1, 5, 1), image));
    }

    [Fact]
    public void Spans_of_other_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Affine().Apply(new(2, 2, 1), new float[4], new float[5]));

    private static EquatableArray<float> Changed(Affine change, Shape shape, EquatableArray<float> image)
    {
        var to = new float[image.Count];
        change.Apply(shape, image.AsSpan(), to);
        return EquatableArray.Of(to);
    }
}
