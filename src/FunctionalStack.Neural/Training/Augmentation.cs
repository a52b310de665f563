namespace FunctionalStack.Neural;

/// <summary>
/// Augmentation: random affine changes of the training images, new ones in every epoch. Each image is scaled and rotated around
/// its centre and then shifted, by amounts drawn uniformly and independently from these ranges (LeCun, Bottou, Bengio &amp; Haffner
/// 1998; Simard, Steinkraus &amp; Platt 2003). Plain data. Labels and weights do not change, and images that are validated, tested or
/// predicted are never augmented.
/// </summary>
/// <param name="Shift">The largest shift in pixels, in each direction of each axis; at least 0 and below the image's height and
/// width.</param>
/// <param name="Rotation">The largest rotation in degrees, to each side; 0 to 180.</param>
/// <param name="Zoom">The factor of the size is between 1 - <paramref name="Zoom"/> and 1 + <paramref name="Zoom"/>; at least 0 and below
/// 1.</param>
public sealed record Augmentation(double Shift = 0, double Rotation = 0, double Zoom = 0)
{
    /// <summary>The ranges; null if all are 0, which augments nothing.</summary>
    public static Augmentation? Of(double shift, double rotation, double zoom) =>
        shift == 0 && rotation == 0 && zoom == 0 ? null : new(shift, rotation, zoom);

    /// <summary>
    /// One augmented image. The change depends only on the ranges and <paramref name="seed"/>. Each new pixel is interpolated
    /// bilinearly between the four pixels nearest to its origin, and a position outside the image has the value of the nearest pixel of
    /// its edge. With ranges of 0 the result equals the image.
    /// </summary>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="image">The image; <see cref="Shape.Size"/> finite elements.</param>
    /// <param name="to">Receives the augmented image; as long as <paramref name="image"/>, and not the same memory.</param>
    /// <param name="seed">The seed of this image.</param>
    /// <exception cref="ArgumentException">A span does not have the image's size, or a range is not valid.</exception>
    public void Apply(Shape shape, ReadOnlySpan<float> image, Span<float> to, Seed seed)
    {
        if (Ranges() is { } fault) throw new ArgumentException(fault.ToString());
        Affine.Of(this, seed).Apply(shape, image, to);
    }

    /// <summary>Why images of this shape cannot be augmented; null if they can.</summary>
    internal Failure? Fault(Shape shape) => Ranges() ?? (
        shape.IsVector
            ? Refuse($"augmentation changes images, but the network's input is a vector of {shape.Channels} elements",
                "Remove the augmentation, or give the input as an image.")
        : Shift >= Math.Min(shape.Height, shape.Width)
            ? Refuse($"the shift is {Shift} pixels, but the images are {shape.Height} x {shape.Width} pixels",
                $"Give less than {Math.Min(shape.Height, shape.Width)}.")
            : null);

    private Failure? Ranges() =>
        !(Shift >= 0 && double.IsFinite(Shift)) ? Refuse($"the shift is {Shift} pixels", "Give a finite number of at least 0.")
        : Rotation is not (>= 0 and <= 180) ? Refuse($"the rotation is {Rotation} degrees", "Give 0 to 180.")
        : Zoom is not (>= 0 and < 1) ? Refuse($"the zoom is {Zoom}", "Give at least 0 and below 1.")
        : null;

    private static Failure Refuse(FormattableString what, string remedy) =>
        new("training options", FormattableString.Invariant(what), remedy);
}

/// <summary>Augments many images.</summary>
public static class Augmenting
{
    /// <summary>
    /// The examples, each augmented with the fork of <paramref name="seed"/> that has its number. A training with augmentation reads
    /// these in each epoch, with the epoch's seed.
    /// </summary>
    /// <param name="examples">The images.</param>
    /// <param name="augmentation">The ranges.</param>
    /// <param name="seed">The seed of all.</param>
    /// <returns>Fails if a range is not valid, or if the examples are vectors.</returns>
    public static Outcome<Examples> Augmented(this Examples examples, Augmentation augmentation, Seed seed)
    {
        if (augmentation.Fault(examples.Shape) is { } fault) return new Outcome<Examples>.Fail(fault);
        var size = examples.Shape.Size;
        var (image, all) = (new float[size], new float[examples.Count * size]);
        for (var row = 0; row < examples.Count; row++)
        {
            examples.CopyTo(row, image);
            augmentation.Apply(examples.Shape, image, all.AsSpan(row * size, size), seed.Fork(row));
        }

        return Outcome.Ok<Examples>(new Examples.Floats(examples.Shape, EquatableArray.Own(all)));
    }
}
