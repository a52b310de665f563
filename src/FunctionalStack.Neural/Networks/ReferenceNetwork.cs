namespace FunctionalStack.Neural;

/// <summary>
/// The convolutional network of the reference experiment, sized to its images: blocks of two times Conv2D 3x3 - BatchNorm - ReLU,
/// then MaxPool2D 2; after the blocks Flatten - Dense 128 - BatchNorm - ReLU - Dense - Softmax. Layers before a batch normalization have no
/// bias.
/// </summary>
public static class ReferenceNetwork
{
    // Two 3x3 windows and a 2x2 pooling reduce six pixels to one.
    private const int LeastForBlock = 6;

    // 28 pixels get one block, which reduces them to 12.
    private const int MostAfterBlocks = 14;

    private const int Filters = 32;
    private const int MostDoublings = 2;
    private const int Hidden = 128;

    /// <summary>
    /// One block of 32 filters for images of 28 x 28, as published. Larger images get more blocks, until the shorter side has at
    /// most 14 pixels. Each block has twice the filters of the previous one, up to 128. Images with fewer than 6 pixels on a side
    /// get one pair of same-padded convolutions and no pooling.
    /// </summary>
    /// <param name="input">The shape of one image.</param>
    /// <param name="classes">The number of outputs; at least 1.</param>
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

        return Network.Of(input,
            [.. layers, new Layer.Flatten(), new Layer.Dense(Hidden, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(),
            new Layer.Dense(classes), new Layer.Softmax()]);
    }

    private static Layer[] Convolutions(int filters, Padding padding) =>
    [
        new Layer.Conv2D(filters, Padding: padding, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(),
        new Layer.Conv2D(filters, Padding: padding, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(),
    ];
}
