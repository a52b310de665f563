using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

internal sealed record SoftmaxSpec(int Batch, int Spare, int Units, double Spread, int Seed) : Spec(Seed)
{
    public static Gen<SoftmaxSpec> Any { get; } =
        from batch in Gen.Frequency((4, Gen.Choose(1, 40)), (1, Gen.Choose(1, 400)))
        from spare in Gen.Choose(0, 1)
        from units in Gen.Frequency((4, Specs.Channels), (1, Gen.Choose(1, 1000)))
        from spread in Gen.Elements(1, 10, 200)
        from seed in Specs.Seeds
        select new SoftmaxSpec(batch, spare, units, spread, seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var x = layout.Source(numbers.Uniform(Batch * Units, -Spread, Spread), Spare * Units);

        // exp(x - max): rounding the difference d costs d * exp(-d) < 1 at most, as much as the rounding of the exponential.
        var y = layout.Result("y", Batch * Units, oracle => Rounding.Total(Units, 1), Spare * Units);
        return layout.Trial(compute => compute.Softmax(Batch, x, Units, y));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Specs.Fewer(Units).Select(units => this with { Units = units }),
    ];
}

internal sealed record SoftmaxBackwardSpec(int Batch, int Spare, int Units, int Seed) : Spec(Seed)
{
    public static Gen<SoftmaxBackwardSpec> Any { get; } =
        SoftmaxSpec.Any.Select(forward => new SoftmaxBackwardSpec(forward.Batch, forward.Spare, forward.Units, forward.Seed));

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var y = layout.Source(numbers.Uniform(Batch * Units, 0, 2.0 / Units), Spare * Units);
        var dy = layout.Source(numbers.Uniform(Batch * Units, -1, 1), Spare * Units);

        // The dot product's terms sum to about 1 in size, and y multiplies it, 2 / units at most.
        var dx = layout.Result("dx", Batch * Units, _ => Rounding.Total(Units, 2) * 2 / Units, Spare * Units);
        return layout.Trial(compute => compute.SoftmaxBackward(Batch, y, dy, Units, dx));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Specs.Fewer(Units).Select(units => this with { Units = units }),
    ];
}

internal sealed record LossSpec(int Batch, int Spare, LossKind Loss, int Units, double Spread, bool Gradient, float? Before, bool Weighted,
    int Seed) : Spec(Seed)
{
    public static Gen<LossSpec> Any { get; } =
        from softmax in SoftmaxSpec.Any
        from loss in Gen.Elements(Enum.GetValues<LossKind>())
        from gradient in Specs.Coin
        from before in Gen.Elements<float?>(null, null, 0.5f, float.NaN, float.PositiveInfinity)
        from weighted in Specs.Coin
        select new LossSpec(softmax.Batch, softmax.Spare, loss, softmax.Units, softmax.Spread, gradient, before, weighted, softmax.Seed);

    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var scores = layout.Source(numbers.Uniform(Batch * Units, -Spread, Spread), Spare * Units);
        var targets = Loss switch
        {
            LossKind.SoftmaxCrossEntropy => layout.Source(numbers.Draw(Batch, () => numbers.Whole(Units)), Spare),
            LossKind.BinaryCrossEntropy =>
                layout.Source(numbers.Draw(Batch * Units,
                    () => numbers.Whole(3) switch { 0 => 0, 1 => 1, _ => (numbers.Whole(100) + 0.25) / 100 }), Spare * Units),
            _ => layout.Source(numbers.Uniform(Batch * Units, -Spread, Spread), Spare * Units),
        };

        // A row's loss is at most the range of its scores and log(units), or the square of the range; the mean over rows and units adds
        // a sum of values of one sign. Its gradient is at most 1, or twice the difference, divided by the number of terms of the mean.
        var (largest, slope, mean) = Loss switch
        {
            LossKind.SoftmaxCrossEntropy => (2 * Spread + Math.Log(Units), 1.0, Batch),
            LossKind.BinaryCrossEntropy => (Spread + 1, 1, Batch * Units),
            _ => (4 * Spread * Spread, 4 * Spread, Batch * Units),
        };
        // Weights of up to 4 multiply both.
        var most = Weighted ? 4 : 1;
        var weights = Weighted ? layout.Source(numbers.Uniform(Batch, 0, most), Spare) : (Slice?)null;
        var gradient = Gradient ? layout.Result("gradient", Batch * Units, _ => Rounding.Total(Units, most * slope / mean), Spare * Units)
            : (Slice?)null;
        var before = Before is { } loss ? layout.Source([loss, 1]) : (Slice?)null;
        var metrics = layout.Result("metrics", 2, _ => i => i == 0 ? Rounding.Total(Batch * Units, most * largest) : 0);
        return layout.Trial(compute => compute.Loss(Batch, Loss, scores, targets, Units, gradient, metrics, before, weights));
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Batch).Select(batch => this with { Batch = batch }),
        .. Specs.Fewer(Units).Select(units => this with { Units = units }),
        .. Gradient ? [this with { Gradient = false }] : (Spec[])[],
        .. Weighted ? [this with { Weighted = false }] : (Spec[])[],
        .. Before is not null ? [this with { Before = null }] : (Spec[])[],
    ];
}

public class LossTests
{
    [EachBackend]
    public void Softmax_agrees_with_the_oracle(string backend) => Specs.Agree(backend, SoftmaxSpec.Any);

    [EachBackend]
    public void SoftmaxBackward_agrees_with_the_oracle(string backend) => Specs.Agree(backend, SoftmaxBackwardSpec.Any);

    [EachBackend]
    public void Loss_agrees_with_the_oracle(string backend) => Specs.Agree(backend, LossSpec.Any, times: 200);
}
