using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;
using FunctionalStack.Oracle;

namespace FunctionalStack.Backend.Tests;

internal sealed record UpdateSpec(int Count, UpdateRule Rule, bool First, float? Guard, int Seed) : Spec(Seed)
{
    public static Gen<UpdateSpec> Any { get; } =
        from count in AccumulateSpec.Counts
        from kind in Gen.Elements(Enum.GetValues<UpdateKind>())
        from rate in Gen.Elements(1e-3f, 0.1f, 1)
        from penalty in Gen.Elements(0, 0.01f)
        from decay in Gen.Elements(0, 0.05f)
        from first in Specs.Coin
        from guard in Gen.Elements<float?>(null, null, 0.5f, float.NaN, float.NegativeInfinity)
        from seed in Specs.Seeds
        select new UpdateSpec(count, new(kind, rate, 0.9f, 0.999f, 1e-7f, penalty, decay), first, guard, seed);

    // Gradients stay 1/16 away from 0, as Adam's first step divides by their size.
    public override Trial Trial()
    {
        var (layout, numbers) = (new Layout(), new Numbers(Seed));
        var (momentum, squares) =
            (Rule.Kind is UpdateKind.Momentum or UpdateKind.Nesterov or UpdateKind.Adam,
                Rule.Kind is UpdateKind.Adam or UpdateKind.RmsProp);
        var gradients = layout.Source(numbers.Draw(Count, () => (numbers.Whole(2) == 0 ? 1 : -1) * (numbers.Whole(1000) + 67) / 1000.0));
        var first = momentum
            ? layout.Change("first", First ? new float[Count] : numbers.Uniform(Count, -1, 1), _ => Rounding.Few(2)) : (Slice?)null;
        var second = squares
            ? layout.Change("second", First ? new float[Count] : numbers.Uniform(Count, 0.25, 1), _ => Rounding.Few(1.2)) : (Slice?)null;
        var parameters = layout.Change("parameters", numbers.Uniform(Count, -1, 1), Changed);
        var guard = Guard is { } loss ? layout.Source([loss, 1]) : (Slice?)null;
        return layout.Trial(compute => compute.Update(Rule, parameters, gradients, first, second, guard));

        // Terms are the parameter and the step; where the step is divided by nu, the first moment's own terms grow as it does.
        Func<int, double> Changed(OracleCompute oracle)
        {
            var divisor = second is { } slot ? Math.Sqrt(oracle.At(slot).ToArray().Min()) : 1;
            var step = Rule.Rate * (First && Rule.Kind == UpdateKind.Adam ? 0.12 : 2.2) / divisor;
            return _ => Rounding.Few(1 + step);
        }
    }

    public override IEnumerable<Spec> Smaller() =>
    [
        .. Specs.Fewer(Count).Select(count => this with { Count = count }),
        .. Guard is not null ? [this with { Guard = null }] : (Spec[])[],
        .. Rule.Penalty > 0 ? [this with { Rule = Rule with { Penalty = 0 } }] : (Spec[])[],
        .. Rule.Decay > 0 ? [this with { Rule = Rule with { Decay = 0 } }] : (Spec[])[],
    ];
}

public class UpdateTests
{
    [EachBackend]
    public void Update_agrees_with_the_oracle(string backend) => Specs.Agree(backend, UpdateSpec.Any, times: 200);
}
