using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public class UpdateTests
{
    [Theory]
    [InlineData(UpdateKind.Plain, 0.995f, 0.1f, 0.2f)]
    [InlineData(UpdateKind.Momentum, 1.085f, 0.085f, 0.2f)]
    [InlineData(UpdateKind.Nesterov, 1.0715f, 0.085f, 0.2f)]
    // mu = 0.9 * 0.1 + 0.1 * 0.5, nu = 0.75 * 0.2 + 0.25 * 0.25, p = 1 - 0.01 * 0.14 / (sqrt(0.2125) + 0.1).
    [InlineData(UpdateKind.Adam, 0.99750433f, 0.14f, 0.2125f)]
    [InlineData(UpdateKind.RmsProp, 0.99108691f, 0.1f, 0.2125f)]
    public void One_step_by_hand(UpdateKind kind, float parameter, float mu, float nu)
    {
        using var bench = new Workbench();
        var (p, g, one, two) = (bench.Put(1), bench.Put(0.5f), bench.Put(0.1f), bench.Put(0.2f));
        bench.Compute.Update(new(kind, 0.01f, 0.9f, 0.75f, 0.1f, 0, 0), p, g, one, two);
        Assert.Equal(parameter, bench.Get(p)[0], 1e-6f);
        Assert.Equal(mu, bench.Get(one)[0], 1e-6f);
        Assert.Equal(nu, bench.Get(two)[0], 1e-6f);
    }

    [Fact]
    public void A_penalty_joins_the_gradient_and_decay_shrinks_before_the_step()
    {
        using var bench = new Workbench();
        var (p, g) = (bench.Put(2), bench.Put(0.5f));
        bench.Compute.Update(new(UpdateKind.Plain, 0.1f, 0, 0, 0, Penalty: 0.25f, Decay: 0.01f), p, g, null, null);
        Assert.Equal(2 - 0.01 * 2 - 0.1 * (0.5 + 0.25 * 2), bench.Get(p)[0], 1e-6);
    }

    [Property]
    public Property Every_kind_is_its_arithmetic_at_every_length_and_width() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 1 << 20)), Arb.From(Gen.OneOf(Gen.Choose(1, 70), Gen.Choose(16_000, 17_000))), (seed, length) =>
        {
            var kind = (UpdateKind)(seed % 5);
            var rule = new UpdateRule(kind, 0.03f, 0.9f, 0.99f, 1e-3f, 0.02f, 0.005f);
            var (p, g, one) = (Workbench.Numbers(seed, length), Workbench.Numbers(seed + 1, length), Workbench.Numbers(seed + 2, length));
            var two = Workbench.Numbers(seed + 3, length).Select(Math.Abs).ToArray();
            using var bench = new Workbench(threads: 1 + seed % 2, Workbench.Widths[seed % 3]);
            var (atP, atG, atOne, atTwo) = (bench.Put(p), bench.Put(g), bench.Put(one), bench.Put(two));
            bench.Compute.Update(rule, atP, atG, kind is UpdateKind.Plain or UpdateKind.RmsProp ? null : atOne,
                kind is UpdateKind.Adam or UpdateKind.RmsProp ? atTwo : null);
            var expected = Enumerable.Range(0, length).Select(i => Step(rule, p[i], g[i], one[i], two[i])).ToArray();
            // Float32 rounds each of about ten operations; numbers are of the order of 1.
            Near(expected.Select(e => e.P), bench.Get(atP));
            Near(expected.Select(e => e.First), bench.Get(atOne));
            Near(expected.Select(e => e.Second), bench.Get(atTwo));
            Assert.Equal(g, bench.Get(atG));
            Assert.True(bench.IsClean(atP) && bench.IsClean(atOne) && bench.IsClean(atTwo));
        });

    private static void Near(IEnumerable<double> expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * (1 + Math.Abs(pair.First))));

    private static (double P, double First, double Second) Step(UpdateRule rule, double p, double g, double mu, double nu)
    {
        g += rule.Penalty * p;
        p -= rule.Decay * p;
        var moved = rule.Beta1 * mu - rule.Rate * g;
        var mean = rule.Beta1 * mu + (1 - rule.Beta1) * g;
        var square = rule.Beta2 * nu + (1 - rule.Beta2) * g * g;
        return rule.Kind switch
        {
            UpdateKind.Plain => (p - rule.Rate * g, mu, nu),
            UpdateKind.Momentum => (p + moved, moved, nu),
            UpdateKind.Nesterov => (p + rule.Beta1 * moved - rule.Rate * g, moved, nu),
            UpdateKind.Adam => (p - rule.Rate * mean / (Math.Sqrt(square) + rule.Epsilon), mean, square),
            _ => (p - rule.Rate * g / (Math.Sqrt(square) + rule.Epsilon), mu, square),
        };
    }
}
