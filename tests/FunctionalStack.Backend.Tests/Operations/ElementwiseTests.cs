using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

internal sealed record AddSpec(int Batch, int Spare, Shape Shape, Reading Left, Reading Right, int Seed) : Spec(Seed)
{
    public static Gen<AddSpec> Any { get; } =
        from batch in Gen.Choose(1, 5)
        from spare in Gen.Choose(0, 1)
        from shape in Windows.Shapes
        from left in Reading.Any
        from right in Reading.Any
        from seed in Specs.Seeds
        select new AddSpec(batch, spare, shape, left, right, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var (a, b) = (layout.Source(numbers, Batch, Shape, Left, Spare), layout.Source(numbers, Batch, Shape, Right, Spare));
        var y = layout.Result("y", Batch * Shape.Size, oracle => Rounding.Few(Math.Max(oracle.Scale(Batch, a) + oracle.Scale(Batch, b), 1)),
            Spare * Shape.Size);
        return layout.Trial(compute => compute.Add(Batch, a, b, y));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Windows.Smaller(Shape).Select(shape => this with { Shape = shape }),
        .. Left.Smaller().Select(left => this with { Left = left }),
        .. Right.Smaller().Select(right => this with { Right = right }),
    ];
}

internal sealed record AccumulateSpec(int Count, int Seed) : Spec(Seed)
{
    /// <summary>Lengths of flat runs: few, or enough for every thread.</summary>
    public static Gen<int> Counts { get; } = Gen.Frequency((4, Gen.Choose(1, 200)), (1, Gen.Choose(1, 100_000)));

    public static Gen<AccumulateSpec> Any { get; } = from count in Counts from seed in Specs.Seeds select new AccumulateSpec(count, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var from = layout.Source(numbers.Uniform(Count, -1, 1));
        var to = layout.Change("to", numbers.Uniform(Count, -1, 1), _ => 2 * Rounding.Unit);
        return layout.Trial(compute => compute.Accumulate(from, to));
    }

    public override IEnumerable<Spec> Smaller() => Specs.Fewer(Count).Select(count => this with { Count = count });
}

internal sealed record DropSpec(int Batch, int Spare, Shape Shape, float Rate, int Seed) : Spec(Seed)
{
    public static Gen<DropSpec> Any { get; } =
        from batch in Gen.Frequency((8, Gen.Choose(1, 5)), (1, Gen.Choose(6, 40)))
        from spare in Gen.Choose(0, 1)
        from shape in Windows.Shapes
        from rate in Gen.Elements(0, 0.1f, 0.25f, 0.5f, 0.9f)
        from seed in Specs.Seeds
        select new DropSpec(batch, spare, shape, rate, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers.Uniform(Batch * Shape.Size, -1, 1), Spare * Shape.Size);
        var y = layout.Result("y", Batch * Shape.Size, _ => Rounding.Few(1 / (1 - Rate)), Spare * Shape.Size);
        return layout.Trial(compute => compute.Drop(Batch, x, Shape, Rate, (ulong)Seed * 0x9E3779B97F4A7C15UL, y));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Windows.Smaller(Shape).Select(shape => this with { Shape = shape }),
    ];
}

internal sealed record MomentsSpec(int Batch, int Spare, Shape Shape, int Seed) : Spec(Seed)
{
    public static Gen<MomentsSpec> Any { get; } =
        from batch in Gen.Frequency((8, Gen.Choose(1, 5)), (1, Gen.Choose(6, 200)))
        from spare in Gen.Choose(0, 1)
        from shape in Windows.Shapes
        from seed in Specs.Seeds
        where batch * shape.Pixels > 1
        select new MomentsSpec(batch, spare, shape, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var z = layout.Source(numbers.Uniform(Batch * Shape.Size, -1, 3), Spare * Shape.Size);
        var moments = layout.Moments(numbers, z, Batch * Shape.Pixels, Shape.Channels, _ => 0);
        return layout.Trial(compute => compute.Moments(Batch, z, Shape, moments));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch, 2).Select(batch => this with { Batch = batch }),
        .. Windows.Smaller(Shape).Where(shape => Batch * shape.Pixels > 1).Select(shape => this with { Shape = shape }),
    ];
}

internal sealed record InverseDeviationSpec(int Channels, float Epsilon, int Seed) : Spec(Seed)
{
    public static Gen<InverseDeviationSpec> Any { get; } =
        from channels in Specs.Channels
        from epsilon in Gen.Elements(1e-5f, 1e-3f, 0.1f)
        from seed in Specs.Seeds
        select new InverseDeviationSpec(channels, epsilon, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var variance = layout.Source(numbers.Draw(Channels, () => numbers.Whole(4) == 0 ? 0 : numbers.Whole(1000) / 100.0));
        var inverse = layout.Result("inverse deviation", Channels, oracle =>
        {
            var exact = oracle.At(variance).ToArray();
            return channel => Rounding.Few(1 / Math.Sqrt(exact[channel] + Epsilon));
        });
        return layout.Trial(compute => compute.InverseDeviation(variance, Epsilon, inverse));
    }

    public override IEnumerable<Spec> Smaller() => Specs.Fewer(Channels).Select(channels => this with { Channels = channels });
}

public class ElementwiseTests
{
    [EachBackend]
    public void Add_agrees_with_the_oracle(string backend) => Specs.Agree(backend, AddSpec.Any);

    [EachBackend]
    public void Accumulate_agrees_with_the_oracle(string backend) => Specs.Agree(backend, AccumulateSpec.Any);

    [EachBackend]
    public void Drop_agrees_with_the_oracle(string backend) => Specs.Agree(backend, DropSpec.Any);

    [EachBackend]
    public void Moments_agrees_with_the_oracle(string backend) => Specs.Agree(backend, MomentsSpec.Any);

    [EachBackend]
    public void InverseDeviation_agrees_with_the_oracle(string backend) => Specs.Agree(backend, InverseDeviationSpec.Any);
}
