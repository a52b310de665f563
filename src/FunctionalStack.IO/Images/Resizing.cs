namespace FunctionalStack.IO;

/// <summary>
/// Resizes images with a triangle filter: linear interpolation between pixel centres, widened by the scale factor when a side
/// shrinks, so that every pixel contributes and fine patterns are not aliased. Vertically first, then horizontally, in double
/// precision, rounded once: the same bytes on every machine. The image is stretched, not cropped.
/// </summary>
public static class Resizing
{
    /// <summary>The image resized; the image itself if it already has that size.</summary>
    public static DecodedImage Resized(this DecodedImage image, ImageSize size)
    {
        if ((image.Height, image.Width) == (size.Height, size.Width)) return image;
        var (rows, columns) = (Taps.Of(image.Height, size.Height), Taps.Of(image.Width, size.Width));
        var (from, channels) = (image.Width * image.Channels, image.Channels);
        var (line, pixels) = (new double[from], new byte[checked(size.Height * size.Width * channels)]);
        for (var y = 0; y < size.Height; y++)
        {
            Array.Clear(line);
            var (first, weights) = rows[y];
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var source = image.Pixels.AsSpan((first + tap) * from, from);
                for (var i = 0; i < from; i++) line[i] += weights[tap] * source[i];
            }

            for (var x = 0; x < size.Width; x++)
            {
                (first, weights) = columns[x];
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0.0;
                    for (var tap = 0; tap < weights.Length; tap++) sum += weights[tap] * line[(first + tap) * channels + c];
                    pixels[(y * size.Width + x) * channels + c] = (byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255);
                }
            }
        }

        return new(size.Height, size.Width, channels, pixels);
    }

    /// <summary>All images resized; unchanged if no size is given.</summary>
    public static ImageSplit Resized(this ImageSplit split, ImageSize? wanted)
    {
        if (wanted is not { } size || (split.Height, split.Width) == (size.Height, size.Width)) return split;
        var (each, made) = (split.Height * split.Width * split.Channels, size.Height * size.Width * split.Channels);
        var pixels = new byte[checked(split.Count * made)];
        for (var i = 0; i < split.Count; i++)
        {
            var image = new DecodedImage(split.Height, split.Width, split.Channels, split.Pixels.AsSpan().Slice(i * each, each).ToArray());
            image.Resized(size).Pixels.CopyTo(pixels, i * made);
        }

        return split with { Height = size.Height, Width = size.Width, Pixels = EquatableArray.Own(pixels) };
    }

    /// <summary>For each output pixel, the first input pixel and the weights from there on; they sum to 1.</summary>
    private static class Taps
    {
        public static (int First, double[] Weights)[] Of(int from, int to)
        {
            var scale = (double)from / to;
            var reach = Math.Max(scale, 1);
            return [.. Enumerable.Range(0, to).Select(place =>
            {
                var centre = (place + 0.5) * scale;
                var first = Math.Max((int)Math.Floor(centre - reach + 0.5), 0);
                var end = Math.Min((int)Math.Floor(centre + reach + 0.5), from);
                var weights = Enumerable.Range(first, end - first).Select(pixel =>
                    Math.Max(0, 1 - Math.Abs(pixel + 0.5 - centre) / reach)).ToArray();
                var sum = weights.Sum();
                return (first, Array.ConvertAll(weights, weight => weight / sum));
            })];
        }
    }
}
