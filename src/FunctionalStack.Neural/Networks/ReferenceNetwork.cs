namespace FunctionalStack.Neural;

/// <summary>
/// The convolutional net of the reference experiment, sized to its images: blocks of Conv2D 3x3 - BatchNorm - ReLU twice
/// and MaxPool2D 2, then Flatten - Dense 128 - BatchNorm - ReLU - Dense - Softmax; no bias before a batch normalization.
/// </summary>
public static class ReferenceNetwork
{
    // Two 3x3 windows and a 2x2 pool leave one pixel of six.
    private const int LeastForBlock = 6;

    // 28 pixels get one block, which leaves 12.
    private const int MostAfterBlocks = 14;

    private const int Filters = 32;
    private const int MostDoublings = 2;
    private const int Hidden = 128;

    /// <summary>
    /// One block of 32 filters for images of 28 x 28, as published. Larger images get more blocks, until at most 14 pixels
    /// are left on the shorter side, each with twice the filters of the last, up to 128. Images below 6 pixels on a side
    /// get one same-padded convolution pair and no pool.
    /// </summary>
    /// <param name="input">The shape of one image.</param>
    /// <param name="classes">Outputs; at least 1.</param>
    public static Network For(Shape input, int classes)
    {
        var layers = new List<Layer>();
        var left = Math.Min(input.Height, input.Width);
        if (left < LeastForBlock) layers.AddRange(Convolutions(Filters, Padding.Same));
        for (var block = 0; left >= LeastForBlock && (block == 0 || left > MostAfterBlocks); block++)
        {
            layers.AddRange(Convolutions(Filters << Math.Min(block, MostDoublings), Padding.Valid));
            layers.Add(new Layer.MaxPool2D());
            left = (left - 4) / 2;
        }

        return Network.Of(input, [.. layers, new Layer.Flatten(), new Layer.Dense(Hidden, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Dense(classes), new Layer.Softmax()]);
    }

    private static Layer[] Convolutions(int filters, Padding padding) =>
    [
        new Layer.Conv2D(filters, Padding: padding, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(),
        new Layer.Conv2D(filters, Padding: padding, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(),
    ];
}
