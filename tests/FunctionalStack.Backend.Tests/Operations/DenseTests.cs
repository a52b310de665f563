using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

internal sealed record DenseSpec(int Batch, int Spare, int Inputs, int Units, Reading Reading, bool Bias, bool Moments, int Seed)
    : Spec(Seed)
{
    public static Gen<int> Lengths { get; } = Gen.Frequency((4, Specs.Channels), (1, Gen.Choose(1, 300)));

    public static Gen<int> Batches { get; } = Gen.Frequency((4, Gen.Choose(1, 20)), (1, Gen.Choose(1, 100)));

    public static Gen<DenseSpec> Any { get; } =
        from batch in Batches
        from spare in Gen.Choose(0, 1)
        from inputs in Lengths
        from units in Lengths
        from reading in Reading.Any
        from bias in Specs.Coin
        from moments in Specs.Coin
        from seed in Specs.Seeds
        select new DenseSpec(batch, spare, inputs, units, reading, bias, moments && batch > 1, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers, Batch, Shape.Vector(Inputs), Reading, Spare);
        var kernel = layout.Source(numbers.Uniform(Inputs * Units, -1, 1));
        var bias = Bias ? layout.Source(numbers.Uniform(Units, -1, 1)) : (Slice?)null;
        Func<Oracle.OracleCompute, double> off = oracle => Rounding.Sum(Inputs + 1, Math.Max(oracle.Scale(Batch, x), 1));
        var z = layout.Result("z", Batch * Units, off, Spare * Units);
        var moments = Moments ? layout.Moments(numbers, z, Batch, Units, off) : (BatchMoments?)null;
        return layout.Trial(compute => compute.Dense(Batch, x, kernel, bias, z, Units, moments));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch, Moments ? 2 : 1).Select(batch => this with { Batch = batch }),
        .. Specs.Fewer(Inputs).Select(inputs => this with { Inputs = inputs }),
        .. Specs.Fewer(Units).Select(units => this with { Units = units }),
        .. Reading.Smaller().Select(reading => this with { Reading = reading }),
        .. Bias ? [this with { Bias = false }] : (Spec[])[],
        .. Moments ? [this with { Moments = false }] : (Spec[])[],
        .. Specs.Fewer(Spare, 0).Select(spare => this with { Spare = spare }),
    ];
}

internal sealed record DenseBackwardSpec(int Batch, int Spare, int Inputs, int Units, Reading Reading, Reading Output, bool Bias,
    bool Input, bool Sums, int Seed) : Spec(Seed)
{
    public static Gen<DenseBackwardSpec> Any { get; } =
        from batch in DenseSpec.Batches
        from spare in Gen.Choose(0, 1)
        from inputs in DenseSpec.Lengths
        from units in DenseSpec.Lengths
        from reading in Reading.Any
        from output in Reading.Any
        from bias in Specs.Coin
        from input in Specs.Coin
        from sums in Specs.Coin
        from seed in Specs.Seeds
        select new DenseBackwardSpec(batch, spare, inputs, units, reading, output, bias, input, sums && reading.Normalized, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers, Batch, Shape.Vector(Inputs), Reading, Spare);
        var kernel = layout.Source(numbers.Uniform(Inputs * Units, -1, 1));
        var dz = layout.Gradient(numbers, Batch, Shape.Vector(Units), Output, null, Spare);
        var dw =
            layout.Result("kernel gradient", Inputs * Units,
                oracle => Rounding.Sum(Batch, oracle.Scale(Batch, x) * oracle.Scale(Batch, dz)));
        var db = Bias ? layout.Result("bias gradient", Units, oracle => Rounding.Sum(Batch, oracle.Scale(Batch, dz))) : (Slice?)null;
        var dx = Input ? layout.InputGradient(Batch, x, Sums, Units, oracle => oracle.Scale(Batch, dz), Spare) : (InputGradient?)null;
        return layout.Trial(compute => compute.DenseBackward(Batch, x, kernel, dz, dw, db, dx));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Specs.Fewer(Inputs).Select(inputs => this with { Inputs = inputs }),
        .. Specs.Fewer(Units).Select(units => this with { Units = units }),
        .. Sums ? [this with { Sums = false }] : Reading.Smaller().Select(reading => this with { Reading = reading }),
        .. Output.Smaller().Select(output => this with { Output = output }),
        .. Bias ? [this with { Bias = false }] : (Spec[])[],
        .. Input ? [this with { Input = false }] : (Spec[])[],
        .. Specs.Fewer(Spare, 0).Select(spare => this with { Spare = spare }),
    ];
}

public class DenseTests
{
    [EachBackend]
    public void Dense_agrees_with_the_oracle(string backend) => Specs.Agree(backend, DenseSpec.Any);

    [EachBackend]
    public void DenseBackward_agrees_with_the_oracle(string backend) => Specs.Agree(backend, DenseBackwardSpec.Any);

    [EachBackend(Tf32 = true)]
    public void Dense_agrees_with_the_oracle_within_tf32(string backend) =>
        Specs.Agree(backend, DenseSpec.Any, times: 40, coarser: Rounding.Tf32);

    [EachBackend(Tf32 = true)]
    public void DenseBackward_agrees_with_the_oracle_as_far_as_tf32_goes(string backend) =>
        Specs.Agree(backend, DenseBackwardSpec.Any, times: 40, coarser: Rounding.Tf32);
}
