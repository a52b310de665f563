using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

internal sealed record ConvolveSpec(int Batch, int Spare, Convolution Window, Reading Reading, bool Bias, bool Moments, int Seed)
    : Spec(Seed)
{
    public static Gen<ConvolveSpec> Any { get; } =
        from batch in Gen.Choose(1, 4)
        from spare in Gen.Choose(0, 1)
        from window in Windows.Convolutions
        from reading in Reading.Any
        from bias in Specs.Coin
        from moments in Specs.Coin
        from seed in Specs.Seeds
        select new ConvolveSpec(batch, spare, window, reading, bias, moments && batch * window.Output.Pixels > 1, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers, Batch, Window.Input, Reading, Spare);
        var kernel = layout.Source(numbers.Uniform(Window.KernelSize, -1, 1));
        var bias = Bias ? layout.Source(numbers.Uniform(Window.Output.Channels, -1, 1)) : (Slice?)null;
        Func<Oracle.OracleCompute, double> off = oracle =>
            Rounding.Sum(Window.Kernel * Window.Kernel * Window.Input.Channels + 1, Math.Max(oracle.Scale(Batch, x), 1));
        var z = layout.Result("z", Batch * Window.Output.Size, off, Spare * Window.Output.Size);
        var moments = Moments ? layout.Moments(numbers, z, Batch * Window.Output.Pixels, Window.Output.Channels, off) : (BatchMoments?)null;
        return layout.Trial(compute => compute.Convolve(Batch, Window, x, kernel, bias, z, moments));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch, Moments ? 2 : 1).Select(batch => this with { Batch = batch }),
        .. Windows.Smaller(Window).Where(window => !Moments || Batch * window.Output.Pixels > 1)
        .Select(window => this with { Window = window }),
        .. Reading.Smaller().Select(reading => this with { Reading = reading }),
        .. Bias ? [this with { Bias = false }] : (Spec[])[],
        .. Moments ? [this with { Moments = false }] : (Spec[])[],
        .. Specs.Fewer(Spare, 0).Select(spare => this with { Spare = spare }),
    ];
}

internal sealed record ConvolveBackwardSpec(
    int Batch, int Spare, Convolution Window, Reading Reading, Reading Output, Pooling? Pooling, bool Bias, bool Input, bool Sums, int Seed)
        : Spec(Seed)
{
    public static Gen<ConvolveBackwardSpec> Any { get; } =
        from batch in Gen.Choose(1, 4)
        from spare in Gen.Choose(0, 1)
        from window in Windows.Convolutions
        from reading in Reading.Any
        from output in Reading.Any
        from pooling in Windows.Perhaps(window.Output)
        from bias in Specs.Coin
        from input in Specs.Coin
        from sums in Specs.Coin
        from seed in Specs.Seeds
        select new ConvolveBackwardSpec(batch, spare, window, reading, output, pooling, bias, input, sums && reading.Normalized, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers, Batch, Window.Input, Reading, Spare);
        var kernel = layout.Source(numbers.Uniform(Window.KernelSize, -1, 1));
        var dz = layout.Gradient(numbers, Batch, Window.Output, Output, Pooling, Spare);
        var (pixels, taps) = (Batch * Window.Output.Pixels, Window.Kernel * Window.Kernel * Window.Output.Channels);
        var dw =
            layout.Result("kernel gradient", Window.KernelSize,
                oracle => Rounding.Sum(pixels, oracle.Scale(Batch, x) * oracle.Scale(Batch, dz)));
        var db = Bias ? layout.Result("bias gradient", Window.Output.Channels, oracle =>
            Rounding.Sum(pixels, oracle.Scale(Batch, dz))
                + Rounding.Total(pixels, Rounding.LargestSum(oracle.Values(Batch, dz), Window.Output.Channels))) : (Slice?)null;
        var dx = Input ? layout.InputGradient(Batch, x, Sums, taps, oracle => oracle.Scale(Batch, dz), Spare) : (InputGradient?)null;
        return layout.Trial(compute => compute.ConvolveBackward(Batch, Window, x, kernel, dz, dw, db, dx));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Pooling is null ? [] : (Spec[])[this with { Pooling = null }],
        .. Windows.Smaller(Window).Where(window => Pooling.Fits(window.Output)).Select(window => this with { Window = window }),
        .. Sums ? [this with { Sums = false }] : Reading.Smaller().Select(reading => this with { Reading = reading }),
        .. Output.Smaller().Select(output => this with { Output = output }),
        .. Bias ? [this with { Bias = false }] : (Spec[])[],
        .. Input ? [this with { Input = false }] : (Spec[])[],
        .. Specs.Fewer(Spare, 0).Select(spare => this with { Spare = spare }),
    ];
}

public class ConvolveTests
{
    // The reference experiment's two convolutions, in batches that no number of threads divides.
    private static readonly Convolution First = Windows.Convolution(new(28, 28, 1), 32, 3, 1, same: false);
    private static readonly Convolution Second = Windows.Convolution(new(26, 26, 32), 32, 3, 1, same: false);
    private static readonly Reading Hidden = new(true, ActivationKind.ReLU);

    [EachBackend]
    public void Convolve_agrees_with_the_oracle(string backend) => Specs.Agree(backend, ConvolveSpec.Any);

    [EachBackend]
    public void ConvolveBackward_agrees_with_the_oracle(string backend) => Specs.Agree(backend, ConvolveBackwardSpec.Any);

    [EachBackend(Tf32 = true)]
    public void Convolve_agrees_with_the_oracle_within_tf32(string backend) =>
        Specs.Agree(backend, ConvolveSpec.Any, times: 40, coarser: Rounding.Tf32);

    [EachBackend(Tf32 = true)]
    public void ConvolveBackward_agrees_with_the_oracle_as_far_as_tf32_goes(string backend) =>
        Specs.Agree(backend, ConvolveBackwardSpec.Any, times: 40, coarser: Rounding.Tf32);

    [EachBackend]
    public void Convolve_agrees_with_the_oracle_at_the_reference_sizes(string backend) => Specs.Agree(
        backend,
        Gen.Elements(
            new ConvolveSpec(3, 2, First, Reading.Plain, false, true, 1),
            new ConvolveSpec(3, 2, Second, Hidden, false, true, 2),
            new ConvolveSpec(1, 0, Second, Reading.Plain, true, false, 3)),
        times: 6);

    [EachBackend]
    public void ConvolveBackward_agrees_with_the_oracle_at_the_reference_sizes(string backend) => Specs.Agree(
        backend,
        Gen.Elements(
            new ConvolveBackwardSpec(3, 2, First, Reading.Plain, Hidden, null, false, false, false, 1),
            new ConvolveBackwardSpec(3, 2, Second, Hidden, Hidden, new(PoolingKind.Max, 2, 2, 2), false, true, true, 2)),
        times: 4);
}
