using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Laws;

namespace FunctionalStack.Neural.Tests;

/// <summary>A small random network, its loss and a batch: everything from the seed.</summary>
public sealed record NetCase(Network Network, LossKind Loss, int Rows, Seed Seed)
{
    public NetworkPlan Plan => Network.Check().OrThrow();

    /// <summary>Different from the default zeros and ones, so that every block contributes to the result.</summary>
    public Variables Variables
    {
        get
        {
            var stream = Seed.Fork("variables").Stream();
            var (parameters, moments) = (new float[Plan.ParameterCount], new float[Plan.MomentCount]);
            foreach (var block in Plan.Parameters)
            {
                var scale = block.Kind == BlockKind.Kernel ? 1.5 / Math.Sqrt(block.FanIn) : 0.5;
                foreach (ref var number in parameters.AsSpan(block.Offset, block.Length))
                    number = (float)(stream.NextNormal() * scale) + (block.Kind == BlockKind.Gamma ? 1 : 0);
            }

            foreach (var block in Plan.Moments)
            {
                foreach (ref var number in moments.AsSpan(block.Offset, block.Length))
                    number = (float)(block.Kind == BlockKind.MovingMean ? stream.NextNormal() : 0.5 + stream.NextDouble());
            }

            return new(EquatableArray.Own(parameters), EquatableArray.Own(moments));
        }
    }

    public float[] Inputs
    {
        get
        {
            var stream = Seed.Fork("inputs").Stream();
            return [.. Enumerable.Range(0, Rows * Network.Input.Size).Select(_ => (float)stream.NextNormal())];
        }
    }

    public float[] Targets
    {
        get
        {
            var stream = Seed.Fork("targets").Stream();
            var units = Plan.Output.Size;
            return Loss switch
            {
                LossKind.SoftmaxCrossEntropy => [.. Enumerable.Range(0, Rows).Select(_ => (float)stream.Next(units))],
                LossKind.BinaryCrossEntropy => [.. Enumerable.Range(0, Rows * units).Select(_ => (float)stream.Next(2))],
                _ => [.. Enumerable.Range(0, Rows * units).Select(_ => (float)stream.NextNormal())],
            };
        }
    }
}

/// <summary>Networks of every layer, in usual and unusual orders. Shrinks by removing layers.</summary>
public static class Nets
{
    public static Arbitrary<NetCase> NetCase() => Arb.From(Cases, Shrunk);

    private static Gen<NetCase> Cases { get; } =
        from input in Gen.OneOf(Images, Images, Gen.Choose(1, 6).Select(Shape.Vector))
        from layers in Gen.Choose(0, 5).SelectMany(most => Sequence(input, most, depth: 1))
        from loss in Gen.Elements(LossKind.SoftmaxCrossEntropy, LossKind.BinaryCrossEntropy, LossKind.SquaredError)
        from head in Head(After(input, layers))
        from last in Gen.Elements<Layer?>(null, null, new Layer.Softmax(), new Layer.Sigmoid(), new Layer.BatchNorm())
        from rows in Gen.Choose(2, 4)
        from seed in Generate.Seeds
        let network = new Network(input, [.. layers, .. head, .. last is null ? [] : new[] { last }])
        select new NetCase(network, loss, rows, seed);

    private static Gen<Shape> Images =>
        from height in Gen.Choose(1, 6)
        from width in Gen.Choose(1, 6)
        from channels in Gen.Choose(1, 3)
        select new Shape(height, width, channels);

    private static Gen<Layer[]> Head(Shape shape) =>
        from units in Gen.Choose(1, 4)
        from bias in Flags
        from layers in Gen.Elements<Layer[]>([new Layer.Flatten(), new Layer.Dense(units, bias)],
            [new Layer.GlobalAveragePool(), new Layer.Dense(units, bias)], [new Layer.Flatten()], [new Layer.GlobalAveragePool()])
        select layers;

    private static Gen<bool> Flags { get; } = Gen.Elements(true, false);

    private static Gen<Layer[]> Sequence(Shape shape, int most, int depth) => most == 0
        ? Gen.Constant(Array.Empty<Layer>())
        : from layer in One(shape, depth).Where(layer => Fits(shape, layer))
          from rest in Sequence(After(shape, [layer]), most - 1, depth)
          select (Layer[])[layer, .. rest];

    private static Gen<Layer> One(Shape shape, int depth) => Gen.Frequency(
        (4, shape.IsVector ? Dense : Conv),
        (shape.IsVector ? 1 : 0, Conv),
        (3, Norm),
        (4, Plain),
        (2, Pool),
        (1, Gen.Elements<Layer>(new Layer.Dropout(0.3), new Layer.Dropout(0), new Layer.Flatten(), new Layer.GlobalAveragePool(),
            new Layer.Softmax())),
        (depth > 0 ? 2 : 1, Residual(shape, depth)));

    private static Gen<Layer> Dense { get; } =
        from units in Gen.Choose(1, 5)
        from bias in Flags
        select (Layer)new Layer.Dense(units, bias);

    private static Gen<Layer> Conv { get; } =
        from filters in Gen.Choose(1, 4)
        from kernel in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 3)
        from same in Flags
        from bias in Flags
        select (Layer)new Layer.Conv2D(filters, kernel, stride, same ? Padding.Same : Padding.Valid, bias);

    private static Gen<Layer> Norm { get; } = Gen.Elements<Layer>(new Layer.BatchNorm(0.05), new Layer.BatchNorm(0.5, 0.9));

    private static Gen<Layer> Plain { get; } =
        Gen.Elements<Layer>(new Layer.ReLU(), new Layer.LeakyReLU(0.2), new Layer.Sigmoid(), new Layer.Tanh());

    private static Gen<Layer> Pool { get; } =
        from size in Gen.Choose(1, 3)
        from stride in Gen.Choose(0, 2)
        from max in Flags
        select max ? (Layer)new Layer.MaxPool2D(size, stride) : new Layer.AveragePool2D(size, stride);

    // Identity shortcuts, projections, activations and normalization before, between and after, and residuals within.
    private static Gen<Layer> Residual(Shape shape, int depth)
    {
        Layer Linear(int units, int stride) =>
            shape.IsVector ? new Layer.Dense(units, false) : new Layer.Conv2D(units, stride == 1 ? 3 : 2, stride, Padding.Same, false);
        Layer Projection(int units, int stride) =>
            shape.IsVector ? new Layer.Dense(units) : new Layer.Conv2D(units, 1, stride, Padding.Same);
        return from before in Gen.OneOf(Gen.Constant(Array.Empty<Layer>()), Norm.Select(layer => new[] { layer }),
            Plain.Select(layer => new[] { layer }), Norm.SelectMany(norm => Plain.Select(plain => new[] { norm, plain })))
               from after in Gen.OneOf(Gen.Constant(Array.Empty<Layer>()), Norm.Select(layer => new[] { layer }),
                   Plain.Select(layer => new[] { layer }))
               from inner in depth > 0
                   ? Gen.OneOf(Gen.Constant(Array.Empty<Layer>()), Residual(shape, depth - 1).Select(layer => new[] { layer }))
                   : Gen.Constant(Array.Empty<Layer>())
               from units in Gen.Choose(1, 4)
               from stride in Gen.Choose(1, 2)
               from kind in Gen.Choose(0, 3)
               from side in Gen.OneOf(Norm, Plain, Gen.Constant<Layer>(new Layer.Dropout(0.3)))
               select kind switch
               {
                   0 => (Layer)new Layer.Residual([.. inner, .. before, Linear(shape.Channels, 1), .. after]),
                   1 => new Layer.Residual([.. inner, .. before, Linear(units, stride), .. after], [Projection(units, stride)]),
                   2 => new Layer.Residual([.. before, Linear(units, stride), .. after], [.. inner, Projection(units, stride), side]),
                   _ => new Layer.Residual([side], [.. before]),
               };
    }

    private static bool Fits(Shape shape, Layer layer) => Network.Of(shape, layer).Check() is Outcome<NetworkPlan>.Ok;

    private static Shape After(Shape shape, Layer[] layers) => Network.Of(shape, layers).Check().OrThrow().Output;

    private static IEnumerable<NetCase> Shrunk(NetCase it) => Without(it.Network.Layers)
        .Select(layers => it with { Network = it.Network with { Layers = layers } })
        .Where(smaller => smaller.Network.Check() is Outcome<NetworkPlan>.Ok { Value.Output.IsVector: true })
        .Concat(it.Rows > 2 ? [it with { Rows = 2 }] : []);

    private static IEnumerable<EquatableArray<Layer>> Without(EquatableArray<Layer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            yield return [.. layers.Take(i), .. layers.Skip(i + 1)];
            if (layers[i] is not Layer.Residual residual) continue;
            yield return [.. layers.Take(i), .. residual.Body, .. layers.Skip(i + 1)];
            foreach (var body in Without(residual.Body))
                yield return [.. layers.Take(i), residual with { Body = body }, .. layers.Skip(i + 1)];
            foreach (var shortcut in Without(residual.Shortcut))
                yield return [.. layers.Take(i), residual with { Shortcut = shortcut }, .. layers.Skip(i + 1)];
        }
    }
}
