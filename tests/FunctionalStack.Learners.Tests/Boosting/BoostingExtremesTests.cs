using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Boosting;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(TreeCases), typeof(BoostingCases)], MaxTest = 60)]
public class BoostingExtremesTests
{
    [Fact]
    public void Extremes_make_an_outcome_and_never_an_exception()
    {
        double[] extremes =
            [1e300, -1e300, double.MaxValue, -double.MaxValue, 1e-300, double.Epsilon, 0, -0.0, 1, double.NaN, double.PositiveInfinity];
        var stream = Seed.Of(5).Stream();
        for (var trial = 0; trial < 150; trial++)
        {
            var (rows, columns) = (1 + stream.Next(12), stream.Next(4));
            var numbers = extremes.Take(trial % 3 == 0 ? 11 : 10).ToArray();
            var frame =
                new Frame(rows,
                    EquatableArray.From(Enumerable.Range(0, columns)
                    .Select(c => new NamedColumn($"x{c}", Column.Numeric.Of([.. Draws(rows, numbers)])))));
            var targets =
                new Target[] { new Target.Numeric(EquatableArray.From(Draws(rows, extremes[..9]))),
                    TreeCases.ClassesOf(Draws(rows, 0, 1, 2).Select(code => (int)code), 3) };
            var weights = EquatableArray.From(Draws(rows, 0, 1, 1e-300, 1e90, 1e250, double.Epsilon).Select(Math.Abs));
            foreach (var target in targets)
            {
                foreach (var spec in new[] { new GradientBoosting(6, MinChildWeight: 0, Lambda: trial % 2),
                    new(6, Objective: BoostingObjective.Quantile), new(6, Objective: BoostingObjective.Poisson),
                    new(6, Patience: 1, MaxLeaves: 3) })
                {
                    foreach (var given in new EquatableArray<double>?[] { null, weights })
                    {
                        if (spec.FitModel(new Dataset(frame, target).WithFrequencies(given), Seed.Of(trial))
                            is not Outcome<IModel>.Ok fitted)
                            continue;
                        Assert.All(fitted.Value.Predict(frame).OrThrow().Numbers(),
                            number =>
                            Assert.True(double.IsFinite(number),
                                $"{spec}, {number}, {string.Join(" ", target is Target.Numeric v ? v.Values : [])}, {given}, "
                                    + $"{frame.Columns.Count}"));
                        Assert.All(((GradientBoostingModel)fitted.Value).Importances, share => Assert.InRange(share, 0, 1));
                    }
                }
            }
        }

        IEnumerable<double> Draws(int rows, params double[] from) =>
            Enumerable.Range(0, rows).Select(_ => from[stream.Next(from.Length)]).ToArray();
    }

    [Fact]
    public void A_thousand_columns_on_one_row_and_a_thousand_levels()
    {
        var wide = TreeCases.FrameOf([.. Enumerable.Range(0, 1000).Select(c => new double[] { c })]);
        Assert.Equal([3.0],
            new GradientBoosting(3).Fit(new(wide, new Target.Numeric(EquatableArray.Of(3.0))), Seed.Of(1)).OrThrow().Predict(wide).OrThrow()
            .Numbers());
        var words = Column.Categorical.Of([.. Enumerable.Range(0, 3000).Select(row => $"w{row % 1000}")]);
        var data =
            new Dataset(Frame.Of(("w", words)),
                new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 3000).Select(row => (double)(row % 1000)))));
        Assert.Equal(256, ((GradientBoostingModel)new GradientBoosting(3).FitModel(data, Seed.Of(1)).OrThrow()).Columns[0].CodeCount);
    }
}
