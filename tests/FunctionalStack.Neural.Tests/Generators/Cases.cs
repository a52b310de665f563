namespace FunctionalStack.Neural.Tests;

/// <summary>Small trainings for tests.</summary>
internal static class Cases
{
    /// <summary>A bit of everything: convolution, normalization, pooling, dropout, a residual block, vectors, softmax.</summary>
    public static Network Small { get; } = Network.Of(
        new Shape(6, 5, 2),
        new Layer.Conv2D(3, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.MaxPool2D(2, 1),
        new Layer.Residual([new Layer.Conv2D(3, 3, 1, Padding.Same), new Layer.BatchNorm(), new Layer.Tanh()]),
        new Layer.Flatten(), new Layer.Dropout(0.25), new Layer.Dense(6, false), new Layer.BatchNorm(), new Layer.ReLU(),
            new Layer.Dense(3), new Layer.Softmax());

    /// <summary>Vectors only.</summary>
    public static Network Perceptron { get; } = Network.Of(Shape.Vector(4), new Layer.Dense(5), new Layer.Tanh(), new Layer.Dense(3));

    /// <summary>Random inputs whose class is the index of the maximum of their first values.</summary>
    public static LabelledExamples Classes(Shape shape, int count, int classes = 3, int seed = 1)
    {
        var inputs = Inputs(shape, count, seed);
        var codes = Enumerable.Range(0, count)
            .Select(row => Enumerable.Range(0, classes).MaxBy(code => inputs.Numbers[row * shape.Size + code]));
        return new(inputs, new Target.Classes(Levels(classes), EquatableArray.From(codes)));
    }

    public static EquatableArray<string> Levels(int classes) =>
        EquatableArray.From(Enumerable.Range(0, classes).Select(code => $"class {code}"));

    public static Examples.Floats Inputs(Shape shape, int count, int seed = 1)
    {
        var stream = Seed.Of(seed).Stream();
        return new(shape, EquatableArray.From(Enumerable.Range(0, count * shape.Size).Select(_ => (float)stream.NextNormal()).ToArray()));
    }

    /// <summary>Sums of the inputs with a small nonlinearity.</summary>
    public static LabelledExamples Numbers(Shape shape, int count, int seed = 1)
    {
        var inputs = Inputs(shape, count, seed);
        return new(inputs,
            new Target.Numeric(EquatableArray.From(Enumerable.Range(0, count)
            .Select(row => Math.Tanh(inputs.Numbers.AsSpan().Slice(row * shape.Size, shape.Size).ToArray().Sum())))));
    }

    public static Failure FailureOf<T>(Outcome<T> outcome) =>
        outcome.Match(_ => throw new InvalidOperationException("it did not fail"), failure => failure);

    /// <summary>Equal bit for bit: -0 is not 0, and NaN is itself.</summary>
    public static void AssertSameBits(EquatableArray<float> expected, EquatableArray<float> actual) =>
        Xunit.Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));

    public static void AssertSameBits(Variables expected, Variables actual)
    {
        AssertSameBits(expected.Parameters, actual.Parameters);
        AssertSameBits(expected.Moments, actual.Moments);
    }

    public static void AssertSameBits(OptimizerState expected, OptimizerState actual)
    {
        Xunit.Assert.Equal(expected.Steps, actual.Steps);
        AssertSameBits(expected.Mu, actual.Mu);
        AssertSameBits(expected.Nu, actual.Nu);
    }
}
