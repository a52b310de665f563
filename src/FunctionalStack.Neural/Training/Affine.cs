namespace FunctionalStack.Neural;

/// <summary>An affine change of an image: scaled and rotated around its centre, then shifted.</summary>
/// <param name="Right">The shift to the right, in pixels.</param>
/// <param name="Down">The shift down, in pixels.</param>
/// <param name="Degrees">The rotation, clockwise.</param>
/// <param name="Factor">The new size divided by the old one; above 0.</param>
internal readonly record struct Affine(double Right = 0, double Down = 0, double Degrees = 0, double Factor = 1)
{
    /// <summary>A random change. All four numbers are always drawn, so that one range does not change the draws of the others.</summary>
    public static Affine Of(Augmentation ranges, Seed seed)
    {
        var stream = seed.Stream();
        var right = Draw(ref stream, ranges.Shift);
        var down = Draw(ref stream, ranges.Shift);
        var degrees = Draw(ref stream, ranges.Rotation);
        return new(right, down, degrees, 1 + Draw(ref stream, ranges.Zoom));
    }

    private static double Draw(ref RandomStream stream, double range) => (2 * stream.NextDouble() - 1) * range;

    /// <summary>Writes the changed image. Positions outside have the value of the nearest pixel of the edge.</summary>
    public void Apply(Shape shape, ReadOnlySpan<float> image, Span<float> to)
    {
        var (height, width, channels) = (shape.Height, shape.Width, shape.Channels);
        if (image.Length != shape.Size || to.Length != shape.Size)
            throw new ArgumentException($"{image.Length} and {to.Length} elements for an image of {shape}", nameof(image));

        // Each new pixel is traced back to its origin. Whole shifts are exact: all terms are multiples of a half.
        var (sin, cos) = Math.SinCos(Degrees * (Math.PI / 180));
        var (along, across) = ((float)(cos / Factor), (float)(sin / Factor));
        var (middleY, middleX) = ((height - 1) / 2f, (width - 1) / 2f);
        var (atY, atX) = (middleY + (float)Down, middleX + (float)Right);
        var at = 0;
        for (var i = 0; i < height; i++)
        {
            var fromY = i - atY;
            for (var j = 0; j < width; j++)
            {
                var fromX = j - atX;
                var y = Math.Clamp(middleY + (fromY * along - fromX * across), 0, height - 1);
                var x = Math.Clamp(middleX + (fromX * along + fromY * across), 0, width - 1);
                var (top, left) = (float.ConvertToIntegerNative<int>(y), float.ConvertToIntegerNative<int>(x));
                var (partY, partX) = (y - top, x - left);
                var first = (top * width + left) * channels;
                var right = left + 1 < width ? channels : 0;
                var below = top + 1 < height ? width * channels : 0;
                for (var c = first; c < first + channels; c++)
                {
                    var upper = Between(image[c], image[c + right], partX);
                    var lower = Between(image[c + below], image[c + below + right], partX);
                    to[at++] = Between(upper, lower, partY);
                }
            }
        }
    }

    private static float Between(float from, float to, float part) => from + part * (to - from);
}
