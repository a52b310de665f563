using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

internal sealed record ApplySpec(int Batch, int Spare, Shape Shape, Reading Reading, Pooling? Pooling, int Seed) : Spec(Seed)
{
    public static Gen<ApplySpec> Any { get; } =
        from batch in Gen.Frequency((8, Gen.Choose(1, 5)), (1, Gen.Choose(6, 40)))
        from spare in Gen.Choose(0, 1)
        from shape in Windows.Shapes
        from reading in Reading.Any
        from pooling in Windows.Perhaps(shape)
        from seed in Specs.Seeds
        select new ApplySpec(batch, spare, shape, reading, pooling, seed);

    public override Trial Trial()
    {
        var (layout, numbers, seen) = (new Layout(), new Numbers(Seed), Pooling?.Of(Shape) ?? Shape);
        var x = layout.Source(numbers, Batch, Shape, Reading, Spare);
        var count = Pooling is { Kind: PoolingKind.Average } pooling ? pooling.Height * pooling.Width : 1;

        // A mean of values of one sign, or of any sign: its error is that of their sum divided by their number.
        // Errors of its terms in one direction do not shrink with their number.
        var y = layout.Result("y", Batch * seen.Size, Off, Spare * seen.Size);
        return layout.Trial(compute => compute.Apply(Batch, x, Pooling, y));

        double Off(Oracle.OracleCompute oracle)
        {
            var largest = Math.Max(oracle.Scale(Batch, x), 1);
            return Rounding.Sum(count, largest) / count + Rounding.Few(largest);
        }
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Windows.Smaller(Shape).Where(shape => Pooling.Fits(shape)).Select(shape => this with { Shape = shape }),
        .. Reading.Smaller().Select(reading => this with { Reading = reading }),
        .. Pooling is null ? [] : (Spec[])[this with { Pooling = null }],
        .. Specs.Fewer(Spare, 0).Select(spare => this with { Spare = spare }),
    ];
}

internal sealed record ApplyBackwardSpec(int Batch, int Spare, Shape Shape, Reading Reading, Pooling? Pooling, int Seed) : Spec(Seed)
{
    public static Gen<ApplyBackwardSpec> Any { get; } =
        ApplySpec.Any.Select(forward =>
            new ApplyBackwardSpec(forward.Batch, forward.Spare, forward.Shape, forward.Reading, forward.Pooling, forward.Seed));

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var dz = layout.Gradient(numbers, Batch, Shape, Reading, Pooling, Spare);
        var to =
            layout.Result("dz", Batch * Shape.Size, oracle => Rounding.Sum(Overlaps, Math.Max(oracle.Scale(Batch, dz), 1)),
                Spare * Shape.Size);
        return layout.Trial(compute => compute.ApplyBackward(Batch, dz, to));
    }

    public override IEnumerable<Spec> Smaller() => new ApplySpec(Batch, Spare, Shape, Reading, Pooling, Seed).Smaller().Cast<ApplySpec>()
        .Select(forward =>
            new ApplyBackwardSpec(forward.Batch, forward.Spare, forward.Shape, forward.Reading, forward.Pooling, forward.Seed));

    // The maximum number of windows that contain a pixel.
    private int Overlaps =>
        Pooling is { } pooling ? Math.Max(1, pooling.Height / pooling.Stride) * Math.Max(1, pooling.Width / pooling.Stride) : 1;
}

internal sealed record NormalizationBackwardSpec(int Batch, int Spare, Shape Shape, ActivationKind Activation, Pooling? Pooling, int Seed)
    : Spec(Seed)
{
    public static Gen<NormalizationBackwardSpec> Any { get; } = ApplySpec.Any.Select(forward => Of(forward));

    public override Trial Trial()
    {
        var (layout, numbers, m) = (new Layout(), new Numbers(Seed), Batch * Shape.Pixels);
        var dy = layout.Gradient(numbers, Batch, Shape, new(true, Activation), Pooling, Spare) with { Sums = null };
        var gamma = layout.Result("sum of g x̂", Shape.Channels, oracle => Rounding.Sum(m, Shares * oracle.Deviation(Batch, dy.Of)));
        var beta = layout.Result("sum of g", Shape.Channels, _ => Rounding.Sum(m, Shares));
        return layout.Trial(compute => compute.NormalizationBackward(Batch, dy, new(gamma, beta)));
    }

    public override IEnumerable<Spec> Smaller() =>
        new ApplySpec(Batch, Spare, Shape, new(true, Activation), Pooling, Seed).Smaller().Cast<ApplySpec>().Select(Of);

    private static NormalizationBackwardSpec Of(ApplySpec forward) =>
        new(forward.Batch, forward.Spare, forward.Shape, forward.Reading.Activation, forward.Pooling, forward.Seed);

    // Upstream gradients and slopes are at most 1, but one pixel may be the maximum of every window that contains it.
    private int Shares =>
        Pooling is { } pooling
            ? (pooling.Height + pooling.Stride - 1) / pooling.Stride * ((pooling.Width + pooling.Stride - 1) / pooling.Stride) : 1;
}

public class ApplyTests
{
    [EachBackend]
    public void Apply_agrees_with_the_oracle(string backend) => Specs.Agree(backend, ApplySpec.Any, times: 200);

    [EachBackend]
    public void ApplyBackward_agrees_with_the_oracle(string backend) => Specs.Agree(backend, ApplyBackwardSpec.Any, times: 200);

    [EachBackend]
    public void NormalizationBackward_agrees_with_the_oracle(string backend) =>
        Specs.Agree(backend, NormalizationBackwardSpec.Any, times: 200);
}
