using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

[Properties(MaxTest = 40)]
public class GreedyTests
{
    private static Dataset Any(int seed, bool classes, bool weighted)
    {
        var (rows, bases) = (20 + (int)((uint)seed % 40), 1 + (int)((uint)seed % 6));
        var data = classes ? Level.Classes(seed, rows, bases, 2 + (seed & 1), certain: (seed & 2) > 0) : Level.Numeric(seed, rows, bases);
        return weighted ? data.Weighted(seed) : data;
    }

    [Property]
    public void Weights_are_counts_over_the_size(int seed, bool classes, bool weighted, byte rounds, byte start, byte bags)
    {
        var greedy = new Greedy(rounds % 20, 1 + start % 4, 1 + bags % 4);
        var data = Any(seed, classes, weighted);
        var weights = Level.WeightsOf(greedy.Model(data));
        Assert.Equal(1, weights.Sum(), 1e-14);
        // Some number of choices, from one a bag up to all rounds, gives integer counts for all weights.
        Assert.Contains(Enumerable.Range(1, greedy.Bags * (greedy.Start + greedy.Rounds)),
            size => weights.All(weight => weight == Math.Round(weight * size) / size));
    }

    [Property]
    public void Without_bags_the_loss_is_never_above_that_of_the_best_single_base(int seed, bool classes, bool weighted, byte start)
    {
        var data = Any(seed, classes, weighted);
        var best = Level.Bases(data).Min(predicted => Level.Loss(data, predicted));
        Assert.InRange(Level.Loss(data, new Greedy(20, 1 + start % 4).Model(data).Predict(data.Frame).OrThrow()), 0,
            best * (1 + 1e-12) + 1e-12);
    }

    /// <summary>The definition, with nothing shared between rounds.</summary>
    [Property]
    public void It_chooses_as_one_would_by_trying_every_base(int seed, bool classes)
    {
        var data = Any(seed, classes, weighted: false);
        var predicted = Level.Bases(data).ToArray();
        var (chosen, best, least) = (new List<int>(), Array.Empty<int>(), double.PositiveInfinity);
        for (var round = 0; round < 9; round++)
        {
            var losses = Enumerable.Range(0, predicted.Length)
                .Select(b => Level.Loss(data, Prediction.Mean([.. chosen.Append(b).Select(one => predicted[one])]))).ToArray();
            // The same ensemble in another order is equal up to rounding.
            chosen.Add(Array.FindIndex(losses, loss => loss <= losses.Min() * (1 + 1e-13)));
            if (losses[chosen[^1]] < least * (1 - 1e-13)) (best, least) = ([.. chosen], losses[chosen[^1]]);
        }

        Assert.Equal(Enumerable.Range(0, predicted.Length).Select(b => (double)best.Count(one => one == b) / best.Length),
            Level.WeightsOf(new Greedy(8).Model(data)));
    }

    [Fact]
    public void More_rounds_come_near_the_convex_optimum()
    {
        foreach (var data in new[] { Level.Classes(2, 300, 4, 3), Level.Numeric(2, 300, 4) })
        {
            var (near, least) =
                (Level.Loss(data, new Greedy(400).Model(data).Predict(data.Frame).OrThrow()),
                    Level.Loss(data, new ConvexWeights().Model(data).Predict(data.Frame).OrThrow()));
            Assert.InRange(near, least - 1e-9, least * 1.001);
        }
    }

    [Theory]
    [InlineData(1, 1e5)]
    [InlineData(1e150, 0)]
    [InlineData(1e-150, 0)]
    [InlineData(1e305, 0)]
    public void Scale_and_offset_of_numeric_predictions_change_no_choice(double scale, double place) => Assert.Equal(
        Level.WeightsOf(new Greedy().Model(Level.Numeric(3, 100, 4))),
            Level.WeightsOf(new Greedy().Model(Level.Numeric(3, 100, 4, scale, place))));

    [Fact]
    public void A_huge_base_beside_a_good_one_is_not_chosen()
    {
        var data = Level.Numeric(1, 30, 1);
        Assert.Equal([1.0, 0],
            Level.WeightsOf(new Greedy(5).Model(data.WithFrame(data.Frame.Beside(Level.Numeric(2, 30, 2, 1e300).Frame.Select("b1"))))));
    }

    [Fact]
    public void Bags_follow_the_seed_and_bagging_is_pooling()
    {
        var data = Level.Classes(1, 60, 6, 2);
        var bagged = new Greedy(10, Bags: 8);
        Assert.Equal(bagged.Model(data), bagged.Model(data));
        Assert.NotEqual(bagged.Fit(data, Seed.Of(1)), bagged.Fit(data, Seed.Of(2)));
        Assert.True(Level.WeightsOf(bagged.Model(data)).Count(weight => weight > 0) > 1);
    }

    [Theory]
    [InlineData(-1, 1, 1, 0.5, "rounds is -1")]
    [InlineData(1, 0, 1, 0.5, "start is 0")]
    [InlineData(1, 1, 0, 0.5, "bags is 0")]
    [InlineData(1, 1, 1, 0.0, "share is 0")]
    [InlineData(1, 1, 1, double.NaN, "share is NaN")]
    public void Parameters_out_of_range_fail(int rounds, int start, int bags, double share, string what) =>
        Assert.Equal(what, Sample.Failure(new Greedy(rounds, start, bags, share), Level.Numeric(1, 9, 2)).What);
}
